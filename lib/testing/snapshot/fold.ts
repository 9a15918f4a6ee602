import { createHash } from 'node:crypto';
import { HIDDEN } from '../../check/secrets/spans';
import { isPlainRecord, setOwn } from '../../manifest/data';
import type { KubeObject, Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { jsonText } from '../../manifest/json-text';

/** Suffixes derived from content: ten hexadecimal digits as ours, or ten of Kustomize's alphabet. */
const HASH = /-(?:[0-9a-f]{10}|[2456789bcdfghkmt]{10})$/;

/** Annotations on pods that are derived from the content of configuration. */
const CHECKSUM = /(^|[./-])(config-)?checksum([./-]|$)/;

/** The placeholder for a hash: valid in a name. If a set has several with one base, they are numbered. */
const PLACEHOLDER = /-x{9}[x2-9]$/;

/**
 * Names derived from content, each with a placeholder: `settings-3f2a…` becomes `settings-xxxxxxxxxx`. The second of one
 * base ends in a 2, so that a snapshot still distinguishes them.
 */
export function placeholders(manifests: Iterable<Manifest>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const uses = new Map<string, number>();
  for (const { id } of manifests) {
    if ((id.kind !== 'ConfigMap' && id.kind !== 'Secret') || !HASH.test(id.name) || found.has(id.name))
      continue;
    const base = id.name.replace(HASH, '');
    const use = (uses.get(base) ?? 0) + 1;
    uses.set(base, use);
    found.set(id.name, `${base}-${'x'.repeat(9)}${use === 1 ? 'x' : use}`);
  }
  return found;
}

/** Replaces placeholders by names derived from content, so that different content is a different object. */
export function unfold(set: ManifestSet): ManifestSet {
  const names = new Map<string, string>();
  for (const { id, object } of set) {
    if (!PLACEHOLDER.test(id.name)) continue;
    const { metadata: _, ...content } = object;
    const hash = createHash('sha256').update(jsonText(content)).digest('hex').slice(0, 10);
    names.set(id.name, `${id.name.replace(PLACEHOLDER, '')}-${hash}`);
  }
  return ManifestSet.of([...set].map(({ object }) => fold(withData(object), names)));
}

/** An empty JSON object in base64: data that every type of Secret can have. */
const ANY_DATA = 'e30=';

/** A Secret with data that the API server accepts where a snapshot hides it. */
function withData(object: KubeObject): KubeObject {
  const { kind, data } = object;
  if (kind !== 'Secret' || !isPlainRecord(data)) return object;
  const entries = Object.entries(data).map(([key, value]) => [key, value === HIDDEN ? ANY_DATA : value]);
  return { ...object, data: Object.fromEntries(entries) as unknown };
}

/** A copy in which names derived from content, and checksums, are placeholders. */
export function fold(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => fold(item, names));
  if (!isPlainRecord(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    const isChecksum = typeof each === 'string' && CHECKSUM.test(key) && /^[0-9a-f]{8,}$/.test(each);
    setOwn(copy, key, isChecksum ? '(checksum)' : fold(each, names));
  }
  return copy;
}
