import { isKustomizeHash } from '../kube/kustomize-hash';

/**
 * Whether a part of a name may follow from content or from a release: a number or version, a hash of hexadecimal digits,
 * or one of kustomize, which writes its hashes with other letters.
 *
 * Source: SafeEncodeString of apimachinery `pkg/util/rand`.
 */
function follows(part: string): boolean {
  return /\d/.test(part) || /^[0-9a-f]{7,}$/.test(part) || isKustomizeHash(part);
}

/**
 * A name with `#` for each part that may follow from content or from a release: `env-#` for `env-6f2kb8h2tg`. Two objects
 * of one pattern may be one after the other; none where no part is like that, or every one.
 */
export function namePattern(name: string): string | undefined {
  const parts = name.split(/[-.]/);
  const fixed = parts.filter((part) => !follows(part));
  if (fixed.length === parts.length || fixed.length === 0) return undefined;
  return parts
    .map((part) => (follows(part) ? '#' : part))
    .join('-')
    .replace(/(#-)+#/g, '#');
}
