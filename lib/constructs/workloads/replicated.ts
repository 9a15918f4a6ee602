import type { Shapes } from '../core/shape';
import type { Storage } from './container/storage';
import type {
  MonitoredTraitProps,
  MonitoredTraits,
  ReplicatedTraitProps,
  ReplicatedTraits,
} from './trait-lists';
import { MONITORED_TRAITS, REPLICATED_TRAITS } from './trait-lists';
import { exposeMembers } from './trait';
import type { WorkloadProps } from './workload';
import { Workload, WORKLOAD_SHAPES } from './workload';

/** Props of workloads with a number of replicas. */
export interface ReplicatedProps<S = Storage>
  extends WorkloadProps<S>, ReplicatedTraitProps, MonitoredTraitProps {}

export const REPLICATED_SHAPES: Shapes<ReplicatedProps> = {
  ...WORKLOAD_SHAPES,
  ...REPLICATED_TRAITS.shapes,
  ...MONITORED_TRAITS.shapes,
};

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- exposeMembers gives these to the class
export interface Replicated<S, P extends ReplicatedProps<S>> extends ReplicatedTraits, MonitoredTraits {}

/** A workload of interchangeable or numbered pods. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
export abstract class Replicated<S, P extends ReplicatedProps<S>> extends Workload<S, P> {}

exposeMembers(Replicated, [...REPLICATED_TRAITS.list, ...MONITORED_TRAITS.list]);
