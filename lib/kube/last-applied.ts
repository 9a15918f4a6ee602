/** What `kubectl apply` on the client side stores of an object, to find out later what was taken away. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Characters that Go's `encoding/json` escapes, and JavaScript does not: each of them takes six bytes. */
const ESCAPED = /[<>&\u2028\u2029]/g;

/**
 * The size in bytes of the annotation that `kubectl apply` adds for an object: the object as JSON with a line break at its
 * end.
 *
 * @param json the object without that annotation, as `JSON.stringify` writes it
 * @source k8s.io/kubectl pkg/util/apply.go GetModifiedConfiguration 1.37
 */
export function lastAppliedSize(json: string): number {
  let bytes = Buffer.byteLength(json) + 1;
  for (const [escaped] of json.matchAll(ESCAPED)) bytes += 6 - Buffer.byteLength(escaped);
  return bytes;
}
