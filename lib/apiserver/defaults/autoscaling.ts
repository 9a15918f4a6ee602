import { hasAny, recordIn, type Plain } from './plain';

const PERIOD_SECONDS = 15;
const UTILIZATION = 80;

const SCALE_UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: PERIOD_SECONDS },
    { type: 'Percent', value: 100, periodSeconds: PERIOD_SECONDS },
  ],
};

const SCALE_DOWN = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: PERIOD_SECONDS }],
};

/**
 * `autoscaling/v2`: CPU at 80 % without a metric, and the scaling rules if there is a behavior.
 *
 * @source k8s.io/kubernetes pkg/apis/autoscaling/v2/defaults.go SetDefaults_HorizontalPodAutoscaler 1.36
 */
export function horizontalPodAutoscaler(spec: Plain): void {
  spec['minReplicas'] ??= 1;
  if (!hasAny(spec, 'metrics')) {
    const target = { type: 'Utilization', averageUtilization: UTILIZATION };
    spec['metrics'] = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  }
  const behavior = recordIn(spec, 'behavior');
  if (behavior === undefined) return;
  behavior['scaleUp'] = { ...SCALE_UP, ...recordIn(behavior, 'scaleUp') };
  behavior['scaleDown'] = { ...SCALE_DOWN, ...recordIn(behavior, 'scaleDown') };
}

/**
 * `autoscaling/v1`.
 *
 * @source k8s.io/kubernetes pkg/apis/autoscaling/v1/defaults.go SetDefaults_HorizontalPodAutoscaler 1.36
 */
export function horizontalPodAutoscalerSpec(spec: Plain): void {
  spec['minReplicas'] ??= 1;
  spec['targetCPUUtilizationPercentage'] ??= UTILIZATION;
}
