import { selectorAt } from '../../graph/selectors';
import type { LabelSelector, Labels } from '../../kube/labels';
import { parseQuantity, whole } from '../../kube/quantity';
import type { Field } from '../../manifest/field';
import { nodeSelector, type NodeTest } from '../pods/node-requirement';

/** A PersistentVolume, or one that a provisioner makes for a claim. */
export interface Volume {
  readonly name: string;
  readonly className: string;
  readonly size: bigint;
  readonly modes: readonly string[];
  readonly volumeMode: string;
  readonly attributesClass: string;
  readonly labels: Labels;
  readonly takesNode: NodeTest;
  /** How a CSI driver knows it; none for other volumes. */
  readonly csi?: { readonly driver: string; readonly handle: string };
  /** The claim that it is for, as `namespace/name`. */
  claim: string | undefined;
}

/** A PersistentVolumeClaim. */
export interface Claim {
  /** `namespace/name`. */
  readonly key: string;
  readonly name: string;
  readonly className: string;
  readonly size: bigint;
  readonly modes: readonly string[];
  readonly volumeMode: string;
  readonly attributesClass: string;
  readonly selector: LabelSelector | undefined;
  /** The volume that it asks for by name. */
  readonly volumeName: string;
  /** Whether the cluster has bound it to that volume. */
  readonly isBound: boolean;
  volume: Volume | undefined;
}

/** A StorageClass. */
export interface StorageClass {
  readonly name: string;
  readonly provisioner: string;
  /** Whether a claim waits for its first pod. */
  readonly isDelayed: boolean;
  readonly allows: NodeTest;
}

export function volumeAt(root: Field): Volume {
  const spec = root.child('spec');
  const affinity = spec.at('nodeAffinity', 'required');
  const csi = spec.child('csi');
  const { text: namespace } = spec.at('claimRef', 'namespace');
  const { text: claim } = spec.at('claimRef', 'name');
  return {
    name: root.at('metadata', 'name').text,
    className: spec.child('storageClassName').text,
    size: amount(spec.at('capacity', 'storage')),
    modes: spec.child('accessModes').texts,
    volumeMode: spec.child('volumeMode').text || 'Filesystem',
    attributesClass: spec.child('volumeAttributesClassName').text,
    labels: root.at('metadata', 'labels').labels,
    takesNode: affinity.isSet ? nodeSelector(affinity) : () => true,
    ...(csi.isSet && { csi: { driver: csi.child('driver').text, handle: csi.child('volumeHandle').text } }),
    claim: claim === '' ? undefined : `${namespace || 'default'}/${claim}`,
  };
}

/**
 * A claim, or one after a template. One that names no class has the default one of the cluster.
 *
 * @param isBound whether the cluster has bound it to the volume that it names
 * @source k8s.io/kubernetes plugin/pkg/admission/storage/storageclass/setdefault/admission.go 1.36
 */
export function claimAt(
  spec: Field,
  namespace: string,
  name: string,
  defaultClass: string,
  isBound = false,
): Claim {
  const named = spec.child('storageClassName');
  return {
    key: `${namespace}/${name}`,
    name,
    className: named.isSet ? named.text : defaultClass,
    size: amount(spec.at('resources', 'requests', 'storage')),
    modes: spec.child('accessModes').texts,
    volumeMode: spec.child('volumeMode').text || 'Filesystem',
    attributesClass: spec.child('volumeAttributesClassName').text,
    selector: selectorAt(spec.child('selector')),
    volumeName: spec.child('volumeName').text,
    isBound,
    volume: undefined,
  };
}

/** @source k8s.io/kubernetes pkg/apis/core/v1/helper/helpers.go MatchTopologySelectorTerms 1.36 */
export function classAt(root: Field): StorageClass {
  const terms = root.list('allowedTopologies').map((term) =>
    term.list('matchLabelExpressions').map((each) => ({
      key: each.child('key').text,
      values: each.child('values').texts,
    })),
  );
  return {
    name: root.at('metadata', 'name').text,
    provisioner: root.child('provisioner').text,
    isDelayed: root.child('volumeBindingMode').text === 'WaitForFirstConsumer',
    allows: ({ labels }) =>
      terms.length === 0 ||
      terms.some((term) =>
        term.every(({ key, values }) => values.includes(labels[key] ?? '') && key in labels),
      ),
  };
}

function amount({ value }: Field): bigint {
  const quantity = typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
  return quantity === undefined ? 0n : whole(quantity);
}
