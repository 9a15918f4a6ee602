import type { Cluster } from '../../../graph/cluster';
import { podsOf, type Pods } from '../../../graph/pods';
import { grouped } from '../../../kube/grouped';
import { recordIn } from '../../../apiserver/defaults/plain';
import { formatId, type KubeObject } from '../../../manifest/manifest';
import { securityRefusal } from '../refused-pods';
import { forEachStep, type Step, type Steps } from '../rule';
import { settledAfter } from '../settled';
import { listing, told, type Told } from '../told';
import { nameOf } from '../words';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const LEVELS = ['privileged', 'baseline', 'restricted'];

export const podSecurity = forEachStep({
  kind: 'access',
  about: 'A namespace changes its Pod Security level.',
  effects: ['updated'],
  objects: ['/Namespace'],
  look(step, steps, report) {
    const { before, after } = step.change;
    if (before === undefined || after === undefined) return;
    const [old, now] = [levelOf(before.object), levelOf(after.object)];
    const fall = LEVELS.indexOf(old) - LEVELS.indexOf(now);
    const name = nameOf(step);
    if (fall > 0) report('warning', `${name} lowers its Pod Security level from ${old} to ${now}.`);
    if (fall < 0)
      report(
        'warning',
        told`${name} raises its Pod Security level from ${old} to ${now}: running pods continue, and new pods that violate it are rejected${violators(step, steps)}.`,
      );
  },
});

/** More workloads than these are counted in brief. */
const MOST_NAMED = 3;

/** A bare Pod is not created again by anybody. */
function workloadsByNamespace(cluster: Cluster): ReadonlyMap<string, readonly Pods[]> {
  const workloads = podsOf(cluster).filter(({ kind }) => kind !== '/Pod');
  return grouped(workloads, ({ namespace }) => namespace);
}

/** The workloads of a namespace whose pods are not created again once they are gone. */
function violators(step: Step, steps: Steps): Told | string {
  const cluster = settledAfter(steps);
  const { name } = step.change.id;
  const there = cluster.derived(workloadsByNamespace).get(name) ?? [];
  const found = there.filter(({ manifest }) => securityRefusal(manifest, steps) !== undefined);
  if (found.length === 0) return '';
  const names = listing(
    found.map(({ manifest }) => formatId(manifest.id)),
    MOST_NAMED,
  );
  return told`: those of ${names}, after an eviction or a rollout`;
}

function levelOf({ metadata }: KubeObject): string {
  const level = recordIn(metadata, 'labels')?.[ENFORCE];
  return typeof level === 'string' && LEVELS.includes(level) ? level : 'privileged';
}
