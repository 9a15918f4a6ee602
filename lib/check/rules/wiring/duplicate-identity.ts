import { formatId, identityKey, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';

export const duplicateIdentity: Rule = {
  name: 'wiring/duplicate-identity',
  severity: 'error',
  about: 'Finds two objects with the same kind, namespace and name.',
  why: 'The cluster keeps only one: the last one applied overwrites the first.',
  run(cluster, report) {
    const first = new Map<string, Manifest>();
    for (const manifest of cluster.set) {
      // With generateName the server gives each a different name.
      if (manifest.object.metadata.name === undefined) continue;
      const key = identityKey(manifest.id);
      const other = first.get(key);
      if (other === undefined) first.set(key, manifest);
      else {
        const { construct, source } = other.origin ?? {};
        const place = source ?? construct;
        const hint = place === undefined ? undefined : `The first one is at ${place}.`;
        report(manifest, 'metadata.name', `${formatId(manifest.id)} is defined twice`, hint);
      }
    }
  },
};
