import { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { namespaceOf } from './namespace';
import { kindKey, knownManifests, knownOf, type Entry } from './objects';
import type { Target } from './reference';
import { targetAt } from './scale-target';

/** An object whose controller replaces the pods of another one, which keeps their template, step by step. */
export interface StagedRollout extends Entry {
  /** `argo` runs the pods itself, `flagger` has a Deployment of its own for those that serve. */
  readonly by: 'argo' | 'flagger';
  /** The workload with the template. */
  readonly workload: Manifest;
}

/** Where such objects name their workload, by group and kind. */
const REFS: ReadonlyMap<string, { readonly by: StagedRollout['by']; readonly ref: string }> = new Map([
  ['argoproj.io/Rollout', { by: 'argo', ref: 'workloadRef' }],
  ['flagger.app/Canary', { by: 'flagger', ref: 'targetRef' }],
]);

/** The workload that an object rolls out, with the field that names it; none where it has its pods itself. */
export function rolloutTargetOf(
  manifest: Manifest,
): { readonly target: Target; readonly name: Field } | undefined {
  const kind = REFS.get(kindKey(manifest));
  if (kind === undefined) return undefined;
  const ref = Field.root(manifest.object).at('spec', kind.ref);
  if (!ref.isSet) return undefined;
  return { target: targetAt(ref, namespaceOf(manifest), 'Deployment'), name: ref.child('name') };
}

/** What rolls out a workload in place of its own controller. */
export function rolloutOf(cluster: Cluster, workload: Manifest): StagedRollout | undefined {
  return cluster.derived(byWorkload).get(workload);
}

/** The rollout that a manifest is, where its workload is known. */
export function rolloutAt(cluster: Cluster, manifest: Manifest): StagedRollout | undefined {
  return cluster.derived(byManifest).get(manifest);
}

/** All rollouts of the set and of what is assumed whose workload is known. */
export function rolloutsIn(cluster: Cluster): readonly StagedRollout[] {
  return cluster.derived(readRollouts);
}

function readRollouts(cluster: Cluster): readonly StagedRollout[] {
  return [...REFS].flatMap(([kind, { by }]) =>
    knownOf(cluster, kind).flatMap((entry): StagedRollout[] => {
      const target = rolloutTargetOf(entry.manifest)?.target;
      const workload = target && cluster.derived(byTarget).get(keyOf(target));
      return workload === undefined ? [] : [{ ...entry, by, workload }];
    }),
  );
}

/** The workloads that can be rolled out by another object. */
function byTarget(cluster: Cluster): ReadonlyMap<string, Manifest> {
  const found = new Map<string, Manifest>();
  for (const kind of ['Deployment', 'DaemonSet', 'ReplicaSet'])
    for (const manifest of knownManifests(cluster, `apps/${kind}`)) {
      const key = keyOf({ group: 'apps', kind, namespace: namespaceOf(manifest), name: manifest.id.name });
      if (!found.has(key)) found.set(key, manifest);
    }
  return found;
}

function keyOf({ group, kind, namespace = '', name }: Target): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

function byWorkload(cluster: Cluster): ReadonlyMap<Manifest, StagedRollout> {
  return new Map(rolloutsIn(cluster).map((rollout) => [rollout.workload, rollout]));
}

function byManifest(cluster: Cluster): ReadonlyMap<Manifest, StagedRollout> {
  return new Map(rolloutsIn(cluster).map((rollout) => [rollout.manifest, rollout]));
}
