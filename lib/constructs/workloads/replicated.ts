import type { Shapes } from '../core/shape';
import type { Storage } from './container/storage';
import type { ReplicatedTraitProps, ReplicatedTraits } from './trait-lists';
import { REPLICATED_TRAITS } from './trait-lists';
import { exposeMembers } from './trait';
import type { WorkloadProps } from './workload';
import { Workload, WORKLOAD_SHAPES } from './workload';

/** Props of workloads with a number of replicas. */
export interface ReplicatedProps<S = Storage> extends WorkloadProps<S>, ReplicatedTraitProps {}

export const REPLICATED_SHAPES: Shapes<ReplicatedProps> = {
  ...WORKLOAD_SHAPES,
  ...REPLICATED_TRAITS.shapes,
};

// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- exposeMembers gives these to the class
export interface Replicated<S, P extends ReplicatedProps<S>> extends ReplicatedTraits {}

/** A workload of interchangeable or numbered pods. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
export abstract class Replicated<S, P extends ReplicatedProps<S>> extends Workload<S, P> {}

exposeMembers(Replicated, REPLICATED_TRAITS.list);
