import { replicasOf } from '../../../graph/replicas';
import { recordIn } from '../../../apiserver/defaults/plain';
import type { PlainRecord } from '../../../manifest/data';
import type { Step, Steps } from '../rule';
import { kindOf, numberIn, specOf } from '../words';
import type { RollingUpdate } from '../../../graph/rolling-update';
import { deploymentRollout } from './rolling-update';

/**
 * How a Deployment or StatefulSet whose template changes replaces its pods, in numbers, where the fewest that can be
 * there are known; nothing where none is replaced, where all stop first, or where somebody else decides when.
 */
export function worstMoment(step: Step, { after }: Steps): RollingUpdate | undefined {
  const { after: manifest } = step.change;
  if (manifest === undefined) return undefined;
  const pods = replicasOf(after, manifest);
  if (pods === undefined || pods.min === 0) return undefined;
  if (kindOf(step) === 'apps/Deployment') return deploymentRollout(step, after)?.rolling;
  if (kindOf(step) !== 'apps/StatefulSet') return undefined;
  const { isOnDelete, partition, start } = strategyOf(specOf(step));
  return !isOnDelete && partition < start + pods.min
    ? { replicas: pods.min, surge: 0, unavailable: 1 }
    : undefined;
}

/** How a StatefulSet replaces its pods. */
export function strategyOf(spec: PlainRecord): { isOnDelete: boolean; partition: number; start: number } {
  const strategy = recordIn(spec, 'updateStrategy') ?? {};
  return {
    isOnDelete: strategy['type'] === 'OnDelete',
    partition: numberIn(recordIn(strategy, 'rollingUpdate') ?? {}, 'partition', 0),
    start: numberIn(recordIn(spec, 'ordinals') ?? {}, 'start', 0),
  };
}
