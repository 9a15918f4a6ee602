import { isBefore, type KubernetesRelease } from '../kube/schema';
import { isPlainRecord, type PlainRecord } from '../manifest/data';
import type { Severity } from '../check/finding';

/** What a release does otherwise with the same manifest, though its API server accepts and stores it as before. */
export interface BehaviourNote {
  readonly since: string;
  readonly severity: Severity;
  /** Where a pod spec shows that it is concerned, as steps from it; nothing if it is not. */
  readonly at: (podSpec: PlainRecord) => string | undefined;
  readonly message: string;
  readonly hint?: string;
  /** As `@source` tags have it: where it begins, or of what is removed, where it was last. */
  readonly source: string;
}

function volumeOf(type: string): BehaviourNote['at'] {
  return (podSpec) => {
    const index = listIn(podSpec, 'volumes').findIndex((volume) => type in volume);
    return index < 0 ? undefined : `volumes[${index}].${type}`;
  };
}

function listIn(parent: PlainRecord, name: string): readonly PlainRecord[] {
  const list = parent[name];
  return Array.isArray(list) ? list.filter(isPlainRecord) : [];
}

/** A claim, and the SELinux label that its files get. */
function labelledClaim(podSpec: PlainRecord): string | undefined {
  const context = podSpec['securityContext'];
  const isLabelled =
    isPlainRecord(context) && isPlainRecord(context['seLinuxOptions']) && !('seLinuxChangePolicy' in context);
  const hasClaim = listIn(podSpec, 'volumes').some((volume) => 'persistentVolumeClaim' in volume);
  return isLabelled && hasClaim ? 'securityContext.seLinuxOptions' : undefined;
}

/** A container with an image that has to be on the node already. */
function neverPulled(podSpec: PlainRecord): string | undefined {
  for (const list of ['initContainers', 'containers']) {
    const index = listIn(podSpec, list).findIndex(({ imagePullPolicy }) => imagePullPolicy === 'Never');
    if (index >= 0) return `${list}[${index}].imagePullPolicy`;
  }
  return undefined;
}

/** By the release in which it began. */
export const BEHAVIOUR_NOTES: readonly BehaviourNote[] = [
  {
    since: '1.31',
    severity: 'error',
    at: volumeOf('rbd'),
    message: 'nodes cannot mount it: the volume plugin for Ceph RBD was removed',
    hint: 'Use the Ceph CSI driver.',
    source: 'k8s.io/kubernetes pkg/volume/rbd/rbd.go ProbeVolumePlugins 1.30',
  },
  {
    since: '1.31',
    severity: 'error',
    at: volumeOf('cephfs'),
    message: 'nodes cannot mount it: the volume plugin for CephFS was removed',
    hint: 'Use the Ceph CSI driver.',
    source: 'k8s.io/kubernetes pkg/volume/cephfs/cephfs.go ProbeVolumePlugins 1.30',
  },
  {
    since: '1.31',
    severity: 'warning',
    at: volumeOf('portworxVolume'),
    message: 'the volume is mounted by the CSI driver of Portworx, which has to be installed',
    source: 'k8s.io/kubernetes pkg/features/kube_features.go CSIMigrationPortworx 1.31',
  },
  {
    since: '1.33',
    severity: 'error',
    at: volumeOf('gitRepo'),
    message: 'pods do not start: nodes mount no gitRepo volumes by default',
    hint: 'Clone the repository into an `emptyDir` with an init container.',
    source: 'k8s.io/kubernetes pkg/features/kube_features.go GitRepoVolumeDriver 1.33',
  },
  {
    since: '1.35',
    severity: 'info',
    at: neverPulled,
    message:
      'a node runs an image that it has pulled with credentials only for pods that have credentials for it, even if it is there already',
    source: 'k8s.io/kubernetes pkg/features/kube_features.go KubeletEnsureSecretPulledImages 1.35',
  },
  {
    since: '1.37',
    severity: 'warning',
    at: labelledClaim,
    message:
      'where the CSI driver has seLinuxMount, volumes are mounted with the label instead of relabelled: pods with different labels cannot share one',
    hint: 'Set `seLinuxChangePolicy: Recursive` to keep it as it was.',
    source: 'k8s.io/kubernetes pkg/features/kube_features.go SELinuxMount 1.37',
  },
];

/** The notes that hold from a release on, and not in the one before. */
export function notesOf(kubernetes: KubernetesRelease, before: KubernetesRelease): readonly BehaviourNote[] {
  return BEHAVIOUR_NOTES.filter(({ since }) => !isBefore(kubernetes, since) && isBefore(before, since));
}
