import type { Pattern } from 'seaworthy/testing';
import { match } from 'seaworthy/testing';
import type { ContainerFacts, ProbeFacts, ServiceFacts } from './boutique-facts';

/** An object that has to be there: its kind, and what it is like. */
export type Expectation = readonly [kind: string, pattern: Pattern];

/** The port in front of a container, as it is called. */
interface Port {
  readonly name: string;
  readonly number: number;
}

/** What the manifests have to hold for the service `name` of the boutique. */
export function expectationsOf(name: string, facts: ServiceFacts): readonly Expectation[] {
  return [
    ['Deployment', deployment(name, facts)],
    ...facts.services.map((row): Expectation => ['Service', service(row, labelsOf(name))]),
    ...(facts.ownAccount ? [['ServiceAccount', { metadata: { name } }] as const] : []),
  ];
}

function labelsOf(name: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name };
}

/** `ClusterIP boutique-email grpc 5000 8080`: type, name, name of the port, its number there and in the container. */
function service(row: string, selector: object): Pattern {
  const [type, name, port, number] = row.split(' ');
  return {
    metadata: { name },
    spec: {
      type: type === 'ClusterIP' ? match.absent() : type,
      selector: match.exactly(selector),
      ports: [{ name: port, port: Number(number), targetPort: port }],
    },
  };
}

function deployment(name: string, facts: ServiceFacts): Pattern {
  const { replicas, annotations, grace, restartPolicy, ownAccount, podSecurity, init } = facts;
  const labels = match.exactly(labelsOf(name));
  return {
    metadata: { name },
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: given(annotations, match.exactly) },
        spec: {
          containers: [container(facts, portOf(facts))],
          initContainers: given(init, named),
          serviceAccountName: ownAccount ? name : match.absent(),
          terminationGracePeriodSeconds: grace ?? match.absent(),
          restartPolicy: restartPolicy === 'Always' ? match.absent() : restartPolicy,
          securityContext: match.exactly({ ...podSecurity, seccompProfile: match.any() }),
          volumes: volumes(facts),
        },
      },
    },
  };
}

/** The facts of a service say how its one port is called where they tell of the Services in front of it. */
function portOf({ services: [row = ''], ports: [number = 0] }: ServiceFacts): Port {
  const [, , name = ''] = row.split(' ');
  return { name, number };
}

function named(containers: Readonly<Record<string, ContainerFacts>>): Pattern {
  return Object.entries(containers).map(([name, facts]) => ({ name, ...container(facts) }));
}

function container(facts: ContainerFacts, port?: Port): Record<string, Pattern> {
  const { image, command, env, ports, resources, security, volumes: mounts } = facts;
  return {
    image,
    command: command ?? match.absent(),
    env: given(env, (variables) =>
      match.inAnyOrder(Object.entries(variables).map(([name, value]) => ({ name, value }))),
    ),
    ports:
      ports.length === 0
        ? match.absent()
        : ports.map((containerPort) => ({ containerPort, name: port?.name })),
    readinessProbe: probe(facts.readiness, port),
    livenessProbe: probe(facts.liveness, port),
    startupProbe: probe(facts.startup, port),
    // Where the boutique says nothing, whoever deploys it may.
    ...(Object.keys(resources).length === 0 ? {} : { resources: amounts(resources) }),
    securityContext: match.exactly(security),
    volumeMounts: match.inAnyOrder(['/tmp', ...Object.keys(mounts)].map((mountPath) => ({ mountPath }))),
  };
}

/** A probe in full; gRPC wants the number of its port, the others have the name. */
function probe(facts: ProbeFacts | undefined, port?: Port): Pattern {
  if (facts === undefined) return match.absent();
  const actions = Object.entries(facts).map(([key, value]): [string, unknown] =>
    key === 'httpGet' || key === 'tcpSocket'
      ? [key, { ...(value as object), port: port?.name }]
      : [key, value],
  );
  return match.exactly(Object.fromEntries(actions));
}

/** `100m 200m` is a request and a limit. */
function amounts(resources: Readonly<Record<string, string>>): Pattern {
  const at = (index: number): Pattern =>
    Object.fromEntries(
      Object.entries(resources).map(([name, row]) => [name, match.quantity(row.split(' ')[index] ?? '')]),
    );
  return match.exactly({ requests: at(0), limits: at(1) });
}

/** Volumes beside those of `/tmp`, named by the folder that they are mounted to. */
function volumes({ volumes: mounts }: ServiceFacts): Pattern {
  const entries = Object.entries(mounts).map(([path, source]) => ({
    name: path.slice(1),
    ...(source as object),
  }));
  return match.arrayWith(entries.map(match.exactly));
}

/** Nothing where there are no facts, as an empty map is not rendered. */
function given<T extends object>(facts: T, pattern: (facts: T) => Pattern): Pattern {
  return Object.keys(facts).length === 0 ? match.absent() : pattern(facts);
}
