import { podsByOwner, podsOf } from '../../../graph/pods';
import { grouped } from '../../../kube/grouped';
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
  /** Such as `failed quota: compute: must specify limits.cpu for: app`. */
  readonly reason: string;
}

/** Workloads whose pods run, and can no longer be created because of the change. */
function newlyRefused(step: Step, steps: Steps): readonly Refused[] {
  const { namespace = 'default', name } = step.change.id;
  const refused = refusedBy(steps).get(namespace);
  return (
    (kindOf(step) === '/ResourceQuota'
      ? refused?.get(`failed quota: ${name}`)
      : [...(refused?.values() ?? [])].flat()) ?? []
  );
}

type ByQuota = ReadonlyMap<string, readonly Refused[]>;

const known = new WeakMap<Steps, ReadonlyMap<string, ByQuota>>();

/** By namespace and by the quota that refuses them, so that many quotas of one namespace look at its pods once. */
function refusedBy(steps: Steps): ReadonlyMap<string, ByQuota> {
  const found =
    known.get(steps) ??
    new Map(
      [...grouped(allRefused(steps), ({ namespace }) => namespace)].map(([namespace, refused]) => [
        namespace,
        grouped(refused, ({ reason }) => reason.slice(0, reason.indexOf(': must'))),
      ]),
    );
  known.set(steps, found);
  return found;
}

function allRefused(steps: Steps): (Refused & { readonly namespace: string })[] {
  const byWorkload = new Map(steps.steps.map((step) => [step.change.after, step]));
  const before = podsByOwner(steps.before);
  return podsOf(settledAfter(steps)).flatMap(({ namespace, manifest }) => {
    if (manifest.id.kind === 'Pod') return [];
    const own = byWorkload.get(manifest);
    const old = own?.change.before && before.get(own.change.before);
    const reason = old && quotaRefusal(manifest, steps);
    if (!own || !old || reason === undefined || refusedOutcome(own, steps) !== undefined) return [];
    if (demandOf(old, steps.before) !== undefined) return [];
    return [{ namespace, name: formatId(manifest.id), reason }];
  });
}
