import { recordIn } from '../../../apiserver/defaults/plain';
import type { Replicas } from '../../../graph/replicas';
import type { PlainRecord } from '../../../manifest/data';
import { Field } from '../../../manifest/field';
import { allOf } from './pods';
import { stagedByArgo } from './staged';

/** What is known of the rollout of a custom resource, such as Argo's Rollout or OpenKruise's CloneSet. */
export function customRollout(name: string, spec: PlainRecord, pods: Replicas | undefined): string {
  const update = recordIn(spec, 'updateStrategy') ?? {};
  if (spec['paused'] === true || update['paused'] === true)
    return `${name} is paused: its pods stay until it is resumed.`;
  if (pods?.max === 0) return `${name} has no pods to replace.`;
  const staged = stagedByArgo(Field.root(spec), pods === undefined ? 'its pods' : allOf(pods));
  if (staged !== undefined) return `${name} ${staged}`;
  const strategy = strategyOf(update);
  const verb = strategy?.startsWith('InPlace') === true ? 'updates' : 'replaces';
  const way = strategy === undefined ? '' : ` (strategy: ${strategy})`;
  return `${name} ${verb} ${pods === undefined ? 'its pods' : allOf(pods)}. Its controller decides the order and the pace${way}.`;
}

/** The type of an `updateStrategy` (apps.kruise.io). */
function strategyOf({ type }: PlainRecord): string | undefined {
  return typeof type === 'string' ? type : undefined;
}
