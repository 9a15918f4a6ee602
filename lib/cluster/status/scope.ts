import { SeaworthyError } from '../../errors';
import type { KubeObject, ObjectId } from '../../manifest/manifest';
import { checkedSet, type ManifestSet } from '../../manifest/set';
import type { Cluster } from '../client/cluster';
import type { Selection } from '../client/selection';
import type { Choice } from './of';
import { selectorOf } from './selector';

/** What `status` tells. */
export interface StatusOptions {
  /** @default the namespaces of `set`; without one, that of the kubeconfig's context */
  readonly namespace?: string;
  /** Whether all namespaces are meant. @default false */
  readonly allNamespaces?: boolean;
  /** Only workloads with these labels, as `kubectl -l` takes it: `app=shop,tier!=cache`. @default all */
  readonly selector?: string;
  /** The manifests of an app for this cluster: only its workloads, also those that are missing. @default all workloads */
  readonly set?: ManifestSet;
  /** Whether the last log lines of containers that crash are read. @default true */
  readonly logs?: boolean;
}

/** Kinds that are listed, each once in a namespace. */
export const LISTED: readonly Pick<KubeObject, 'apiVersion' | 'kind'>[] = [
  { apiVersion: 'v1', kind: 'Pod' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'apps/v1', kind: 'DaemonSet' },
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'batch/v1', kind: 'CronJob' },
  { apiVersion: 'v1', kind: 'Event' },
];

/** Kinds of workloads, by API version and kind: those that are listed, and owners of pods that are not. */
const WORKLOADS =
  /^(v1 Pod|apps\/\w+ (Deployment|StatefulSet|DaemonSet|ReplicaSet)|batch\/\w+ (Job|CronJob)|argoproj\.io\/\w+ Rollout|keda\.sh\/\w+ ScaledJob)$/;

/** Where to look, and what for. */
export interface Scope {
  /** One that is undefined stands for all. */
  readonly namespaces: readonly (string | undefined)[];
  readonly choice: Choice;
}

/** What `options` ask for. @throws SeaworthyError USAGE, NOT_AN_OBJECT */
export function scopeOf(cluster: Cluster, options: StatusOptions): Scope {
  const { namespace, allNamespaces = false, selector, set } = options;
  if (allNamespaces && namespace !== undefined)
    throw new SeaworthyError({
      code: 'USAGE',
      path: 'namespace',
      message: `expected one namespace or all, got '${namespace}' and all`,
      hint: 'Leave out one of the two.',
    });
  const ids = set && idsIn(checkedSet(set, 'set'), namespace ?? cluster.namespace);
  const chosen = namespace === undefined ? ids : ids?.filter((id) => id.namespace === namespace);
  const own = chosen && [...new Set(chosen.map((id) => id.namespace))];
  const namespaces = allNamespaces
    ? [undefined]
    : namespace === undefined
      ? (own ?? [cluster.namespace])
      : [namespace];
  return {
    namespaces,
    choice: { ids: chosen, selects: selector === undefined ? undefined : selectorOf(selector) },
  };
}

/** The workloads of a set; those without a namespace are in `namespace`. */
function idsIn(set: ManifestSet, namespace: string): ObjectId[] {
  const workloads = set.manifests.filter(({ id }) => WORKLOADS.test(`${id.apiVersion} ${id.kind}`));
  return workloads.map(({ id }) => ({ ...id, namespace: id.namespace ?? namespace }));
}

/** Of events, only warnings say why something does not run. */
export function selectionOf(kind: string, namespace: string | undefined): Selection {
  return { namespace, ...(kind === 'Event' && { fieldSelector: 'type=Warning' }) };
}

/** Whether there is something to tell without a kind. */
export function isForgivable(kind: string): boolean {
  return kind !== 'Pod';
}
