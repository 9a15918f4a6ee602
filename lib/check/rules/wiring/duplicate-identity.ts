import { isDeepStrictEqual } from 'node:util';
import { formatId, identityKey, isGenerated, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';

export const duplicateIdentity: Rule = {
  name: 'wiring/duplicate-identity',
  severity: 'error',
  about: 'Finds two objects with the same kind, namespace and name.',
  why: 'The cluster keeps only one: the last one applied overwrites the first. Two that are equal do no harm, and those of different folders may be for different clusters: they are warnings.',
  run(cluster, report) {
    const first = new Map<string, Manifest>();
    for (const manifest of cluster.set) {
      // With generateName the server gives each a different name.
      if (isGenerated(manifest.object)) continue;
      const key = identityKey(manifest.id);
      const other = first.get(key);
      if (other === undefined) first.set(key, manifest);
      else {
        const { construct, source } = other.origin ?? {};
        const place = source ?? construct;
        const hint = place === undefined ? undefined : `The first one is at ${place}.`;
        const twice = `${formatId(manifest.id)} is defined twice`;
        const doubt = doubtOf(other, manifest);
        if (doubt === undefined) report(manifest, 'metadata.name', twice, hint);
        else report(manifest, 'metadata.name', `${twice}, but ${doubt}`, hint, 'warning');
      }
    }
  },
};

/** Why two objects of one name may be right, as what follows "but". */
function doubtOf(first: Manifest, second: Manifest): string | undefined {
  if (isDeepStrictEqual(first.object, second.object)) return 'both are equal';
  const [one, other] = [folderOf(first), folderOf(second)];
  if (one === undefined || other === undefined || one === other) return undefined;
  return 'their folders may be for different clusters';
}

/** The folder of the file that an object was read from; none for an object of an app. */
function folderOf({ origin }: Manifest): string | undefined {
  if (origin?.source === undefined || origin.construct !== undefined) return undefined;
  const parts = origin.source.split('/');
  return parts.slice(0, -1).join('/');
}
