import { object } from '../../../../test/plan/changes';
import { sentences, workload } from '../../../../test/plan/consequences/consequences';

type Plain = Record<string, unknown>;

/** What is said when the image of a workload changes. */
function said(kind: string, spec: Plain, pod: Plain = {}, ...others: object[]): string[] {
  const [before, after] = ['a:1', 'a:2'].map((image) => {
    const containers = ((pod['containers'] as Plain[] | undefined) ?? [{}]).map((each) => ({
      name: 'app',
      ...each,
      image,
    }));
    return workload(kind, spec, image, { ...pod, containers });
  });
  return sentences('downtime', [before ?? {}, ...others], [after ?? {}, ...others]);
}

const rolling = (maxSurge: unknown, maxUnavailable: unknown, replicas: number) => ({
  replicas,
  strategy: { rollingUpdate: { maxSurge, maxUnavailable } },
});

it.each([
  [rolling(0, 2, 2), 'all 2 pods at once', 2],
  [rolling(1, 1, 1), 'its only pod', 1],
])('warns of a strategy that allows all pods to be missing: %j', (spec, pods, unavailable) => {
  expect(said('Deployment', spec)).toEqual([
    `warning: Deployment shop/a may stop ${pods} before a new one is ready: its strategy allows ${unavailable} unavailable.`,
  ]);
});

it.each([
  [rolling(0, 1, 2)],
  [{ ...rolling(0, 2, 2), paused: true }],
  [{ replicas: 0, strategy: { type: 'Recreate' } }],
])('has nothing to warn of with %j', (spec) => {
  expect(said('Deployment', spec)).toEqual([]);
});

const claim = (accessModes: readonly string[]) =>
  object('v1', 'PersistentVolumeClaim', {
    spec: { accessModes, resources: { requests: { storage: '1Gi' } } },
  });
const mounting = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'a' } }] };

it('warns of volumes that only one node can mount, and of no others', () => {
  expect(said('Deployment', {}, mounting, claim(['ReadWriteOncePod']))).toEqual([
    'warning: Deployment shop/a starts new pods next to the old ones, but PersistentVolumeClaim shop/a is ReadWriteOncePod: a new pod on another node waits for a volume that the old pod holds. Set spec.strategy.type to Recreate, or maxSurge to 0.',
  ]);
  expect(said('Deployment', {}, mounting, claim(['ReadWriteOnce', 'ReadOnlyMany']))).toEqual([]);
  expect(said('Deployment', {}, mounting, claim([]))).toEqual([]);
  expect(said('Deployment', {}, mounting)).toEqual([]);
  expect(said('Deployment', rolling(0, 1, 2), mounting, claim(['ReadWriteOnce']))).toEqual([]);
  expect(said('Deployment', { paused: true }, mounting, claim(['ReadWriteOnce']))).toEqual([]);
  expect(said('Deployment', { strategy: { type: 'Recreate' } }, mounting, claim(['ReadWriteOnce']))).toEqual([
    'warning: Deployment shop/a stops its only pod before the new one starts, and nothing serves in between.',
  ]);
});

describe('ports of nodes', () => {
  const ports = (...each: Plain[]) => ({ containers: [{ ports: each }] });
  const warning = (port: number) =>
    `warning: Deployment shop/a starts new pods next to the old ones, but each uses port ${port} of its node: a new pod needs a node without an old one. Set maxSurge to 0 and maxUnavailable to 1.`;

  it('are those that containers ask for, each once', () => {
    const pod = ports(
      { containerPort: 80, hostPort: 8080 },
      { containerPort: 81 },
      { containerPort: 82, hostPort: 1 },
    );
    expect(said('Deployment', {}, pod)).toEqual([warning(8080), warning(1)]);
  });

  it('are all ports in the network of the node', () => {
    expect(
      said('Deployment', {}, { ...ports({ containerPort: 80, hostPort: 80 }), hostNetwork: true }),
    ).toEqual([warning(80)]);
  });

  it('are no trouble where old pods may stop first, or no new ones come before', () => {
    const pod = ports({ containerPort: 80, hostPort: 80 });
    expect(said('Deployment', rolling(1, 1, 2), pod)).toEqual([]);
    expect(said('Deployment', rolling(0, 1, 2), pod)).toEqual([]);
  });
});

it.each([
  [{ updateStrategy: { rollingUpdate: { partition: 1 } } }, 0],
  [{ updateStrategy: { rollingUpdate: { partition: 5 } }, ordinals: { start: 5 } }, 1],
  [{ updateStrategy: { rollingUpdate: { partition: 6 } }, ordinals: { start: 5 } }, 0],
  [{ replicas: 2 }, 0],
  [{ replicas: 0 }, 0],
])('a StatefulSet with %j stops its only pod %d times', (spec, times) => {
  expect(said('StatefulSet', { serviceName: 'a', ...spec })).toEqual(
    Array.from(
      { length: times },
      () => 'warning: StatefulSet shop/a has one pod, which stops before its replacement starts.',
    ),
  );
});

describe('a probe that uses a port that is not there', () => {
  const probed = (probe: Plain, list = 'containers') => ({
    [list]: [{ name: 'app', image: 'a', ports: [{ name: 'http', containerPort: 80 }], ...probe }],
  });
  const change = (kind: string, spec: Plain, before: Plain, after: Plain): string[] =>
    sentences('downtime', [workload(kind, spec, 'a', before)], [workload(kind, spec, 'a', after)]);
  const http = (port: unknown) => ({ readinessProbe: { httpGet: { port } } });
  const why = (probe: string) =>
    `the ${probe} of container "app" uses port "web", and the container has no port of that name`;
  const never = (probe = 'readinessProbe', kind = 'Deployment') =>
    `error: New pods of ${kind} shop/a never become ready: ${why(probe)}.`;

  it.each([
    ['readinessProbe', { readinessProbe: { tcpSocket: { port: 'web' } } }],
    ['startupProbe', { startupProbe: { httpGet: { port: 'web' } } }],
  ])('is a %s', (probe, own) => {
    expect(change('Deployment', { replicas: 2 }, probed(http('http')), probed(own))).toEqual([
      `${never(probe)} The rollout stops, with 2 of 2 old pods serving.`,
    ]);
  });

  it('may be of a sidecar', () => {
    const sidecar = { name: 'log', restartPolicy: 'Always', ...http('web') };
    const pod = { ...probed(http('http')), ...probed(sidecar, 'initContainers') };
    expect(change('Deployment', {}, probed(http('http')), pod)[0]).toContain(
      'the readinessProbe of container "log" uses port "web"',
    );
  });

  it('says how many old pods are left to serve', () => {
    const [before, after] = [probed(http('http')), probed(http('web'))];
    expect(change('Deployment', rolling(1, 1, 1), before, after)[0]).toBe(
      `${never()} The rollout stops, and no pod serves.`,
    );
    expect(change('Deployment', { strategy: { type: 'Recreate' } }, before, after)[0]).toBe(
      `${never()} No new pod will serve.`,
    );
    expect(change('DaemonSet', {}, before, after)).toEqual([
      `${never('readinessProbe', 'DaemonSet')} No new pod will serve.`,
    ]);
  });

  it('is no news where it was so before, and no liveness probe', () => {
    expect(change('Deployment', {}, probed(http('old')), probed(http('web')))).toEqual([]);
    const live = { livenessProbe: { httpGet: { port: 'web' } } };
    expect(change('Deployment', {}, probed(http('http')), probed(live))).toEqual([]);
  });
});
