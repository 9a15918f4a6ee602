import { formatId, identityKey, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';

export const duplicateIdentity: Rule = {
  name: 'wiring/duplicate-identity',
  severity: 'error',
  about: 'Finds two objects of one kind, namespace and name.',
  why: 'In the cluster there is only one: what is applied last overwrites what came before.',
  run(cluster, report) {
    const first = new Map<string, Manifest>();
    for (const manifest of cluster.set) {
      // The server makes a name of its own for each.
      if (manifest.object.metadata.name === undefined) continue;
      const key = identityKey(manifest.id);
      const other = first.get(key);
      if (other === undefined) first.set(key, manifest);
      else {
        const { construct, source } = other.origin ?? {};
        const place = source ?? construct;
        const hint = place === undefined ? undefined : `The other one is from ${place}.`;
        report(manifest, 'metadata.name', `${formatId(manifest.id)} is there twice`, hint);
      }
    }
  },
};
