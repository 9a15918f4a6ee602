import { recordIn } from '../../apiserver/defaults/plain';
import { rollingUpdateOf, type RollingUpdate } from './rolling-update';
import type { Step, Steps } from './rule';
import { scalerOf } from './scalers';
import { kindOf, numberIn, specOf } from './workload';

/**
 * How pods of a Deployment or StatefulSet are replaced, in numbers; nothing where none is, where all stop first, or
 * where somebody else decides when.
 */
export function worstMoment(step: Step, { after }: Steps): RollingUpdate | undefined {
  const { after: manifest, effect } = step.change;
  if (manifest === undefined || effect !== 'pods-replaced') return undefined;
  const spec = specOf(step);
  const replicas = scalerOf(after, manifest)?.min ?? numberIn(spec, 'replicas', 1);
  if (replicas === 0) return undefined;
  if (kindOf(step) === 'apps/Deployment')
    return spec['paused'] === true ? undefined : rollingUpdateOf(spec, replicas);
  if (kindOf(step) !== 'apps/StatefulSet') return undefined;
  const strategy = recordIn(spec, 'updateStrategy') ?? {};
  const start = numberIn(recordIn(spec, 'ordinals') ?? {}, 'start', 0);
  const partition = numberIn(recordIn(strategy, 'rollingUpdate') ?? {}, 'partition', 0);
  const isReplaced = strategy['type'] !== 'OnDelete' && partition < start + replicas;
  return isReplaced ? { replicas, surge: 0, unavailable: 1 } : undefined;
}
