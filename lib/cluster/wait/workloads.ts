import type { KubeObject } from '../../manifest/manifest';
import { at, idOf } from '../fields';
import { standingOf } from '../status/state';
import type { Related } from './related';
import { failed, progressing, ready, type Settled } from './verdict';

/**
 * A workload as `status` sees it. What does not pass by waiting is still on the way, as far as its controller has not given
 * up: how long that is waited for is the caller's decision.
 */
export function workloadSettled(object: KubeObject, related: Related): Settled {
  const evidence = related.evidence(idOf(object));
  if (evidence === undefined) return progressing('is not there yet');
  const { state, reason, outlook } = standingOf(evidence);
  if (state === 'ready' || state === 'complete' || state === 'suspended') return ready(reason);
  if (state === 'failed' && outlook === 'final') return failed(reason ?? 'it failed');
  return progressing(reason ?? 'is not ready', state === 'failed' ? (outlook ?? 'stuck') : 'passing');
}

/** A CronJob runs when its time comes, whatever became of its last Job. */
export function cronJobSettled(object: KubeObject): Settled {
  return ready(at(object, 'spec', 'suspend') === true ? 'is suspended' : undefined);
}
