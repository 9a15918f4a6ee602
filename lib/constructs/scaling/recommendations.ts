import type { CustomPatches } from '../../kube/custom/patches';
import { requireInstalled } from '../core/installed';
import { KubeObject } from '../core/object';
import { flag } from '../core/shapes';
import { servingTarget } from '../rollout/scale-target';
import type { Trait, TraitPlace } from '../workloads/trait';

/** What pods should request. */
export interface RecommendedProps {
  /**
   * Whether the Vertical Pod Autoscaler says what the containers should request. It changes nothing: `kubectl describe vpa`
   * shows it. `installed` of the profile has to name `vertical-pod-autoscaler`. @default false
   */
  readonly recommendResources?: boolean;
}

/**
 * What the pods of a workload should request.
 *
 * | object | when | why |
 * |---|---|---|
 * | VerticalPodAutoscaler | with `recommendResources` | recommends requests, and changes nothing |
 */
export interface Recommended {
  /** The VerticalPodAutoscaler; `undefined` without `recommendResources`. */
  readonly verticalPodAutoscaler: KubeObject<CustomPatches['VerticalPodAutoscaler']> | undefined;
}

/** A VerticalPodAutoscaler in mode `Off`, which leaves the requests to the app and the number of pods to others. */
export const recommendations: Trait<RecommendedProps, Recommended> = {
  shapes: { recommendResources: flag },
  members: { verticalPodAutoscaler: true },
  attach: (place, { recommendResources = false }) => ({
    verticalPodAutoscaler: recommendResources ? makeRecommender(place) : undefined,
  }),
};

/** Source: VerticalPodAutoscalerSpec of autoscaling.k8s.io/v1. */
function makeRecommender(place: TraitPlace): KubeObject<CustomPatches['VerticalPodAutoscaler']> {
  const { workload } = place;
  requireInstalled(workload, 'vertical-pod-autoscaler');
  return new KubeObject<CustomPatches['VerticalPodAutoscaler']>(workload, 'vertical-pod-autoscaler', {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata: place.metadata(),
    content: () => ({
      spec: { targetRef: servingTarget(place), updatePolicy: { updateMode: 'Off' } },
    }),
  });
}
