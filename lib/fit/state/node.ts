import type { Labels } from '../../kube/labels';
import type { NodeImage, NodeTaint } from '../node-spec';
import type { ObjectId } from '../../manifest/manifest';
import type { Resources } from '../pods/resources';
import type { PodShape } from '../pods/shape';
import { HostPorts } from './host-ports';

/** What the scheduler knows of a node. */
export interface NodeFacts {
  readonly name: string;
  readonly labels: Labels;
  readonly taints: readonly NodeTaint[];
  readonly isUnschedulable: boolean;
  readonly images: readonly NodeImage[];
  readonly allocatable: Resources & { readonly pods: number };
}

/** Who makes a pod anew when it is deleted, and how its pods follow each other. */
export interface PodOwner {
  readonly id: ObjectId;
  /** Whether a pod that is deleted is made again. */
  readonly replaces: boolean;
}

/** One pod, placed or not. */
export interface FitPod {
  readonly id: ObjectId;
  readonly shape: PodShape;
  readonly owner: PodOwner;
  /** The claims that it mounts, as `namespace/name`. */
  readonly claims: readonly string[];
  /** The only node that it is for; any by default. */
  readonly target?: FitNode;
  /** How a pod of the cluster is, if it is not ready: budgets do not count it. */
  readonly health?: 'starting' | 'unready';
  /** Whether it belongs to its node: a DaemonSet makes it, or the kubelet has it from a file. */
  readonly staysOnNode?: true;
  /** In the middle of a rollout, whether a pod that is replaced made it, or one that comes. */
  readonly revision?: 'old' | 'new';
  node: FitNode | undefined;
  /** When it started, as a place in the order of all starts. */
  started: number;
}

/** A node with the pods that it runs. Only the state of the cluster changes it. */
export class FitNode {
  readonly facts: NodeFacts;
  /** Its place among all nodes. */
  readonly index: number;
  readonly pods = new Set<FitPod>();
  readonly ports = new HostPorts();
  /** Rises with each pod that comes or goes. */
  version = 0;
  /** Whether it is cordoned for now, in addition to what its facts say. */
  isCordoned = false;
  cpu = 0;
  memory = 0;
  storage = 0;
  /** Requests with the least that the scores count for a container that requests nothing. */
  countedCpu = 0;
  countedMemory = 0;
  readonly others = new Map<string, number>();

  constructor(facts: NodeFacts, index: number) {
    this.facts = facts;
    this.index = index;
  }

  /** The value of a label. */
  label(key: string): string | undefined {
    const { labels } = this.facts;
    return Object.hasOwn(labels, key) ? labels[key] : undefined;
  }

  hold(pod: FitPod): void {
    this.pods.add(pod);
    this.#count(pod, 1);
    this.ports.add(pod.shape.ports);
  }

  release(pod: FitPod): void {
    this.pods.delete(pod);
    this.#count(pod, -1);
    this.ports.remove(pod.shape.ports);
  }

  #count({ shape: { requests, counted } }: FitPod, sign: 1 | -1): void {
    this.version++;
    this.cpu += sign * requests.cpu;
    this.memory += sign * requests.memory;
    this.storage += sign * requests.storage;
    this.countedCpu += sign * counted.cpu;
    this.countedMemory += sign * counted.memory;
    for (const [name, amount] of requests.others)
      this.others.set(name, (this.others.get(name) ?? 0) + sign * amount);
  }
}
