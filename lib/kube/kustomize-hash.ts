/**
 * Whether a part of a name is the hash of the content that kustomize puts at its end: `settings-4h2mbtbbt6`.
 *
 * Source: encode of kustomize `api/hasher`.
 */
export function isKustomizeHash(part: string): boolean {
  return /^[2456789bcdfghkmt]{10}$/.test(part);
}
