/** What bench/apply.ts applies: ConfigMaps, Services without an address, Deployments without pods. */

/** Which objects. */
export interface Asked {
  readonly count: number;
  /** What is in the last of the ConfigMaps. */
  readonly value: string;
  /** Whether no two of a kind have the same fields, as many items in lists, and the same switches. */
  readonly areDifferent: boolean;
}

/** Half of them are ConfigMaps, a quarter each Services and Deployments. */
export function objects(namespace: string, { count, value, areDifferent }: Asked): object[] {
  return Array.from({ length: count }, (_, index) => {
    const metadata = { name: `object-${index}`, namespace, labels: { app: `app-${index}` } };
    const has = (bit: number): boolean => areDifferent && ((index >> 2) & (1 << bit)) !== 0;
    if (index % 2 === 0)
      return configMap(metadata, index >= count - 2 ? value : 'first', areDifferent, index);
    return index % 4 === 1 ? service(metadata, has) : deployment(metadata, has);
  });
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { readonly app: string };
}

/** Whether an object has an optional part, by number. */
type Has = (part: number) => boolean;

function configMap(metadata: Metadata, value: string, isDifferent: boolean, index: number): object {
  const own = Object.fromEntries(
    Array.from({ length: 1 + (index % 7) }, (_, at) => [`SETTING_${index}_${at}`, `value ${at}`]),
  );
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, ...(isDifferent && index % 3 === 0 && { annotations: { owner: 'shop' } }) },
    data: { LEVEL: 'info', VALUE: value, ...(isDifferent && own) },
    ...(isDifferent && index % 5 === 0 && { immutable: false }),
  };
}

function service(metadata: Metadata, has: Has): object {
  const ports = ['http', 'metrics', 'admin', 'debug'].slice(0, 1 + Number(has(0)) + 2 * Number(has(1)));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, ...(has(7) && { annotations: { owner: 'shop' } }) },
    spec: {
      selector: metadata.labels,
      ports: ports.map((name, at) => ({
        name,
        port: 80 + at,
        ...(has(2) && { targetPort: name }),
        ...(has(3) && { protocol: 'TCP' }),
      })),
      clusterIP: 'None',
      ...(has(4) && { publishNotReadyAddresses: true }),
      ...(has(5) && { sessionAffinity: 'None' }),
      ...(has(6) && { internalTrafficPolicy: 'Cluster' }),
    },
  };
}

function deployment(metadata: Metadata, has: Has): object {
  const probe = { httpGet: { path: '/healthz', port: 'http' } };
  const container = {
    name: 'main',
    image: 'ghcr.io/acme/api:1.4.2',
    ports: [{ name: 'http', containerPort: 8080 }],
    resources: { requests: { cpu: '100m', memory: '128Mi' } },
    ...(has(0) && { readinessProbe: probe }),
    ...(has(1) && { livenessProbe: { ...probe, periodSeconds: 20 } }),
    ...(has(2) && { env: [{ name: 'LEVEL', value: 'info' }] }),
    ...(has(3) && { envFrom: [{ configMapRef: { name: 'object-0' } }] }),
    ...(has(4) && { securityContext: { runAsNonRoot: true, readOnlyRootFilesystem: true } }),
    ...(has(5) && { volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }),
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 0,
      selector: { matchLabels: metadata.labels },
      ...(has(6) && { minReadySeconds: 10 }),
      ...(has(7) && { revisionHistoryLimit: 3 }),
      template: {
        metadata: { labels: metadata.labels },
        spec: {
          containers: [container],
          ...(has(5) && { volumes: [{ name: 'tmp', emptyDir: {} }] }),
        },
      },
    },
  };
}

/** Definitions of as many custom kinds, four to a group. */
export function definitions(count: number): object[] {
  return Array.from({ length: count }, (_, index) => {
    const group = `group-${Math.floor(index / 4)}.example.com`;
    const schema = {
      openAPIV3Schema: {
        type: 'object',
        properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
      },
    };
    return {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `things${index}.${group}` },
      spec: {
        group,
        names: { kind: `Thing${index}`, plural: `things${index}` },
        scope: 'Namespaced',
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    };
  });
}
