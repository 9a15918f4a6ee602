import type { Problem } from '../../errors';
import { identityKey, type Manifest } from '../../manifest/manifest';
import type { Placed } from '../files/places';

/** What was read of one side. */
export interface Read {
  readonly files: readonly Placed[];
  readonly problems: readonly Problem[];
  /** The paths of files with a broken document. */
  readonly broken: ReadonlySet<string>;
  /** Objects that SOPS has encrypted. */
  readonly encrypted: readonly Manifest[];
}

/**
 * The files of both sides, without what cannot be compared: an object whose file is broken on the other side, where it may
 * be, and an object that is encrypted there. Neither is deleted or created.
 */
export function inBoth([before, after]: readonly [Read, Read]): [readonly Placed[], readonly Placed[]] {
  return [comparable(before, after), comparable(after, before)];
}

function comparable({ files }: Read, other: Read): readonly Placed[] {
  if (other.broken.size + other.encrypted.length === 0) return files;
  const keyOf = ({ id }: Manifest): string => identityKey(id);
  const there = new Set(other.files.flatMap(({ manifests }) => manifests.map(keyOf)));
  const encrypted = new Set(other.encrypted.map(keyOf));
  return files.map(({ path, manifests }) => ({
    path,
    manifests: manifests.filter((manifest) => {
      const key = keyOf(manifest);
      return there.has(key) || !(other.broken.has(path) || encrypted.has(key));
    }),
  }));
}
