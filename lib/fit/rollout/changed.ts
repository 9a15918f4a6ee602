import { definitionsIn } from '../../apiserver/admission/custom/definitions';
import { equal } from '../../apiserver/update/equal';
import { update } from '../../apiserver/update/update';
import type { Cluster } from '../../graph/cluster';
import { featureGatesOf } from '../../graph/feature-gates';
import { podTemplateOf } from '../../graph/pod-template';
import type { Manifest } from '../../manifest/manifest';

/**
 * Whether a workload gets another template of its pods, as the API server stores both: defaults, and what kubectl prints of
 * an object in addition, are no difference.
 */
export function hasOtherTemplate(before: Manifest, after: Manifest, cluster: Cluster): boolean {
  if (equal(templateOf(before.object), templateOf(after.object))) return false;
  const { kubernetes } = cluster;
  const server = {
    kubernetes,
    gates: featureGatesOf(cluster),
    definitions: definitionsIn(undefined, kubernetes),
  };
  const { was, now } = update(before.object, after.object, server);
  return !equal(templateOf(was), templateOf(now));
}

function templateOf(object: unknown): unknown {
  return podTemplateOf(object)?.field.value;
}
