import type { Manifest, PlainObject } from 'seaworthy';
import { formatId } from '../../lib/manifest/manifest';

type Tree = Readonly<Record<string, unknown>>;
type Labels = Readonly<Record<string, string>>;

/** Pods as their workload describes them. */
interface Pods {
  readonly of: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: Tree;
  /** Names of the disks that each pod gets. */
  readonly claims: readonly string[];
}

/** What is made outside the app: each is `<kind> <name>`. */
export type Outside = readonly string[];

/**
 * Whatever the objects of one environment refer to that none of them is: ConfigMaps, Secrets and their keys, accounts,
 * claims, volumes, ports, pods, namespaces. Empty where all fits together.
 */
export function dangling(manifests: readonly Manifest[], outside: Outside): string[] {
  const objects = manifests.map(({ object }) => object);
  const pods = manifests.flatMap(({ object, id }) => podsOf(object, formatId(id)));
  const known = new Set([...outside, ...objects.flatMap(namesOf)]);
  const refer = (from: string, names: readonly string[]) =>
    names.filter((name) => !known.has(name)).map((name) => `${from}: there is no ${name}`);
  return [
    ...pods.flatMap((pod) => [...refer(pod.of, referencesOf(pod)), ...looseVolumes(pod)]),
    ...manifests.flatMap(({ object, id }) => {
      const of = formatId(id);
      return [
        ...refer(of, targetsOf(object)),
        ...selectorsOf(object)
          .filter(
            (labels) => !pods.some((pod) => pod.namespace === namespaceOf(object) && has(pod.labels, labels)),
          )
          .map((labels) => `${of}: no pod has ${JSON.stringify(labels)}`),
        ...deafPorts(object, pods).map((port) => `${of}: the pods have no port ${port}`),
      ];
    }),
  ];
}

/** `object` and its parts, as others refer to it. */
function namesOf(object: PlainObject): string[] {
  const { kind, metadata } = object;
  const name = `${metadata.name}`;
  const keys = Object.keys({ ...tree(object['data']), ...tree(object['binaryData']) });
  switch (kind) {
    case 'ConfigMap':
    case 'Secret':
      return [`${kind} ${name}`, ...keys.map((key) => `${kind} ${name} ${key}`)];
    case 'ExternalSecret': {
      const made = list(object['spec'], 'data').map(({ secretKey }) => `Secret ${name} ${String(secretKey)}`);
      return [`Secret ${name}`, ...made];
    }
    case 'Service': {
      const ports = list(object['spec'], 'ports').flatMap((port) => [port['name'], port['port']]);
      return [`Service ${name}`, ...ports.map((port) => `Service ${name} ${String(port)}`)];
    }
    default:
      return [`${kind} ${name}`];
  }
}

/** Everything that the pods cannot start without. */
function referencesOf({ spec, namespace }: Pods): string[] {
  const found: string[] = [`Namespace ${namespace}`];
  const see = (kind: string, name: unknown, ...key: unknown[]) => {
    if (name !== undefined) found.push([kind, name, ...key].join(' '));
  };
  see('ServiceAccount', spec['serviceAccountName'] === 'default' ? undefined : spec['serviceAccountName']);
  see('PriorityClass', spec['priorityClassName']);
  for (const { name } of list(spec, 'imagePullSecrets')) see('Secret', name);
  for (const volume of list(spec, 'volumes')) {
    see('PersistentVolumeClaim', tree(volume['persistentVolumeClaim'])['claimName']);
    for (const [kind, source] of [
      ['ConfigMap', tree(volume['configMap'])],
      ['Secret', tree(volume['secret'])],
    ] as const) {
      const name = source['name'] ?? source['secretName'];
      see(kind, name);
      for (const { key } of list(source, 'items')) see(kind, name, key);
    }
  }
  for (const container of containersOf(spec)) {
    for (const variable of list(container, 'env')) {
      const { configMapKeyRef, secretKeyRef } = tree(variable['valueFrom']);
      see('ConfigMap', tree(configMapKeyRef)['name'], tree(configMapKeyRef)['key']);
      see('Secret', tree(secretKeyRef)['name'], tree(secretKeyRef)['key']);
    }
    for (const source of list(container, 'envFrom')) {
      see('ConfigMap', tree(source['configMapRef'])['name']);
      see('Secret', tree(source['secretRef'])['name']);
    }
  }
  return found;
}

/** What a Service, route, autoscaler or binding leads to. */
function targetsOf({ kind, metadata, ...object }: PlainObject): string[] {
  const spec = tree(object['spec']);
  const target = tree(spec['scaleTargetRef']);
  switch (kind) {
    case 'HorizontalPodAutoscaler':
      return [`${String(target['kind'])} ${String(target['name'])}`];
    case 'ScaledObject':
      return [`Deployment ${String(target['name'])}`];
    case 'HTTPRoute':
      return list(spec, 'rules')
        .flatMap((rule) => list(rule, 'backendRefs'))
        .map(({ name, port }) => `Service ${String(name)} ${String(port)}`);
    case 'Ingress':
      return list(spec, 'rules')
        .flatMap((rule) => list(rule['http'], 'paths'))
        .map(({ backend }) => tree(tree(backend)['service']))
        .map(({ name, port }) => `Service ${String(name)} ${String(tree(port)['name'])}`);
    case 'ClusterRoleBinding':
      return [tree(object['roleRef']), ...list(object, 'subjects')].map(
        (end) => `${String(end['kind'])} ${String(end['name'])}`,
      );
    default:
      return metadata.namespace === undefined ? [] : [`Namespace ${metadata.namespace}`];
  }
}

/** Labels by which `object` finds pods of its namespace. */
function selectorsOf({ kind, ...object }: PlainObject): Labels[] {
  const spec = tree(object['spec']);
  const labels = (selector: unknown) => tree(tree(selector)['matchLabels']) as Labels;
  switch (kind) {
    case 'Service':
      return [tree(spec['selector']) as Labels];
    case 'PodDisruptionBudget':
    case 'PodMonitor':
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      return [labels(spec['selector'])];
    case 'NetworkPolicy':
      return [
        labels(spec['podSelector']),
        ...[...list(spec, 'ingress'), ...list(spec, 'egress')]
          .flatMap((rule) => [...list(rule, 'from'), ...list(rule, 'to')])
          .filter((peer) => 'podSelector' in peer && !('namespaceSelector' in peer))
          .map((peer) => labels(peer['podSelector'])),
      ];
    default:
      return [];
  }
}

/** Ports by name that the pods behind a Service or PodMonitor do not have. */
function deafPorts(object: PlainObject, pods: readonly Pods[]): string[] {
  const spec = tree(object['spec']);
  const wanted =
    object.kind === 'Service'
      ? list(spec, 'ports').map((port) => port['targetPort'])
      : list(spec, 'podMetricsEndpoints').map((endpoint) => endpoint['port']);
  const [labels = {}] = selectorsOf(object);
  const found = pods.filter((pod) => has(pod.labels, labels));
  return wanted.filter((name) => !found.every((pod) => portNames(pod.spec).includes(name))).map(String);
}

/** Mounts without a volume, and probes that ask at a port that the container does not name. */
function looseVolumes({ of, spec, claims }: Pods): string[] {
  const volumes = new Set([...claims, ...list(spec, 'volumes').map(({ name }) => name)]);
  return containersOf(spec).flatMap((container) => {
    const ports = list(container, 'ports').map(({ name }) => name);
    const asked = ['readinessProbe', 'livenessProbe', 'startupProbe']
      .flatMap((probe) => Object.values(tree(container[probe])))
      .map((action) => tree(action)['port'])
      .filter((port) => typeof port === 'string');
    return [
      ...list(container, 'volumeMounts')
        .filter(({ name }) => !volumes.has(name))
        .map(({ name }) => `${of}: there is no volume ${String(name)}`),
      ...asked
        .filter((port) => !ports.includes(port))
        .map((port) => `${of}: there is no port ${port} to ask`),
    ];
  });
}

function podsOf(object: PlainObject, of: string): Pods[] {
  const spec = tree(object['spec']);
  const { template } = object.kind === 'CronJob' ? tree(tree(spec['jobTemplate'])['spec']) : spec;
  if (template === undefined) return [];
  const { metadata, spec: pod } = tree(template);
  const claims = list(spec, 'volumeClaimTemplates').map((claim) => String(tree(claim['metadata'])['name']));
  return [
    {
      of,
      namespace: namespaceOf(object),
      labels: tree(tree(metadata)['labels']) as Labels,
      spec: tree(pod),
      claims,
    },
  ];
}

function containersOf(spec: Tree): readonly Tree[] {
  return [...list(spec, 'initContainers'), ...list(spec, 'containers')];
}

function portNames(spec: Tree): unknown[] {
  return containersOf(spec).flatMap((container) => list(container, 'ports').map(({ name }) => name));
}

function namespaceOf({ metadata }: PlainObject): string {
  return metadata.namespace ?? 'default';
}

function has(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

function tree(value: unknown): Tree {
  return typeof value === 'object' && value !== null ? (value as Tree) : {};
}

function list(of: unknown, key: string): readonly Tree[] {
  const value = tree(of)[key];
  return Array.isArray(value) ? (value as Tree[]) : [];
}
