import { createHash } from 'node:crypto';
import { isPlainRecord, setOwn } from '../../manifest/data';
import type { Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';

/** Endings that follow the content: ten hexadecimal digits as ours, or ten of Kustomize's alphabet. */
const HASH = /-(?:[0-9a-f]{10}|[2456789bcdfghkmt]{10})$/;

/** Annotations on pods that follow the content of configuration. */
const CHECKSUM = /(^|[./-])(config-)?checksum([./-]|$)/;

/** What stands for a hash: a name that the server would take. Where a set has several of one base, they are numbered. */
const PLACEHOLDER = /-x{9}[x2-9]$/;

/**
 * Names that follow content, each with a placeholder: `settings-3f2a…` becomes `settings-xxxxxxxxxx`. The second of one
 * base ends in a 2, so that a snapshot still tells them apart.
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

/** Gives placeholders names again that follow content, so that another content is another object. */
export function unfold(set: ManifestSet): ManifestSet {
  const names = new Map<string, string>();
  for (const { id, object } of set) {
    if (!PLACEHOLDER.test(id.name)) continue;
    const { metadata: _, ...content } = object;
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 10);
    names.set(id.name, `${id.name.replace(PLACEHOLDER, '')}-${hash}`);
  }
  return ManifestSet.of([...set].map(({ object }) => fold(object, names)));
}

/** A copy in which names that follow content, and checksums, are placeholders. */
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
