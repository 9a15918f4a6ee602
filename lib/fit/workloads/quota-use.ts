import type { Cluster } from '../../graph/cluster';
import { demandText, unmetDemand } from '../../graph/quota-demands';
import { isInScope } from '../../graph/quota-scopes';
import { takenByPod } from '../../graph/quota-usage';
import { quotasIn, type Quota } from '../../graph/quotas';
import { canonical, type Quantity } from '../../kube/quantity';
import type { ObjectId } from '../../manifest/manifest';
import type { PodShape } from '../pods/shape';
import type { FitPod } from '../state/node';

/** Why a pod is never made. */
export interface QuotaRefusal {
  readonly quota: ObjectId;
  /** In the words of the API server. */
  readonly message: string;
}

/** What a pod takes of one quota, by resource as the quota calls it. */
interface Charge {
  readonly quota: Quota;
  readonly amounts: ReadonlyMap<string, Quantity>;
}

/** What pods take of the quotas of their namespaces, as they are made one after the other. */
export class QuotaUse {
  readonly #cluster: Cluster;
  readonly #used = new Map<Quota, Map<string, Quantity>>();
  readonly #charges = new Map<PodShape, readonly Charge[]>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Counts a pod that is there already. */
  count({ shape }: FitPod): void {
    for (const charge of this.#chargesOf(shape)) this.#add(charge, 1n);
  }

  /** Takes back what a pod was counted for. */
  release({ shape }: FitPod): void {
    for (const charge of this.#chargesOf(shape)) this.#add(charge, -1n);
  }

  /** Counts a new pod, unless a quota refuses it. */
  admit({ shape }: FitPod): QuotaRefusal | undefined {
    const { namespace } = shape.class;
    if (quotasIn(this.#cluster, namespace).length === 0) return undefined;
    const charges = this.#chargesOf(shape);
    const demand = unmetDemand(this.#cluster, namespace, shape.spec.record);
    if (demand !== undefined)
      return { quota: demand.quota.manifest.id, message: `not created: ${demandText(demand)}` };
    for (const charge of charges) {
      const exceeded = this.#exceeded(charge);
      if (exceeded !== undefined) return { quota: charge.quota.manifest.id, message: exceeded };
    }
    for (const charge of charges) this.#add(charge, 1n);
    return undefined;
  }

  #chargesOf(shape: PodShape): readonly Charge[] {
    const known = this.#charges.get(shape);
    if (known !== undefined) return known;
    const { record } = shape.spec;
    const charges = quotasIn(this.#cluster, shape.class.namespace)
      .filter(({ scopes }) => scopes.every((scope) => isInScope(scope, record)))
      .map((quota): Charge => ({ quota, amounts: takenByPod(shape.spec.record, quota.hard.keys()) }))
      .filter(({ amounts }) => amounts.size > 0);
    this.#charges.set(shape, charges);
    return charges;
  }

  #add({ quota, amounts }: Charge, sign: 1n | -1n): void {
    const used = this.#used.get(quota) ?? new Map<string, Quantity>();
    this.#used.set(quota, used);
    for (const [name, amount] of amounts) {
      const nanos = (used.get(name)?.nanos ?? 0n) + sign * amount.nanos;
      used.set(name, { ...amount, nanos });
    }
  }

  /** @source k8s.io/apiserver pkg/admission/plugin/resourcequota/controller.go CheckRequest 1.36 */
  #exceeded({ quota, amounts }: Charge): string | undefined {
    const used = this.#used.get(quota);
    const over = [...amounts]
      .flatMap(([name, amount]) => {
        const limit = quota.hard.get(name);
        const before = used?.get(name) ?? { ...amount, nanos: 0n };
        const isOver = limit !== undefined && before.nanos + amount.nanos > limit.nanos;
        return isOver ? [{ name, amount, before, limit }] : [];
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    if (over.length === 0) return undefined;
    const list = (of: 'amount' | 'before' | 'limit'): string =>
      over.map((each) => `${each.name}=${canonical(each[of])}`).join(',');
    return `not created: exceeded quota: ${quota.manifest.id.name}, requested: ${list('amount')}, used: ${list('before')}, limited: ${list('limit')}`;
  }
}
