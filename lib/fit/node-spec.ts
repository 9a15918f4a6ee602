import type { Labels } from '../kube/labels';

/** A taint, as `spec.taints` of a Node has it. */
export interface NodeTaint {
  readonly key: string;
  /** @default '' */
  readonly value?: string;
  /** `NoSchedule`, `PreferNoSchedule` or `NoExecute`. */
  readonly effect: string;
}

/** An image on a node, as `status.images` of a Node has it. */
export interface NodeImage {
  readonly names?: readonly string[];
  readonly sizeBytes?: number;
}

/** A node that pods may run on. */
export interface NodeSpec {
  readonly name: string;
  /** Its labels; `kubernetes.io/hostname` as well, if pods are spread by node. @default none */
  readonly labels?: Labels;
  /** What it offers to pods, as quantities by resource. Without `pods`, it takes 110, as a kubelet does by default. */
  readonly allocatable: Readonly<Record<string, string | number>>;
  /** @default none */
  readonly taints?: readonly NodeTaint[];
  /** Whether it is cordoned. @default false */
  readonly unschedulable?: boolean;
  /** Images that it has pulled: they count when nodes are compared. @default none */
  readonly images?: readonly NodeImage[];
}
