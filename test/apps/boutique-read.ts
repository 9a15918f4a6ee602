import type { PlainObject } from 'seaworthy';
import type { ContainerFacts, ProbeFacts, ServiceFacts } from './boutique-facts';

/** The parts of Kubernetes' objects that hold the facts. */
interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly readinessProbe?: Action;
  readonly livenessProbe?: Action;
  readonly startupProbe?: Action;
  readonly resources?: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}
type Action = Readonly<Record<string, unknown>>;
interface Volume {
  readonly name: string;
}
interface Deployment extends PlainObject {
  readonly spec: {
    readonly replicas?: number;
    readonly selector: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels; readonly annotations?: Labels };
      readonly spec: {
        readonly containers: readonly Container[];
        readonly initContainers?: readonly Container[];
        readonly volumes?: readonly Volume[];
        readonly securityContext?: Readonly<Record<string, unknown>>;
        readonly serviceAccountName?: string;
        readonly terminationGracePeriodSeconds?: number;
        readonly restartPolicy?: string;
      };
    };
  };
}
interface Service extends PlainObject {
  readonly spec: {
    readonly type?: string;
    readonly selector: Labels;
    readonly ports: readonly {
      readonly name?: string;
      readonly port: number;
      readonly targetPort: number | string;
    }[];
  };
}
type Labels = Readonly<Record<string, string>>;

/** What `objects` say of each service: a row for each Deployment that finds its own pods. */
export function readFacts(objects: readonly PlainObject[]): Record<string, ServiceFacts> {
  const of = <T extends PlainObject>(kind: string): T[] =>
    objects.filter((object): object is T => object.kind === kind);
  const accounts = new Set(of('ServiceAccount').map(({ metadata }) => metadata.name));
  const services = of<Service>('Service');
  const rows = of<Deployment>('Deployment')
    .filter(({ spec }) => matches(spec.selector.matchLabels, spec.template.metadata.labels))
    .map((deployment): [string, ServiceFacts] => [
      deployment.metadata.name ?? '',
      readService(deployment, accounts, services),
    ]);
  return Object.fromEntries(rows);
}

function readService(
  { spec, metadata }: Deployment,
  accounts: ReadonlySet<unknown>,
  services: readonly Service[],
): ServiceFacts {
  const { metadata: pod, spec: podSpec } = spec.template;
  const { containers, initContainers = [], volumes = [], terminationGracePeriodSeconds: grace } = podSpec;
  const [main, ...others] = containers;
  if (main === undefined || others.length > 0) throw new Error(`${metadata.name} has not one container`);
  const { seccompProfile: _, ...podSecurity } = podSpec.securityContext ?? {};
  return {
    ...readContainer(main, volumes),
    // How many there are is for each environment to say, but where one is meant.
    ...(spec.replicas === 1 && services.every(({ spec: { selector } }) => !matches(selector, pod.labels))
      ? { replicas: 1 }
      : {}),
    services: services
      .filter((service) => matches(service.spec.selector, pod.labels))
      .flatMap((service) => readServicePorts(service, main))
      .sort(),
    annotations: pod.annotations ?? {},
    ...(grace === undefined ? {} : { grace }),
    restartPolicy: podSpec.restartPolicy ?? 'Always',
    ownAccount: accounts.has(podSpec.serviceAccountName),
    podSecurity,
    init: Object.fromEntries(
      initContainers.map((container) => [container.name, readContainer(container, volumes)]),
    ),
  };
}

function readContainer(container: Container, volumes: readonly Volume[]): ContainerFacts {
  const { image, command, env = [], ports = [], securityContext = {}, volumeMounts = [] } = container;
  const { requests = {}, limits = {} } = container.resources ?? {};
  const probe = <K extends string>(key: K, action: Action | undefined): { [k in K]?: ProbeFacts } =>
    action === undefined ? {} : ({ [key]: byNumber(action, container) } as { [k in K]?: ProbeFacts });
  return {
    image,
    ...(command === undefined ? {} : { command }),
    env: Object.fromEntries(env.map(({ name, value }) => [name, value])),
    ports: ports.map(({ containerPort }) => containerPort),
    ...probe('readiness', container.readinessProbe),
    ...probe('liveness', container.livenessProbe),
    ...probe('startup', container.startupProbe),
    resources: Object.fromEntries(
      Object.keys({ ...requests, ...limits }).map((name) => [name, `${requests[name]} ${limits[name]}`]),
    ),
    security: securityContext,
    volumes: Object.fromEntries(
      volumeMounts
        .filter(({ mountPath }) => mountPath !== '/tmp')
        .map(({ name, mountPath }) => [
          mountPath,
          withoutName(volumes.find((volume) => volume.name === name)),
        ]),
    ),
  };
}

/** A Service says its port in one line: `ClusterIP shop http 80 8080`. */
function readServicePorts({ metadata, spec }: Service, container: Container): string[] {
  return spec.ports.map(
    ({ name, port, targetPort }) =>
      `${spec.type ?? 'ClusterIP'} ${metadata.name} ${name} ${port} ${numberOf(targetPort, container)}`,
  );
}

/** The probe with the number of the port that it names. */
function byNumber(probe: Action, container: Container): ProbeFacts {
  return Object.fromEntries(
    Object.entries(probe).map(([key, value]) =>
      typeof value === 'object' && value !== null && 'port' in value
        ? [key, { ...value, port: numberOf(value.port, container) }]
        : [key, value],
    ),
  );
}

function numberOf(port: unknown, { ports = [] }: Container): number | undefined {
  return typeof port === 'number' ? port : ports.find(({ name }) => name === port)?.containerPort;
}

function withoutName(volume: Volume | undefined): unknown {
  if (volume === undefined) return undefined;
  const { name: _, ...source } = volume;
  return source;
}

function matches(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
