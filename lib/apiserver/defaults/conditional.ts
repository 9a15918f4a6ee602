import type { FeatureGates } from '../../kube/feature-gates';
import { csiDriverSpec } from './storage';
import { customResourceNames, customResourceSpec } from './definitions';
import { horizontalPodAutoscaler, horizontalPodAutoscalerSpec } from './autoscaling';
import { deviceRequest } from './devices';
import { job } from './job';
import { limitRangeItem } from './limits';
import { networkPolicySpec } from './network-policy';
import type { Plain } from './plain';
import { container, imageVolume, pod, podSpec, volume } from './pod';
import { namespace, subject } from './names';
import { serviceSpec } from './service';
import {
  daemonSetUpdateStrategy,
  deploymentStrategy,
  replicationController,
  statefulSetSpec,
  statefulSetUpdateStrategy,
} from './workloads';

/**
 * Sets the defaults of a decoded struct that depend on its other fields, in place; its nested structs already have
 * theirs.
 */
export type Completion = (struct: Plain, gates: FeatureGates) => void;

/** By Go type. */
const COMPLETIONS: Readonly<Record<string, Completion>> = {
  'core/v1.Pod': pod,
  'core/v1.PodSpec': podSpec,
  'core/v1.Container': container,
  'core/v1.EphemeralContainer': container,
  'core/v1.Volume': volume,
  'core/v1.ImageVolumeSource': imageVolume,
  'core/v1.ServiceSpec': serviceSpec,
  'core/v1.LimitRangeItem': limitRangeItem,
  'core/v1.Namespace': namespace,
  'core/v1.ReplicationController': replicationController,
  'apps/v1.DeploymentStrategy': deploymentStrategy,
  'apps/v1.DaemonSetUpdateStrategy': daemonSetUpdateStrategy,
  'apps/v1.StatefulSetSpec': statefulSetSpec,
  'apps/v1.StatefulSetUpdateStrategy': statefulSetUpdateStrategy,
  'batch/v1.Job': job,
  'autoscaling/v1.HorizontalPodAutoscalerSpec': horizontalPodAutoscalerSpec,
  'autoscaling/v2.HorizontalPodAutoscalerSpec': horizontalPodAutoscaler,
  'networking/v1.NetworkPolicySpec': networkPolicySpec,
  'rbac/v1.Subject': subject,
  'resource/v1.DeviceSubRequest': deviceRequest,
  'resource/v1.ExactDeviceRequest': deviceRequest,
  'storage/v1.CSIDriverSpec': csiDriverSpec,
  'apiextensions/v1.CustomResourceDefinitionNames': customResourceNames,
  'apiextensions/v1.CustomResourceDefinitionSpec': customResourceSpec,
};

/**
 * Sets the conditional defaults of Go type `name`; undefined where it has only fixed defaults.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/zz_generated.defaults.go RegisterDefaults 1.36
 */
export function completionOf(name: string): Completion | undefined {
  return COMPLETIONS[name];
}
