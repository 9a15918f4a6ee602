import type { Keys } from '../core/props';
import type { Storage } from './container/storage';
import type { ReplicatedTraitProps, ReplicatedTraits } from './trait-lists';
import { REPLICATED_TRAITS } from './trait-lists';
import { exposeMembers } from './trait';
import type { WorkloadProps } from './workload';
import { Workload, WORKLOAD_KEYS } from './workload';

/** Props of workloads with a number of replicas. */
export interface ReplicatedProps<S = Storage> extends WorkloadProps<S>, ReplicatedTraitProps {}

export const REPLICATED_KEYS: Keys<ReplicatedProps> = { ...WORKLOAD_KEYS, ...REPLICATED_TRAITS.keys };

// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- exposeMembers gives these to the class
export interface Replicated<S, P extends ReplicatedProps<S>> extends ReplicatedTraits {}

/** A workload of interchangeable or numbered pods. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
export abstract class Replicated<S, P extends ReplicatedProps<S>> extends Workload<S, P> {}

exposeMembers(Replicated, REPLICATED_TRAITS.list);
