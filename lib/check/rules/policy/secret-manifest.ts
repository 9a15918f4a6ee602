import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

const secret = (data: string): string => `apiVersion: v1
kind: Secret
metadata:
  name: database
  namespace: shop
${data}`;

export const secretManifest: Rule = {
  name: 'policy/secret-manifest',
  severity: 'warning',
  strict: true,
  about: 'Finds Secrets that are written down with what they hold.',
  why: 'Base64 hides nothing: whoever can read the manifests has the secret.',
  example: {
    failing: secret('stringData:\n  password: correct-horse-7\n'),
    passing: secret('type: Opaque\n'),
  },
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, '/Secret')) {
      const held = [root.child('data'), root.child('stringData')].find(({ size }) => size > 0);
      if (held === undefined) continue;
      const hint = 'Let an ExternalSecret or a SealedSecret make it in the cluster.';
      report(manifest, held.path, 'is written down with what it holds', hint);
    }
  },
};
