import { atLeast } from '../kube/at-least';
import type { FeatureGates } from '../kube/feature-gates';
import { gatedFields, type Gating } from '../kube/gated';
import type { Gate } from '../kube/gates';
import type { KubernetesRelease } from '../kube/schema';
import { recordIn, recordsIn, type Plain } from './defaults/plain';

/** A field that a server accepts and drops, without a warning. */
export interface DroppedField {
  /** As the API server writes it: `spec.hostUsers`. */
  readonly path: string;
  /** The field by its Go type: `core/v1.PodSpec.hostUsers`. */
  readonly field: string;
  /** The gates that are off; none for a feature that Kubernetes removed. */
  readonly gates: readonly Gate[];
  /** What the object says. */
  readonly value: unknown;
}

/** Fields of which a server drops only some values: `DROPPERS` and `GONE_WHEN_EMPTIED` tell which. */
const CONDITIONAL: ReadonlySet<string> = new Set([
  'core/v1.Container.lifecycle',
  'core/v1.Container.restartPolicy',
  'core/v1.EphemeralContainer.lifecycle',
  'core/v1.EphemeralContainer.restartPolicy',
  'core/v1.Lifecycle.postStart',
  'core/v1.Lifecycle.preStop',
  'core/v1.PersistentVolumeClaimSpec.dataSourceRef',
]);

/** Fields of features that Kubernetes removed with their gates. */
const REMOVED: Readonly<Record<string, readonly string[]>> = {
  'core/v1.NodeSpec': ['configSource'],
  'core/v1.NodeStatus': ['config'],
};

/**
 * Fields that servers before a release keep, although their code says otherwise: it looks at the wrong list.
 *
 * @source k8s.io/kubernetes pkg/registry/resource/resourceclaim/strategy.go dropDisabledDRAResourceClaimConsumableCapacityFields 1.34
 */
const KEPT_BEFORE: Readonly<Record<string, KubernetesRelease>> = {
  'resource/v1.DeviceConstraint.distinctAttribute': '1.35',
};

/**
 * Fields that servers drop of new objects only: adding one later is a change like any other, and refused where the field
 * is immutable.
 *
 * @source k8s.io/kubernetes pkg/registry/batch/job/strategy.go jobStrategy.PrepareForUpdate 1.31
 */
const DROPPED_ON_CREATE: ReadonlySet<string> = new Set([
  'batch/v1.JobSpec.managedBy',
  'batch/v1.PodFailurePolicy.rules',
]);

/**
 * Fields that an update keeps where the object has just this one, and not another one behind the same gate.
 *
 * @source k8s.io/kubernetes pkg/registry/batch/job/strategy.go jobStrategy.PrepareForUpdate 1.31
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledNodeInclusionPolicyFields 1.36
 */
const KEPT_ALONE: ReadonlySet<string> = new Set([
  'batch/v1.JobSpec.backoffLimitPerIndex',
  'batch/v1.JobSpec.maxFailedIndexes',
  'core/v1.TopologySpreadConstraint.nodeAffinityPolicy',
  'core/v1.TopologySpreadConstraint.nodeTaintsPolicy',
]);

/** The key under which a server looks whether what it would drop is in use. */
export function useKey(field: string, gates: readonly Gate[]): string {
  return KEPT_ALONE.has(field) ? field : gates.join('&');
}

function isUsed(missing: readonly Gate[], { inUse }: FeatureGates, field = ''): boolean {
  if (inUse === undefined) return false;
  return inUse === 'all' || DROPPED_ON_CREATE.has(field) || inUse.has(useKey(field, missing));
}

/** A field of a Go type, and the gates that are off. */
export type Dropped = readonly [field: string, gates: readonly Gate[]];

/** The fields of a Go type that a server drops, so that no rule checks them. */
export function droppedFields(goType: string, gates: FeatureGates): Dropped[] {
  const removed = (gates.inUse === 'all' ? [] : (REMOVED[goType] ?? [])).map((field): Dropped => [field, []]);
  const off = gatedFields(goType, gates.kubernetes)
    .filter(([field]) => isWhole(`${goType}.${field}`, gates.kubernetes))
    .flatMap(([field, gating]): Dropped[] => {
      const missing = missingOf(gating, gates);
      const name = `${goType}.${field}`;
      return missing === undefined || isUsed(missing, gates, name) ? [] : [[field, missing]];
    });
  return [...removed, ...off];
}

function isWhole(field: string, kubernetes: KubernetesRelease): boolean {
  const since = KEPT_BEFORE[field];
  return !CONDITIONAL.has(field) && (since === undefined || atLeast(kubernetes, since));
}

/** The gates without which a field is dropped; `undefined` if it is kept. */
function missingOf(gating: Gating, gates: FeatureGates): readonly Gate[] | undefined {
  return gating.find((all) => all.every((gate) => !gates.isOn(gate)));
}

/** Go types that are dropped with their last field. */
const GONE_WHEN_EMPTIED: ReadonlySet<string> = new Set(['core/v1.Lifecycle', 'core/v1.LifecycleHandler']);

/**
 * Whether a server that drops the last field of a struct drops the struct as well.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledFields 1.36
 */
export function isGoneWhenEmptied(goType: string): boolean {
  return GONE_WHEN_EMPTIED.has(goType);
}

/** A part of a struct that is dropped. */
export interface DroppedPart {
  readonly steps: readonly (string | number)[];
  /** By Go type. */
  readonly field: string;
  readonly value: unknown;
}

/** A change by a server with a gate off. */
export interface GatedDrop {
  readonly gate: Gate;
  /** Earlier releases do not know what is dropped, and refuse it. @default all know it */
  readonly since?: KubernetesRelease;
  /** The fields by whose values it looks: a struct without them has nothing to drop. */
  readonly fields: readonly string[];
  readonly find: (struct: Plain) => readonly DroppedPart[];
  /** Takes what `find` finds out of the struct, in place. */
  readonly drop: (struct: Plain) => void;
  /** Whether it takes out items of lists, so that those after them move up. @default false */
  readonly movesItems?: true;
}

const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** Changes of a Go type, where dropping a field is not enough. */
const DROPPERS: Readonly<Record<string, readonly GatedDrop[]>> = {
  'batch/v1.Job': [
    {
      gate: 'JobBackoffLimitPerIndex',
      since: '1.28',
      fields: ['spec'],
      find: failIndexRules,
      drop: dropFailIndex,
      movesItems: true,
    },
  ],
  'core/v1.PersistentVolumeClaimSpec': [
    {
      gate: 'CrossNamespaceVolumeDataSource',
      fields: ['dataSourceRef'],
      find: foreignSources,
      // The rules of claims drop the reference, by what the claim was before.
      drop: () => undefined,
    },
  ],
  'core/v1.PodSpec': [
    {
      gate: 'ImageVolume',
      fields: ['volumes'],
      find: imageVolumes,
      drop: dropImageVolumes,
      movesItems: true,
    },
    restartPolicies('SidecarContainers', '1.28', (list) => list === 'initContainers'),
    restartPolicies(
      'ContainerRestartRules',
      '1.34',
      (list, policy) => list !== 'initContainers' || policy !== 'Always',
    ),
  ],
  'core/v1.SecurityContext': [
    { gate: 'ProcMountType', fields: ['procMount'], find: procMounts, drop: resetProcMount },
  ],
};

/** Changes a decoded struct as a server does, where dropping a field is not enough. */
export function droppersOf(goType: string, gates: FeatureGates): readonly GatedDrop[] {
  return (DROPPERS[goType] ?? []).filter(
    ({ gate, since }) =>
      !gates.isOn(gate) &&
      (since === undefined || atLeast(gates.kubernetes, since)) &&
      !isUsed([gate], gates),
  );
}

/** Whether some server drops parts of Go type `goType` by what else it holds. */
export function hasDroppers(goType: string): boolean {
  return Object.hasOwn(DROPPERS, goType);
}

function imageVolumes(podSpec: Plain): DroppedPart[] {
  return recordsIn(podSpec, 'volumes').flatMap((value, index) =>
    'image' in value ? [{ steps: ['volumes', index], field: 'core/v1.PodSpec.volumes', value }] : [],
  );
}

/** @source k8s.io/kubernetes pkg/api/pod/util.go dropImageVolumes 1.36 */
function dropImageVolumes(podSpec: Plain): void {
  const volumes = recordsIn(podSpec, 'volumes');
  const images = new Set(volumes.filter((volume) => 'image' in volume).map((volume) => volume['name']));
  podSpec['volumes'] = volumes.filter((volume) => !('image' in volume));
  for (const container of CONTAINERS.flatMap((list) => recordsIn(podSpec, list))) {
    const mounts = recordsIn(container, 'volumeMounts');
    if (mounts.length > 0) container['volumeMounts'] = mounts.filter((mount) => !images.has(mount['name']));
  }
}

/**
 * Policies of containers: a sidecar becomes an init container that has to end.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledFields 1.28
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropContainerRestartRules 1.34
 */
function restartPolicies(
  gate: Gate,
  since: KubernetesRelease,
  isDropped: (list: string, policy: unknown) => boolean,
): GatedDrop {
  const found = (podSpec: Plain): { readonly container: Plain; readonly part: DroppedPart }[] =>
    CONTAINERS.flatMap((list) =>
      recordsIn(podSpec, list).flatMap((container, index) => {
        const value = container['restartPolicy'];
        if (value === undefined || !isDropped(list, value)) return [];
        const part = {
          steps: [list, index, 'restartPolicy'],
          field: 'core/v1.Container.restartPolicy',
          value,
        };
        return [{ container, part }];
      }),
    );
  return {
    gate,
    since,
    fields: CONTAINERS,
    find: (podSpec) => found(podSpec).map(({ part }) => part),
    drop: (podSpec) => {
      for (const { container } of found(podSpec)) delete container['restartPolicy'];
    },
  };
}

function failIndexRules(job: Plain): DroppedPart[] {
  return recordsIn(recordIn(recordIn(job, 'spec') ?? {}, 'podFailurePolicy') ?? {}, 'rules').flatMap(
    (value, index) =>
      value['action'] === 'FailIndex'
        ? [
            {
              steps: ['spec', 'podFailurePolicy', 'rules', index],
              field: 'batch/v1.PodFailurePolicy.rules',
              value,
            },
          ]
        : [],
  );
}

/** @source k8s.io/kubernetes pkg/registry/batch/job/strategy.go jobStrategy.PrepareForCreate 1.28 */
function dropFailIndex(job: Plain): void {
  const policy = recordIn(recordIn(job, 'spec') ?? {}, 'podFailurePolicy');
  if (policy === undefined) return;
  policy['rules'] = recordsIn(policy, 'rules').filter(({ action }) => action !== 'FailIndex');
}

/** @source k8s.io/kubernetes pkg/api/persistentvolumeclaim/util.go DropDisabledFields 1.36 */
function foreignSources(claim: Plain): DroppedPart[] {
  const value = recordIn(claim, 'dataSourceRef');
  const namespace = value?.['namespace'];
  if (namespace === undefined || namespace === '') return [];
  return [{ steps: ['dataSourceRef'], field: 'core/v1.PersistentVolumeClaimSpec.dataSourceRef', value }];
}

function procMounts({ procMount: value }: Plain): DroppedPart[] {
  if (value === undefined || value === 'Default') return [];
  return [{ steps: ['procMount'], field: 'core/v1.SecurityContext.procMount', value }];
}

/** @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledProcMountField 1.34 */
function resetProcMount(context: Plain): void {
  context['procMount'] = 'Default';
}
