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

/** A field of a Go type, and the gates that are off. */
export type Dropped = readonly [field: string, gates: readonly Gate[]];

/** The fields of a Go type that a server drops, so that no rule checks them. */
export function droppedFields(goType: string, gates: FeatureGates): Dropped[] {
  const removed = (REMOVED[goType] ?? []).map((field): Dropped => [field, []]);
  const off = gatedFields(goType, gates.kubernetes)
    .filter(([field]) => isWhole(`${goType}.${field}`, gates.kubernetes))
    .flatMap(([field, gating]): Dropped[] => {
      const missing = missingOf(gating, gates);
      return missing === undefined ? [] : [[field, missing]];
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

/** Reports a part of a struct that is dropped, by the steps to it, with its field by Go type. */
export type ReportDrop = (steps: readonly (string | number)[], field: string, value: unknown) => void;

type Dropper = (struct: Plain, report: ReportDrop) => void;

/** A change by a server with a gate off. */
interface GatedDrop {
  readonly gate: Gate;
  /** Earlier releases do not know what is dropped, and refuse it. @default all know it */
  readonly since?: KubernetesRelease;
  readonly drop: Dropper;
}

/** Changes of a Go type, where dropping a field is not enough. */
const DROPPERS: Readonly<Record<string, readonly GatedDrop[]>> = {
  'batch/v1.Job': [{ gate: 'JobBackoffLimitPerIndex', since: '1.28', drop: dropFailIndex }],
  'core/v1.PersistentVolumeClaimSpec': [
    { gate: 'CrossNamespaceVolumeDataSource', drop: reportForeignSource },
  ],
  'core/v1.PodSpec': [
    { gate: 'ImageVolume', drop: dropImageVolumes },
    { gate: 'SidecarContainers', since: '1.28', drop: dropSidecars },
    { gate: 'ContainerRestartRules', since: '1.34', drop: dropRestartPolicies },
  ],
  'core/v1.SecurityContext': [{ gate: 'ProcMountType', drop: resetProcMount }],
};

/** Changes a decoded struct as a server does, in place, where dropping a field is not enough. */
export function droppersOf(
  goType: string,
  { kubernetes, isOn }: FeatureGates,
): readonly { readonly gate: Gate; readonly drop: Dropper }[] {
  return (DROPPERS[goType] ?? []).filter(
    ({ gate, since }) => !isOn(gate) && (since === undefined || atLeast(kubernetes, since)),
  );
}

const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** @source k8s.io/kubernetes pkg/api/pod/util.go dropImageVolumes 1.36 */
function dropImageVolumes(podSpec: Plain, report: ReportDrop): void {
  const volumes = recordsIn(podSpec, 'volumes');
  const images = new Set(volumes.filter((volume) => 'image' in volume).map((volume) => volume['name']));
  if (images.size === 0) return;
  for (const [index, volume] of volumes.entries())
    if ('image' in volume) report(['volumes', index], 'core/v1.PodSpec.volumes', volume);
  podSpec['volumes'] = volumes.filter((volume) => !('image' in volume));
  for (const container of CONTAINERS.flatMap((list) => recordsIn(podSpec, list))) {
    const mounts = recordsIn(container, 'volumeMounts');
    if (mounts.length > 0) container['volumeMounts'] = mounts.filter((mount) => !images.has(mount['name']));
  }
}

/**
 * A sidecar becomes an init container that has to end; on other containers, the policy is refused.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledFields 1.28
 */
function dropSidecars(podSpec: Plain, report: ReportDrop): void {
  dropRestartPolicy(podSpec, 'initContainers', () => true, report);
}

/**
 * Policies of containers that are no sidecars.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropContainerRestartRules 1.34
 */
function dropRestartPolicies(podSpec: Plain, report: ReportDrop): void {
  for (const list of CONTAINERS)
    dropRestartPolicy(podSpec, list, (policy) => list !== 'initContainers' || policy !== 'Always', report);
}

function dropRestartPolicy(
  podSpec: Plain,
  list: (typeof CONTAINERS)[number],
  isDropped: (policy: unknown) => boolean,
  report: ReportDrop,
): void {
  for (const [index, container] of recordsIn(podSpec, list).entries()) {
    const policy = container['restartPolicy'];
    if (policy === undefined || !isDropped(policy)) continue;
    report([list, index, 'restartPolicy'], 'core/v1.Container.restartPolicy', policy);
    delete container['restartPolicy'];
  }
}

/** @source k8s.io/kubernetes pkg/registry/batch/job/strategy.go PrepareForCreate 1.28 */
function dropFailIndex(job: Plain, report: ReportDrop): void {
  const policy = recordIn(recordIn(job, 'spec') ?? {}, 'podFailurePolicy');
  if (policy === undefined) return;
  const rules = recordsIn(policy, 'rules');
  for (const [index, rule] of rules.entries())
    if (rule['action'] === 'FailIndex')
      report(['spec', 'podFailurePolicy', 'rules', index], 'batch/v1.PodFailurePolicy.rules', rule);
  policy['rules'] = rules.filter(({ action }) => action !== 'FailIndex');
}

/**
 * The rules of claims drop the reference; here it is only reported.
 *
 * @source k8s.io/kubernetes pkg/api/persistentvolumeclaim/util.go DropDisabledFields 1.36
 */
function reportForeignSource(claim: Plain, report: ReportDrop): void {
  const reference = recordIn(claim, 'dataSourceRef');
  const namespace = reference?.['namespace'];
  if (namespace !== undefined && namespace !== '')
    report(['dataSourceRef'], 'core/v1.PersistentVolumeClaimSpec.dataSourceRef', reference);
}

/** @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledProcMountField 1.34 */
function resetProcMount(context: Plain, report: ReportDrop): void {
  const { procMount } = context;
  if (procMount === undefined || procMount === 'Default') return;
  report(['procMount'], 'core/v1.SecurityContext.procMount', procMount);
  context['procMount'] = 'Default';
}
