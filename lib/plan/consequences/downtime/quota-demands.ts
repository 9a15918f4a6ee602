import { podsByOwner, podsOf } from '../../../graph/pods';
import { quotasIn } from '../../../graph/quotas';
import { formatId } from '../../../manifest/manifest';
import { demandOf, quotaRefusal } from '../refused-pods';
import { forEachStep, type Step, type Steps } from '../rule';
import { settledAfter } from '../settled';
import { listing, told } from '../told';
import { kindOf, nameOf } from '../words';
import { refusedOutcome } from './pods-refused';

/** More workloads than these are counted in brief. */
const MOST_NAMED = 3;

export const quotaDemands = forEachStep({
  kind: 'downtime',
  about:
    'A ResourceQuota demands requests or limits that pods which run do not have, or a LimitRange no longer gives them: they cannot be created again.',
  effects: ['created', 'updated', 'deleted'],
  objects: ['/ResourceQuota', '/LimitRange'],
  look(step, steps, report) {
    const isQuota = kindOf(step) === '/ResourceQuota';
    // A quota that goes demands nothing, and a new LimitRange takes nothing away.
    if (step.change.effect === (isQuota ? 'deleted' : 'created')) return;
    const found = newlyRefused(step, steps);
    const [first] = found;
    if (first === undefined) return;
    const names = listing(
      found.map(({ name }) => name),
      MOST_NAMED,
    );
    report(
      'warning',
      told`${isQuota ? `${nameOf(step)} demands` : `Without the defaults of ${nameOf(step)}, a ResourceQuota demands`} what running pods do not say: they continue, and those of ${names} cannot be created again after an eviction or a rollout: ${first.reason}.`,
    );
  },
});

interface Refused {
  readonly name: string;
  readonly reason: string;
}

/** Workloads whose pods run, and can no longer be created because of the change. */
function newlyRefused(step: Step, steps: Steps): Refused[] {
  const { namespace = 'default', name } = step.change.id;
  const cluster = settledAfter(steps);
  if (quotasIn(cluster, namespace).length === 0) return [];
  const byWorkload = stepsByWorkload(steps);
  const before = podsByOwner(steps.before);
  return podsOf(cluster).flatMap(({ namespace: place, manifest }): Refused[] => {
    if (place !== namespace || manifest.id.kind === 'Pod') return [];
    const own = byWorkload.get(manifest);
    const old = own?.change.before && before.get(own.change.before);
    const reason = old && quotaRefusal(manifest, steps);
    if (!own || !old || reason === undefined || refusedOutcome(own, steps) !== undefined) return [];
    const isOther = kindOf(step) === '/ResourceQuota' && !reason.startsWith(`failed quota: ${name}:`);
    if (isOther || demandOf(old, steps.before) !== undefined) return [];
    return [{ name: formatId(manifest.id), reason }];
  });
}

const known = new WeakMap<Steps, ReadonlyMap<unknown, Step>>();

function stepsByWorkload(steps: Steps): ReadonlyMap<unknown, Step> {
  const found = known.get(steps) ?? new Map(steps.steps.map((step) => [step.change.after, step]));
  known.set(steps, found);
  return found;
}
