import { kindTable } from '../kube/schema/kind-table';
import { groupOf, type Manifest } from '../manifest/manifest';
import type { Labelled } from './label-index';
import { namespaceOf } from './namespace';
import { Field } from '../manifest/field';

/** Pods as an object describes them: a Pod itself, or the template of a workload. */
export interface Pods extends Labelled {
  readonly of: Manifest;
  /** The `PodSpec`, where it stands in the object. */
  readonly spec: Field;
  /** The labels, where they stand in the object. */
  readonly labelsAt: Field;
  /** None where an operator makes the pods, and their containers are not known. */
  readonly containers: readonly Container[];
}

/** A container of a pod, whether it runs before the others, beside them, or is one of them. */
export interface Container {
  readonly at: Field;
  readonly name: string;
  /** Whether it runs as long as the pod does: all but init containers without `restartPolicy: Always`. */
  readonly isLongRunning: boolean;
  readonly ports: readonly ContainerPort[];
}

export interface ContainerPort {
  readonly at: Field;
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
}

const TEMPLATE = ['spec', 'template'];

/** Where the template of pods stands, by group and kind; `[]` for a Pod, which is its own. */
const TEMPLATES: ReadonlyMap<string, readonly string[]> = new Map([
  ['/Pod', []],
  ['/PodTemplate', ['template']],
  ['/ReplicationController', TEMPLATE],
  ['apps/DaemonSet', TEMPLATE],
  ['apps/Deployment', TEMPLATE],
  ['apps/ReplicaSet', TEMPLATE],
  ['apps/StatefulSet', TEMPLATE],
  ['batch/CronJob', ['spec', 'jobTemplate', ...TEMPLATE]],
  ['batch/Job', TEMPLATE],
  ['keda.sh/ScaledJob', ['spec', 'jobTargetRef', 'template']],
]);

const BUILT_IN: ReadonlySet<string> = new Set([...kindTable.keys()].map(groupOf));

/**
 * The pods that `manifest` makes; nothing where it makes none. A custom resource makes pods where it has a template as
 * a Deployment has one: Argo's Rollout, Knative's Service, OpenKruise's CloneSet.
 */
export function podsOf(manifest: Manifest): Pods | undefined {
  const { apiVersion, kind } = manifest.id;
  const group = groupOf(apiVersion);
  const path = TEMPLATES.get(`${group}/${kind}`) ?? (BUILT_IN.has(group) ? undefined : TEMPLATE);
  if (path === undefined) return undefined;
  const operated = OPERATED.get(`${group}/${kind}`);
  if (operated !== undefined) return operatedPods(manifest, operated);
  const template = Field.root(manifest.object).at(...path);
  const spec = template.at('spec');
  if (!Array.isArray(spec.at('containers').value)) return undefined;
  const labelsAt = template.at('metadata', 'labels');
  const added = addedLabels(group, kind, manifest.id.name);
  return {
    of: manifest,
    spec,
    labelsAt,
    namespace: namespaceOf(manifest),
    labels: labelsAt.labels,
    containers: containersOf(spec),
    ...(added !== undefined && { added }),
  };
}

/** Labels that operators give the pods of their resources, by group and kind; the name of the resource is `*`. */
const OPERATED: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
  ...['Alertmanager', 'Prometheus', 'PrometheusAgent', 'ThanosRuler'].map(
    (kind): [string, Record<string, string>] => [
      `monitoring.coreos.com/${kind}`,
      {
        'app.kubernetes.io/instance': '*',
        'app.kubernetes.io/managed-by': 'prometheus-operator',
        'app.kubernetes.io/name': kind.replace(/([a-z])([A-Z])/, '$1-$2').toLowerCase(),
        [kind.toLowerCase()]: '*',
      },
    ],
  ),
  ['postgresql.cnpg.io/Cluster', { 'cnpg.io/cluster': '*', 'cnpg.io/podRole': 'instance' }],
  ['elasticsearch.k8s.elastic.co/Elasticsearch', { 'elasticsearch.k8s.elastic.co/cluster-name': '*' }],
  ['kafka.strimzi.io/Kafka', { 'strimzi.io/cluster': '*', 'strimzi.io/kind': 'Kafka' }],
  ['rabbitmq.com/RabbitmqCluster', { 'app.kubernetes.io/name': '*' }],
]);

/** Pods that an operator makes: their labels are known, and what is in them is not. */
function operatedPods(manifest: Manifest, labels: Readonly<Record<string, string>>): Pods {
  const object = Field.root(manifest.object);
  const labelsAt = object.at('spec', 'podMetadata', 'labels');
  const own = Object.entries(labels).map(([key, value]) => [key, value === '*' ? manifest.id.name : value]);
  return {
    of: manifest,
    spec: object.at('spec', 'template', 'spec'),
    labelsAt,
    namespace: namespaceOf(manifest),
    labels: { ...(Object.fromEntries(own) as Record<string, string>), ...labelsAt.labels },
    containers: [],
  };
}

/** The templates of claims that each pod of a StatefulSet gets one of. */
export function claimTemplates(manifest: Manifest): Field[] {
  return manifest.id.kind === 'StatefulSet'
    ? Field.root(manifest.object).list('spec', 'volumeClaimTemplates')
    : [];
}

function containersOf(spec: Field): Container[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    spec.list(list).map((at) => ({
      at,
      name: at.at('name').text,
      isLongRunning: list === 'containers' || at.at('restartPolicy').text === 'Always',
      ports: at.list('ports').map((port) => ({
        at: port,
        name: port.at('name').text,
        number: Number(port.at('containerPort').value),
        protocol: port.at('protocol').text || 'TCP',
      })),
    })),
  );
}

/** Source: the controllers of StatefulSets and Jobs; the names of the labels are in `apps/v1` and `batch/v1`. */
function addedLabels(group: string, kind: string, name: string): Labelled['added'] {
  const exactly = new RegExp(`^${escape(name)}$`);
  if (group === 'apps' && kind === 'StatefulSet') {
    return {
      'statefulset.kubernetes.io/pod-name': new RegExp(`^${escape(name)}-\\d+$`),
      'apps.kubernetes.io/pod-index': /^\d+$/,
    };
  }
  if (group !== 'batch') return undefined;
  const job = kind === 'Job' ? exactly : new RegExp(`^${escape(name)}-\\d+$`);
  return {
    'batch.kubernetes.io/job-name': job,
    'job-name': job,
    'batch.kubernetes.io/job-completion-index': /^\d+$/,
  };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
