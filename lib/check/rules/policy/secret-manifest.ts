import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

export const secretManifest: Rule = {
  name: 'policy/secret-manifest',
  severity: 'warning',
  strict: true,
  about: 'Finds Secrets that are written down with what they hold.',
  why: 'Base64 hides nothing: whoever can read the manifests has the secret.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, '/Secret')) {
      const held = [root.child('data'), root.child('stringData')].find(({ size }) => size > 0);
      if (held === undefined) continue;
      const hint = 'Let an ExternalSecret or a SealedSecret make it in the cluster.';
      report(manifest, held.path, 'is written down with what it holds', hint);
    }
  },
};
