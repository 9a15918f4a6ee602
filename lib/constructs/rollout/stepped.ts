import type { CustomPatches } from '../../kube/custom/patches';
import type { Patches } from '../../kube/patches';
import type { KubeObject } from '../core/object';
import type { Part } from '../workloads/trait';
import type { RevisionProps } from './revisions';
import type { RollingUpdate } from './rolling-update';
import type { BlueGreen, Canary } from './strategy';

/** How the pods of a Deployment are replaced. */
export interface ReplacedProps {
  /**
   * How pods are replaced: how many at a time, `'recreate'` to stop all before new ones start, or in steps by Argo Rollouts or
   * Flagger, whichever `installed` of the profile names.
   * @default up to 25% more, and never fewer than desired
   * @example { maxSurge: 2, maxUnavailable: '10%' }
   */
  readonly rollout?: RollingUpdate | 'recreate' | Canary | BlueGreen;
  /** Seconds without progress after which a rollout has failed. @default 600, set by the API server */
  readonly progressDeadline?: number;
}

/** What a rollout in steps reads. */
export type SteppedProps = ReplacedProps & RevisionProps;

/**
 * The objects of a rollout in steps.
 *
 * | object | when | why |
 * |---|---|---|
 * | Rollout | `rollout` is `canary` or `blueGreen`, and the profile has Argo Rollouts | runs the pods after the template of the Deployment, which keeps none |
 * | AnalysisTemplate | with `abortOn` | asks Prometheus whether to go on |
 */
export interface Replaced {
  /** The Rollout; `undefined` where the Deployment replaces its pods itself. */
  readonly rollout: KubeObject<CustomPatches['Rollout']> | undefined;
  /** What aborts it; `undefined` without `abortOn`. */
  readonly analysis: KubeObject<CustomPatches['AnalysisTemplate']> | undefined;
}

/**
 * What leads requests to old and new pods.
 *
 * | object | when | why |
 * |---|---|---|
 * | Service | two, `<name>-stable` and `<name>-canary`, for a canary whose requests are split | lead to the old and to the new pods |
 * | Service | `<name>-preview`, with `blueGreen` | leads to the new pods before they take over |
 * | VirtualService | a canary where Istio splits the requests | sends a share of the requests to the new pods |
 * | HTTPRoute | a canary where Linkerd splits the requests, one for each port that is not for metrics | the same |
 * | Canary | instead of the Rollout and all of these, where the profile has Flagger and not Argo Rollouts | makes Flagger run pods that serve after the template of the Deployment, whose own pods are tried |
 * | MetricTemplate | instead of the AnalysisTemplate, one for each alert of `abortOn` | asks Prometheus whether to go on |
 */
export interface Split {
  /** The Service of the old pods; `undefined` where no requests are split. */
  readonly stableService: KubeObject<Patches['Service']> | undefined;
  /** The Service of the new pods; `undefined` where no requests are split. */
  readonly canaryService: KubeObject<Patches['Service']> | undefined;
  /** The Service of the new pods of a blue-green rollout. */
  readonly previewService: KubeObject<Patches['Service']> | undefined;
  /** What splits the requests under Istio. */
  readonly virtualService: KubeObject<CustomPatches['VirtualService']> | undefined;
  /** What splits the requests under Linkerd. */
  readonly splitRoutes: readonly KubeObject<CustomPatches['HTTPRoute']>[];
  /** The Canary of Flagger; `undefined` where Argo Rollouts replaces the pods, or the Deployment. */
  readonly canary: KubeObject<CustomPatches['Canary']> | undefined;
  /** What Flagger asks Prometheus; empty without `abortOn`. */
  readonly metricTemplates: readonly KubeObject<CustomPatches['MetricTemplate']>[];
}

/** What a rollout in steps makes. */
export interface SteppedRollout extends Replaced, Part {
  readonly split: Split;
}

/** No requests are split. */
export const UNSPLIT: Split = {
  stableService: undefined,
  canaryService: undefined,
  previewService: undefined,
  virtualService: undefined,
  splitRoutes: [],
  canary: undefined,
  metricTemplates: [],
};

/** The Deployment replaces its pods itself. */
export const NO_ROLLOUT: SteppedRollout = {
  rollout: undefined,
  analysis: undefined,
  split: UNSPLIT,
};
