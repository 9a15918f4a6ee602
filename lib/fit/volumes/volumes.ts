import type { FitPod } from '../state/node';
import type { NodeView } from '../pods/node-requirement';
import type { Claim, StorageClass, Volume } from './claim';
import { matchingVolume } from './matching';

/** The class of volumes that nobody provisions. */
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';
const ZONE = 'topology.kubernetes.io/zone';

/** What the claims of a pod come to on one node. */
export interface PodVolumes {
  readonly bindings: readonly { readonly claim: Claim; readonly volume: Volume }[];
  readonly provisioned: readonly Claim[];
}

/** Why a node cannot have the volumes of a pod. */
export type VolumeConflict = 'affinity' | 'binding';

/** The claims and volumes of a cluster, and who uses them. */
export class Volumes {
  readonly #volumes: Volume[];
  readonly #byClass = new Map<string, Volume[]>();
  readonly #claims = new Map<string, Claim>();
  readonly #classes: ReadonlyMap<string, StorageClass>;
  readonly #limits: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly #named: ReadonlySet<string>;
  readonly #users = new Map<string, number>();

  /**
   * @param named classes that the cluster has, of which nothing more is known
   * @param limits how many volumes of a driver a node takes, by node and driver
   */
  constructor(
    volumes: readonly Volume[] = [],
    classes: readonly StorageClass[] = [],
    limits: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(),
    named: ReadonlySet<string> = new Set(),
  ) {
    this.#named = named;
    this.#volumes = [...volumes];
    this.#classes = new Map(classes.map((each) => [each.name, each]));
    this.#limits = limits;
    for (const volume of volumes) this.#index(volume);
  }

  claim(key: string): Claim | undefined {
    return this.#claims.get(key);
  }

  class(name: string): StorageClass | undefined {
    return this.#classes.get(name);
  }

  limitsOf(node: string): ReadonlyMap<string, number> | undefined {
    return this.#limits.get(node);
  }

  /** Whether pods that run use a claim. */
  isUsed(key: string): boolean {
    return (this.#users.get(key) ?? 0) > 0;
  }

  count(pod: FitPod, sign: 1 | -1): void {
    for (const key of pod.claims) this.#users.set(key, (this.#users.get(key) ?? 0) + sign);
  }

  /**
   * Adds a claim. One whose class does not wait for pods gets its volume at once, if there is one, or a provisioner.
   *
   * @source k8s.io/kubernetes pkg/controller/volume/persistentvolume/pv_controller.go syncUnboundClaim 1.36
   */
  addClaim(claim: Claim): void {
    if (this.#claims.has(claim.key)) return;
    this.#claims.set(claim.key, claim);
    if (claim.volumeName !== '') return this.#bindNamed(claim);
    const own = this.#volumes.find((volume) => volume.claim === claim.key);
    const storageClass = this.class(claim.className);
    if (own === undefined && storageClass?.isDelayed === true) return;
    const volume = matchingVolume(claim, this.#of(claim), undefined, new Set());
    if (volume !== undefined) bind(claim, volume);
    else if (storageClass !== undefined && provisions(storageClass)) this.#provision(claim, storageClass);
    else if (this.#isUnknown || this.#isOnlyNamed(claim)) bind(claim, volumeAnywhere(claim));
  }

  /** A claim that its cluster has bound has its volume, also where only the claim is known. */
  #bindNamed(claim: Claim): void {
    const volume = this.#volumes.find(({ name }) => name === claim.volumeName);
    if (volume === undefined) {
      if (claim.isBound || this.#isUnknown) bind(claim, volumeAnywhere(claim));
    } else if ((volume.claim ?? claim.key) === claim.key) bind(claim, volume);
  }

  /** Whether its class comes with the cluster, and nothing more is known of it. */
  #isOnlyNamed({ className }: Claim): boolean {
    return this.#named.has(className) && !this.#classes.has(className);
  }

  /** Whether nothing is said of the storage of the cluster: it then has what claims ask for, on every node. */
  get #isUnknown(): boolean {
    return this.#classes.size === 0 && this.#volumes.length === 0;
  }

  /**
   * What the claims of a pod come to on a node, or all reasons why it cannot have them.
   *
   * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/volumebinding/binder.go FindPodVolumes 1.36
   */
  on(claims: readonly Claim[], node: NodeView): PodVolumes | readonly VolumeConflict[] {
    const isElsewhere = claims.some(({ volume }) => volume?.takesNode(node) === false);
    const found = this.#forOpen(claims, node);
    if (found !== undefined && !isElsewhere) return found;
    return [
      ...(isElsewhere ? ['affinity' as const] : []),
      ...(found === undefined ? ['binding' as const] : []),
    ];
  }

  /** Volumes for claims without one: those that exist come before those that are provisioned, and small claims before large ones. */
  #forOpen(claims: readonly Claim[], node: NodeView): PodVolumes | undefined {
    const open = claims.filter(({ volume }) => volume === undefined);
    const bySize = [...open].sort((a, b) => (a.size < b.size ? -1 : a.size > b.size ? 1 : 0));
    const taken = new Set<Volume>();
    const bindings = [];
    const provisioned = [];
    for (const claim of bySize) {
      const volume = matchingVolume(claim, this.#of(claim), node, taken);
      if (volume !== undefined) {
        taken.add(volume);
        bindings.push({ claim, volume });
        continue;
      }
      const storageClass = this.class(claim.className);
      if (storageClass === undefined || !provisions(storageClass) || !storageClass.allows(node))
        return undefined;
      provisioned.push(claim);
    }
    return { bindings, provisioned };
  }

  /** Gives a pod on a node its volumes: provisioned ones are bound to the zone of the node from then on. */
  settle(claims: readonly Claim[], node: NodeView): void {
    const found = this.on(claims, node);
    if ('length' in found) return;
    for (const { claim, volume } of found.bindings) bind(claim, volume);
    for (const claim of found.provisioned) {
      const storageClass = this.class(claim.className);
      if (storageClass !== undefined) this.#provision(claim, storageClass, node);
    }
  }

  #of({ className }: Claim): readonly Volume[] {
    return this.#byClass.get(className) ?? [];
  }

  #index(volume: Volume): void {
    const list = this.#byClass.get(volume.className);
    if (list === undefined) this.#byClass.set(volume.className, [volume]);
    else list.push(volume);
  }

  /** A volume of a class that waits for pods is usable in the zone of its first one; nothing is known of others. */
  #provision(claim: Claim, { provisioner }: StorageClass, node?: NodeView): void {
    const zone = node?.labels[ZONE];
    bind(claim, {
      ...volumeAnywhere(claim),
      takesNode: ({ labels }) => zone === undefined || labels[ZONE] === zone,
      csi: { driver: provisioner, handle: claim.key },
    });
  }
}

function provisions({ provisioner }: StorageClass): boolean {
  return provisioner !== '' && provisioner !== NO_PROVISIONER;
}

function volumeAnywhere(claim: Claim): Volume {
  return { ...claim, name: `pvc-${claim.key}`, labels: {}, takesNode: () => true, claim: claim.key };
}

function bind(claim: Claim, volume: Volume): void {
  claim.volume = volume;
  volume.claim = claim.key;
}
