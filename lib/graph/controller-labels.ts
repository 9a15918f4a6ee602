import type { Labels } from '../kube/labels';

/** Labels that a controller adds to those of the template. */
export interface ControllerLabels {
  /** Those whose value follows from the name of the object. */
  readonly labels?: Labels;
  /** Those whose value differs from pod to pod, or is made up by the controller: what it looks like. */
  readonly added?: Readonly<Record<string, RegExp>>;
}

const HASH = /^[a-z0-9]+$/;
const INDEX = /^\d+$/;
const UID = /^[\da-f-]+$/;

/** Source: the labels of `batch/v1`; the Job controller gives them to its pods. */
const OF_JOBS = {
  'batch.kubernetes.io/controller-uid': UID,
  'batch.kubernetes.io/job-completion-index': INDEX,
  'controller-uid': UID,
};

const jobName = (pattern: RegExp): Record<string, RegExp> => ({
  ...OF_JOBS,
  'batch.kubernetes.io/job-name': pattern,
  'job-name': pattern,
});

/**
 * The labels that controllers give the pods of an object, by its group and kind.
 *
 * Sources for Knative: `makeLabels` of `pkg/reconciler/revision/resources/meta.go` and `updateRevisionLabels` of
 * `pkg/reconciler/configuration/resources/revision.go` in https://github.com/knative/serving, 1.0 and later.
 */
const LABELS: Readonly<Record<string, (name: string) => ControllerLabels>> = {
  'apps/Deployment': () => ({ added: { 'pod-template-hash': HASH } }),
  'apps/DaemonSet': () => ({
    added: { 'controller-revision-hash': HASH, 'pod-template-generation': INDEX },
  }),
  'apps/StatefulSet': (name) => ({
    added: {
      'apps.kubernetes.io/pod-index': INDEX,
      'controller-revision-hash': named(name, '-[a-z0-9]+'),
      'statefulset.kubernetes.io/pod-name': named(name, '-\\d+'),
    },
  }),
  'batch/Job': (name) => ({
    labels: { 'batch.kubernetes.io/job-name': name, 'job-name': name },
    added: OF_JOBS,
  }),
  'batch/CronJob': (name) => ({ added: jobName(named(name, '-\\d+')) }),
  'keda.sh/ScaledJob': (name) => ({ added: jobName(named(name, '-[a-z0-9]+')) }),
  'argoproj.io/Rollout': () => ({ added: { 'rollouts-pod-template-hash': HASH } }),
  'apps.kruise.io/CloneSet': (name) => ({
    added: {
      'apps.kruise.io/cloneset-instance-id': HASH,
      'controller-revision-hash': named(name, '-[a-z0-9]+'),
      'pod-template-hash': HASH,
    },
  }),
  'apps.kruise.io/StatefulSet': (name) => ({
    added: { 'statefulset.kubernetes.io/pod-name': named(name, '-\\d+') },
  }),
  'serving.knative.dev/Service': (name) => ({
    labels: {
      'serving.knative.dev/configuration': name,
      'serving.knative.dev/service': name,
    },
    added: {
      'serving.knative.dev/configurationGeneration': INDEX,
      'serving.knative.dev/configurationUID': UID,
      'serving.knative.dev/revision': named(name, '-[a-z0-9-]+'),
      'serving.knative.dev/revisionUID': UID,
      'serving.knative.dev/serviceUID': UID,
    },
  }),
};

/** The labels with the name of a resource of prometheus-operator, where it is not the kind (`pkg/thanos/statefulset.go`). */
const LABEL_OF_NAME: Readonly<Record<string, string>> = {
  ThanosRuler: 'thanos-ruler',
};

/** The labels that operators give the pods of their resources, which they make after templates of their own. */
const OPERATED: Readonly<Record<string, (name: string) => ControllerLabels>> = {
  ...Object.fromEntries(
    ['Alertmanager', 'Prometheus', 'PrometheusAgent', 'ThanosRuler'].map((kind) => [
      `monitoring.coreos.com/${kind}`,
      (name: string): ControllerLabels => ({
        labels: {
          'app.kubernetes.io/instance': name,
          'app.kubernetes.io/managed-by': 'prometheus-operator',
          'app.kubernetes.io/name': kind.replace(/([a-z])([A-Z])/, '$1-$2').toLowerCase(),
          [LABEL_OF_NAME[kind] ?? kind.toLowerCase()]: name,
        },
      }),
    ]),
  ),
  'postgresql.cnpg.io/Cluster': (name) => ({
    labels: { 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' },
    added: {
      'cnpg.io/instanceName': named(name, '-\\d+'),
      'cnpg.io/instanceRole': /^(primary|replica)$/,
      role: /^(primary|replica)$/,
    },
  }),
  'elasticsearch.k8s.elastic.co/Elasticsearch': (name) => ({
    labels: { 'elasticsearch.k8s.elastic.co/cluster-name': name },
  }),
  'kafka.strimzi.io/Kafka': (name) => ({
    labels: { 'strimzi.io/cluster': name, 'strimzi.io/kind': 'Kafka' },
  }),
  'rabbitmq.com/RabbitmqCluster': (name) => ({ labels: { 'app.kubernetes.io/name': name } }),
};

/**
 * The labels that the controller of an object gives its pods in addition to those of the template.
 *
 * @param kind group and kind: `apps/StatefulSet`
 */
export function controllerLabels(kind: string, name: string): ControllerLabels {
  return read(LABELS, kind)?.(name) ?? {};
}

/** The labels of the pods that an operator makes for one of its resources; none where the kind is not known. */
export function operatedLabels(kind: string, name: string): ControllerLabels | undefined {
  return read(OPERATED, kind)?.(name);
}

function read<T>(table: Readonly<Record<string, T>>, kind: string): T | undefined {
  return Object.hasOwn(table, kind) ? table[kind] : undefined;
}

function named(name: string, suffix: string): RegExp {
  return new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${suffix}$`);
}
