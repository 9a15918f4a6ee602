import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const scaleTargetMissing: Rule = {
  name: 'wiring/scale-target-missing',
  severity: 'error',
  about:
    'Finds autoscalers (HorizontalPodAutoscaler, KEDA, VerticalPodAutoscaler) of a workload that is not there.',
  why: 'The autoscaler does nothing, and the workload that was meant stays as it is.',
  run: targetMissing('scale-target'),
};
