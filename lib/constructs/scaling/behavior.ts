import { optional } from '../core/props';
import { anyOf, choice, kubernetesObject, record } from '../core/shapes';

/** How fast the number of replicas follows the load: a word, or HPAScalingRules of autoscaling/v2. */
export interface ScalingBehavior {
  /**
   * How fast pods go: `'slow'` after ten minutes of lower load, then 10 % of them or one a minute, whichever is more; `'fast'`
   * at once; `'never'` not at all. @default the cluster's: after five minutes of lower load, all at once
   */
  readonly scaleDown?: 'slow' | 'fast' | 'never' | Readonly<Record<string, unknown>>;
  /**
   * How fast pods are added: `'slow'` after a minute of higher load, then 10 % of them or one a minute, whichever is more.
   *
   * @default the cluster's: at once, twice as many or four more, whichever is more, every 15 seconds
   */
  readonly scaleUp?: 'slow' | Readonly<Record<string, unknown>>;
}

/** One pod, or a tenth of them, a minute: `selectPolicy` is Max unless it says otherwise. */
const GENTLY = [
  { type: 'Percent', value: 10, periodSeconds: 60 },
  { type: 'Pods', value: 1, periodSeconds: 60 },
];

/**
 * The words in Kubernetes' own.
 *
 * Source: HPAScalingRules of autoscaling/v2, and its defaults in `pkg/apis/autoscaling/v2/defaults.go`.
 */
const WORDS = {
  scaleDown: {
    slow: { stabilizationWindowSeconds: 600, policies: GENTLY },
    fast: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] },
    never: { selectPolicy: 'Disabled' },
  },
  scaleUp: { slow: { stabilizationWindowSeconds: 60, policies: GENTLY } },
};

export const BEHAVIOR = record<ScalingBehavior>(
  {
    scaleDown: anyOf<NonNullable<ScalingBehavior['scaleDown']>>([
      choice(['slow', 'fast', 'never']),
      kubernetesObject,
    ]),
    scaleUp: anyOf<NonNullable<ScalingBehavior['scaleUp']>>([choice(['slow']), kubernetesObject]),
  },
  { example: "{ scaleDown: 'slow' }" },
);

/** HorizontalPodAutoscalerBehavior of autoscaling/v2. */
export function renderBehavior({ scaleDown, scaleUp }: ScalingBehavior): object {
  return {
    ...optional('scaleUp', typeof scaleUp === 'string' ? WORDS.scaleUp[scaleUp] : scaleUp),
    ...optional('scaleDown', typeof scaleDown === 'string' ? WORDS.scaleDown[scaleDown] : scaleDown),
  };
}
