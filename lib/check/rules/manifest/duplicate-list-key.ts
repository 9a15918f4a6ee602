import { Definitions } from '../../../apiserver/admission/custom/definitions';
import { judge } from '../../../apiserver/admission/judge';
import { duplicateItems, type DistinctFields } from '../../../apiserver/apply/duplicate-items';
import type { Cluster } from '../../../graph/cluster';
import type { Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';

/**
 * Source: `x-kubernetes-list-map-keys` in the OpenAPI document of Kubernetes for server-side apply, and the patch merge
 * keys of `k8s.io/api` for `kubectl apply`.
 */
export const duplicateListKey: Rule = {
  name: 'manifest/duplicate-list-key',
  severity: 'warning',
  about:
    'Finds items with equal keys in a list that apply merges by key, such as two ports of one number and protocol in a container, or a variable that is set twice.',
  why: 'Server-side apply rejects the object. kubectl apply on the client side creates it with both, and loses one of them with a later change.',
  run(cluster, report) {
    const definitions = new Definitions(cluster.kubernetes);
    const distinct: DistinctFields = new Map();
    for (const manifest of cluster.set) {
      for (const path of pathsIn(cluster, manifest, definitions, distinct))
        report(manifest, path, MESSAGE, 'Keep one of them, or give them different keys.');
    }
  },
};

const MESSAGE =
  'an item with the same keys exists: server-side apply rejects the object, client-side apply loses one of them with a later change';

/** Where items are that apply cannot tell apart, and that validation does not reject anyway. */
function pathsIn(
  { kubernetes }: Cluster,
  { object }: Manifest,
  definitions: Definitions,
  distinct: DistinctFields,
): string[] {
  const found = duplicateItems(object, kubernetes, distinct);
  if (found.length === 0) return [];
  const { violations } = judge(object, kubernetes, definitions);
  const rejected = violations.filter(({ reason }) => reason === 'duplicate').map(({ path }) => path);
  return found
    .map(({ path }) => path)
    .filter((path) => !rejected.some((each) => each === path || each.startsWith(`${path}.`)));
}
