import type { Words } from '../../core/shapes';
import { CONTAINER_WORDS } from '../container/words';

/**
 * What takes the place of Kubernetes' words in a workload: the fields of its container, of its pods (PodSpec of core/v1),
 * and of the objects around it.
 */
export const WORKLOAD_WORDS: Words = {
  ...CONTAINER_WORDS,
  activeDeadlineSeconds: 'a Job or a CronJob with `activeDeadline`',
  automountServiceAccountToken: '`serviceAccountToken`',
  ephemeralContainers: '`kubectl debug`, which adds them to pods that run',
  maxReplicas: '`replicas: { max }`',
  maxUnavailable: '`disruptionBudget: { maxUnavailable }`, and `rollout` for updates',
  metrics: '`replicas: { max, metrics }`',
  minAvailable: '`disruptionBudget: { minAvailable }`',
  minReplicas: '`replicas: { min, max }`',
  overhead: '`runtimeClass`, which sets it',
  priority: '`priorityClass`, which sets it',
  priorityClassName: '`priorityClass`',
  restartPolicy: 'a Job or a CronJob for pods that run to completion',
  runtimeClassName: '`runtimeClass`',
  schedulerName: '`scheduler`',
  securityContext: '`security` for the pod, and `containerSecurity` for its main container',
  serviceAccountName: '`serviceAccount`',
  strategy: '`rollout`',
  template: 'the props of the pod and its container',
  terminationGracePeriodSeconds: '`terminationGracePeriod`',
  topologySpreadConstraints: '`spread`',
  updateStrategy: '`rollout`',
  volumes: '`storage`, and `files` for ConfigMaps and Secrets, by the path where they appear',
};
