import { isPlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { at, numberAt, recordsAt, textAt } from '../fields';
import type { Related } from './related';
import { failed, isStale, progressing, ready, STALE, toldOf, UNSEEN, type Settled } from './verdict';
import { cronJobSettled, workloadSettled } from './workloads';

/** How far an object of a kind is, by itself and what is around it. */
export type Rule = (object: KubeObject, related: Related) => Settled;

/**
 * Built-in kinds that others wait for, by group and kind. All others are settled as soon as they are stored.
 *
 * Sources: kstatus (sigs.k8s.io/cli-utils, pkg/kstatus/status/core.go); kubectl rollout status
 * (k8s.io/kubectl, pkg/polymorphichelpers/rollout_status.go); the status types of k8s.io/api
 */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['apps|Deployment', workloadSettled],
  ['apps|StatefulSet', workloadSettled],
  ['apps|DaemonSet', workloadSettled],
  ['apps|ReplicaSet', workloadSettled],
  ['batch|Job', workloadSettled],
  ['|Pod', workloadSettled],
  ['batch|CronJob', cronJobSettled],
  ['|ReplicationController', replicationController],
  ['|PersistentVolumeClaim', claim],
  ['|PersistentVolume', volume],
  ['|Service', service],
  ['|Namespace', namespace],
  ['|ResourceQuota', quota],
  ['apiextensions.k8s.io|CustomResourceDefinition', definition],
  ['apiregistration.k8s.io|APIService', apiService],
  ['policy|PodDisruptionBudget', budget],
  ['autoscaling|HorizontalPodAutoscaler', autoscaler],
]);

/** The rule of a built-in kind; undefined for one that is settled as soon as it is stored. */
export function ruleOf(apiVersion: string, kind: string): Rule | undefined {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return RULES.get(`${group}|${kind}`);
}

/** Kinds whose pods are looked at. */
export function isWorkload(apiVersion: string, kind: string): boolean {
  return ruleOf(apiVersion, kind) === workloadSettled;
}

function replicationController(object: KubeObject): Settled {
  if (at(object, 'status', 'observedGeneration') === undefined) return UNSEEN;
  if (isStale(object)) return STALE;
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const available = numberAt(object, 'status', 'availableReplicas') ?? 0;
  return available < wanted ? progressing(`${available} of ${wanted} pods are available`) : ready();
}

/** Bound; one that is bound when a pod needs it, once it is there. */
function claim(object: KubeObject, related: Related): Settled {
  const phase = textAt(object, 'status', 'phase');
  if (phase === 'Bound') return ready();
  if (phase === 'Lost') return failed('its volume was deleted');
  const name = textAt(object, 'spec', 'storageClassName');
  const mode = textAt(related.storageClass(name), 'volumeBindingMode');
  const message = related.events.messageOf(object, /^(ProvisioningFailed|FailedBinding|VolumeMismatch)$/);
  if (mode === 'WaitForFirstConsumer' && !related.isUsed(object))
    return ready('gets its volume when a pod needs it');
  if (related.isUnread('StorageClass') && !related.isUsed(object))
    return ready('is not bound, and no pod needs it; its StorageClass cannot be read');
  if (message !== undefined) return progressing(`is not bound: ${message}`);
  if (name !== '' && mode === '' && !related.isUnread('StorageClass'))
    return progressing(`is not bound: there is no StorageClass ${name}`);
  return progressing('is not bound');
}

function volume(object: KubeObject): Settled {
  const phase = textAt(object, 'status', 'phase');
  if (/^(Available|Bound|Released)$/.test(phase)) return ready();
  const message = textAt(object, 'status', 'message');
  return phase === 'Failed' ? failed(message || 'its reclamation failed') : progressing('is not available');
}

/** One of type LoadBalancer needs an address. */
function service(object: KubeObject, { events }: Related): Settled {
  if (at(object, 'spec', 'type') !== 'LoadBalancer') return ready();
  if (recordsAt(object, 'status', 'loadBalancer', 'ingress').length > 0) return ready();
  const external = at(object, 'spec', 'externalIPs');
  if (Array.isArray(external) && external.length > 0) return ready();
  const message = events.messageOf(object, /Failed|UnAvailable/);
  return message === undefined
    ? progressing('has no address of a load balancer yet')
    : progressing(`has no address of a load balancer: ${message}`);
}

function namespace(object: KubeObject): Settled {
  return textAt(object, 'status', 'phase') === 'Active' ? ready() : progressing('is not active');
}

/** Before its controller has counted, the API server refuses every pod that it is about. */
function quota(object: KubeObject): Settled {
  const hard = at(object, 'spec', 'hard');
  const counted = at(object, 'status', 'hard');
  const isCounted = Object.entries(isPlainRecord(hard) ? hard : {}).every(
    ([name, value]) => at(counted, name) === value,
  );
  return isCounted ? ready() : UNSEEN;
}

function definition(object: KubeObject): Settled {
  const names = toldOf(object, 'NamesAccepted');
  if (names?.status === 'False') return failed(`its names are not accepted: ${names.line}`);
  const established = toldOf(object, 'Established');
  if (established?.status === 'True') return ready();
  if (established?.status === 'False' && established.reason !== 'Installing')
    return failed(`is not established: ${established.line}`);
  return progressing('is not established');
}

function apiService(object: KubeObject): Settled {
  const available = toldOf(object, 'Available');
  if (available?.status === 'True') return ready();
  return available === undefined ? UNSEEN : progressing(`is not available: ${available.line}`);
}

function budget(object: KubeObject): Settled {
  if (at(object, 'status', 'observedGeneration') === undefined) return UNSEEN;
  if (isStale(object)) return STALE;
  const allowed = toldOf(object, 'DisruptionAllowed');
  return allowed?.reason === 'SyncFailed' ? progressing(allowed.line) : ready();
}

/**
 * Nobody waits for it, and its controller sees a new one after up to 15 seconds. One that gets no metrics scales nothing: it
 * is told.
 */
function autoscaler(object: KubeObject): Settled {
  const able = toldOf(object, 'AbleToScale');
  if (able === undefined) return ready();
  if (able.status !== 'True') return progressing(`cannot scale: ${able.line}`);
  const active = toldOf(object, 'ScalingActive');
  const isHeld = active?.status === 'False' && active.reason !== 'ScalingDisabled';
  return ready(isHeld ? `does not scale: ${active.line}` : undefined);
}
