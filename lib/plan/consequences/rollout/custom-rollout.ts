import { recordIn } from '../../../apiserver/defaults/plain';
import type { Replicas } from '../../../graph/replicas';
import type { PlainRecord } from '../../../manifest/data';
import { allOf } from './pods';

/** What is known of the rollout of a custom resource, such as Argo's Rollout or OpenKruise's CloneSet. */
export function customRollout(name: string, spec: PlainRecord, pods: Replicas | undefined): string {
  const update = recordIn(spec, 'updateStrategy') ?? {};
  if (spec['paused'] === true || update['paused'] === true)
    return `${name} is paused: its pods stay until it is resumed.`;
  if (pods?.max === 0) return `${name} has no pods to replace.`;
  const strategy = strategyOf(spec, update);
  const verb = strategy?.startsWith('InPlace') === true ? 'updates' : 'replaces';
  const way = strategy === undefined ? '' : ` (strategy: ${strategy})`;
  return `${name} ${verb} ${pods === undefined ? 'its pods' : allOf(pods)}. Its controller decides the order and the pace${way}.`;
}

/** `canary` or `blueGreen` of a Rollout (argoproj.io/v1alpha1), the type of an `updateStrategy` (apps.kruise.io). */
function strategyOf(spec: PlainRecord, update: PlainRecord): string | undefined {
  const { type } = update;
  if (typeof type === 'string') return type;
  return Object.keys(recordIn(spec, 'strategy') ?? {})[0];
}
