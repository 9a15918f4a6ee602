import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

export const secretManifest: Rule = {
  name: 'policy/secret-manifest',
  severity: 'warning',
  strict: true,
  about: 'Finds Secret manifests with values.',
  why: 'Base64 is no encryption: everybody who can read the manifests has the secret.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, '/Secret')) {
      const values = [root.child('data'), root.child('stringData')].find(({ size }) => size > 0);
      if (values === undefined) continue;
      const hint = 'Let an ExternalSecret or a SealedSecret create it in the cluster.';
      report(manifest, values.path, 'contains secret values', hint);
    }
  },
};
