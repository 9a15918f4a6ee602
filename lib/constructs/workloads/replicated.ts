import type { Construct } from 'constructs';
import type { Storage } from './container/storage';
import type { DisruptionBudget } from '../scaling/disruption-budget';
import { renderBudget } from '../scaling/disruption-budget';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import type { Keys } from '../core/props';
import { optional, wholeNumber } from '../core/props';
import type { Replicas } from '../scaling/replicas';
import { isAutoscaled, mostReplicas, renderAutoscaler, renderReplicas } from '../scaling/replicas';
import type { WorkloadKind, WorkloadProps } from './workload';
import { Workload, WORKLOAD_KEYS } from './workload';

export type { RollingUpdate } from '../rollout/rolling-update';

/** What workloads with a number of replicas are made with. */
export interface ReplicatedProps<S = Storage> extends WorkloadProps<S> {
  /** How many pods, or between how many and by what. @default 1, as the API server fills in */
  readonly replicas?: Replicas;
  /** What drains must leave running; `false` for no budget. @default one pod at a time, from two replicas on */
  readonly disruptionBudget?: DisruptionBudget | false;
  /** Seconds that a new pod must stay ready before it counts. @default 0, as the API server fills in */
  readonly minReady?: number;
  /** How many earlier revisions are kept. @default 10, as the API server fills in */
  readonly revisionHistory?: number;
}

export const REPLICATED_KEYS: Keys<ReplicatedProps> = {
  ...WORKLOAD_KEYS,
  replicas: true,
  disruptionBudget: true,
  minReady: true,
  revisionHistory: true,
};

/** A workload of like pods, with its budget, and its autoscaler where the number follows the load. */
export abstract class Replicated<S, P extends ReplicatedProps<S>> extends Workload<S, P> {
  /** The budget for drains, where there is one. */
  readonly disruptionBudget: KubeObject | undefined;
  /** The autoscaler, where the number of replicas follows the load. */
  readonly autoscaler: KubeObject | undefined;

  constructor(scope: Construct, id: string, props: P, kind: WorkloadKind<P>) {
    super(scope, id, props, kind);
    const { replicas, disruptionBudget: budget } = props;
    if (budget !== false && (budget !== undefined || this.several())) {
      this.disruptionBudget = new KubeObject(this, 'disruption-budget', {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: this.metadata(),
        content: (report) => ({
          spec: renderBudget(budget, this.matchLabels, below('disruptionBudget', report)),
        }),
      });
    }
    if (isAutoscaled(replicas)) {
      const target = { apiVersion: kind.apiVersion, kind: kind.kind, name: this.name };
      this.autoscaler = new KubeObject(this, 'autoscaler', {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: this.metadata(),
        content: (report) => ({ spec: renderAutoscaler(replicas, target, this.runningContainers(), report) }),
      });
    }
  }

  protected override several(): boolean {
    return mostReplicas(this.props.replicas) > 1;
  }

  /** The fields that Deployments and StatefulSets have alike. */
  protected renderReplicated(report: Reporter): Readonly<Record<string, unknown>> {
    const { replicas, minReady, revisionHistory } = this.props;
    return {
      selector: { matchLabels: this.matchLabels },
      template: this.renderTemplate(report),
      ...renderReplicas(replicas, report),
      ...optional('minReadySeconds', wholeNumber(minReady, 'minReady', 0, report)),
      ...optional('revisionHistoryLimit', wholeNumber(revisionHistory, 'revisionHistory', 0, report)),
    };
  }
}
