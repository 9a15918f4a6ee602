import { canonical } from '../kube/quantity';
import { ManifestSet } from '../manifest/set';
import { budgetsIn, budgetsOf, requirementOf } from './budgets';
import { Cluster } from './cluster';
import { givesDefaults } from './limit-ranges';
import { podsOf } from './pods';
import { isInScope } from './quota-scopes';
import { quotasIn } from './quotas';
import { declaredPorts, portsOf } from './ports';
import { serviceIndex, serviceOf, servicesIn, servicesOf } from './services';

const of = (
  kind: string,
  name: string,
  spec: object,
  more: { namespace?: string; labels?: object } = {},
) => ({
  apiVersion: kind === 'PodDisruptionBudget' ? 'policy/v1' : 'v1',
  kind,
  metadata: { name, namespace: 'shop', ...more },
  spec,
});
const pod = (name: string, namespace = 'shop', container: object = {}) =>
  of('Pod', name, { containers: [{ name: 'main', ...container }] }, { namespace, labels: { app: name } });
const cluster = (...objects: object[]): Cluster => new Cluster(ManifestSet.of(objects));
const names = (found: readonly { manifest: { id: { name: string } } }[] | undefined): string[] =>
  (found ?? []).map(({ manifest }) => manifest.id.name);

describe('a Service', () => {
  it('has the pods of its namespace that it selects', () => {
    const all = cluster(
      pod('web'),
      pod('api'),
      pod('web', 'mail'),
      of('Service', 'front', { selector: { app: 'web' } }),
    );
    const [service] = servicesIn(all);
    expect(service?.selector).toEqual({ matchLabels: { app: 'web' } });
    expect(service?.pods.map(({ namespace }) => namespace)).toEqual(['shop']);
    expect(podsOf(all).map((pods) => names(servicesOf(all, pods).flat()))).toEqual([['front'], [], []]);
  });

  it.each([[{}], [{ selector: {} }], [{ type: 'ExternalName', selector: { app: 'web' } }]])(
    'has no pods with %j',
    (spec) => {
      const [service] = servicesIn(cluster(pod('web'), of('Service', 'front', spec)));
      expect([service?.selector, service?.pods]).toEqual([undefined, []]);
    },
  );

  it('is found by its own labels, and by its manifest', () => {
    const all = cluster(
      of('Service', 'a', {}, { labels: { team: 'x' } }),
      of('Service', 'b', {}),
      pod('web'),
    );
    expect(names(serviceIndex(all).select({ matchLabels: { team: 'x' } }, ['shop']))).toEqual(['a']);
    expect(all.set.manifests.map((manifest) => serviceOf(all, manifest)?.manifest.id.name)).toEqual([
      'a',
      'b',
      undefined,
    ]);
  });

  it('is known where it is assumed', () => {
    const assume = ManifestSet.of([of('Service', 'front', { selector: { app: 'web' } })]);
    const all = new Cluster(ManifestSet.of([pod('web')]), {}, { assume });
    expect(podsOf(all).map((pods) => names(servicesOf(all, pods).flat()))).toEqual([['front']]);
  });
});

describe('a budget', () => {
  const budget = (selector?: object) => of('PodDisruptionBudget', 'budget', { minAvailable: 1, selector });

  it('protects the pods of its namespace that it selects', () => {
    const all = cluster(pod('web'), pod('api'), pod('web', 'mail'), budget({ matchLabels: { app: 'web' } }));
    const [found] = budgetsIn(all);
    expect([names(found?.pods), found?.isForAll]).toEqual([['web'], false]);
    expect(podsOf(all).map((pods) => names(budgetsOf(all, pods).flat()))).toEqual([['budget'], [], []]);
  });

  it('protects all with an empty selector, and none without', () => {
    const [all] = budgetsIn(cluster(pod('web'), pod('api'), budget({})));
    expect([names(all?.pods), all?.isForAll]).toEqual([['web', 'api'], true]);
    const [none] = budgetsIn(cluster(pod('web'), budget()));
    expect([none?.pods, none?.selector, none?.isForAll]).toEqual([[], undefined, false]);
  });
});

describe('what a budget requires', () => {
  const required = (spec: object, total: number) => {
    const [budget] = budgetsIn(cluster(of('PodDisruptionBudget', 'budget', spec)));
    const requirement = budget && requirementOf(budget);
    return requirement && [requirement.field.path, requirement.of(total)];
  };

  it.each([
    [{ minAvailable: 2 }, 'minAvailable', 2],
    [{ minAvailable: 9 }, 'minAvailable', 9],
    [{ minAvailable: '50%' }, 'minAvailable', 3],
    [{ maxUnavailable: 2 }, 'maxUnavailable', 3],
    [{ maxUnavailable: 9 }, 'maxUnavailable', 0],
    [{ maxUnavailable: 0 }, 'maxUnavailable', 5],
    [{ maxUnavailable: '30%' }, 'maxUnavailable', 3],
  ])('with %j of 5 pods is in %s: %d', (spec, field, needed) => {
    expect(required(spec, 5)).toEqual([`spec.${field}`, needed]);
  });

  it.each([[{}], [{ minAvailable: 'some' }], [{ minAvailable: true }], [{ maxUnavailable: '2' }]])(
    'is nothing with %j',
    (spec) => expect(required(spec, 5)).toBeUndefined(),
  );
});

describe('a ResourceQuota', () => {
  const quota = (name: string, spec: object, namespace = 'shop') =>
    of('ResourceQuota', name, spec, { namespace });
  const allowed = (...objects: object[]) =>
    quotasIn(cluster(...objects), 'shop').map(({ manifest, hard }) => [
      manifest.id.name,
      ...[...hard].map(([resource, quantity]) => `${resource} ${canonical(quantity)}`),
    ]);

  it('allows its namespace so much of each resource', () => {
    const hard = { pods: 10, 'requests.cpu': '2', memory: 'much' };
    expect(allowed(quota('a', { hard }), quota('b', { hard }, 'mail'))).toEqual([
      ['a', 'pods 10', 'requests.cpu 2'],
    ]);
    expect(allowed(quota('a', {}))).toEqual([['a']]);
  });

  it('counts the pods in all of its scopes', () => {
    const matchExpressions = [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }];
    const both = quota('a', { scopes: ['NotTerminating'], scopeSelector: { matchExpressions } });
    const [all] = quotasIn(cluster(both), 'shop');
    const isCounted = (spec: object): boolean | undefined =>
      all?.scopes.every((scope) => isInScope(scope, { ...spec }));
    expect(isCounted({ priorityClassName: 'high' })).toBe(true);
    expect(isCounted({ priorityClassName: 'low' })).toBe(false);
    expect(isCounted({ priorityClassName: 'high', activeDeadlineSeconds: 5 })).toBe(false);
    expect(isCounted({})).toBe(false);
  });

  const cpu = (side: string, amount: unknown = '1') => ({
    containers: [{ resources: { [side]: { cpu: amount } } }],
  });
  const across = (kind: string, term: object) => ({
    affinity: { [kind]: { preferredDuringSchedulingIgnoredDuringExecution: [{ podAffinityTerm: term }] } },
  });
  const limited = { initContainers: [{ resources: { limits: { memory: '1Mi' } } }] };
  it.each([
    ['Terminating', '', { activeDeadlineSeconds: 0 }, {}],
    ['NotTerminating', '', {}, { activeDeadlineSeconds: 5 }],
    ['BestEffort', '', { containers: [{}] }, cpu('requests')],
    ['BestEffort', '', cpu('requests', '0'), limited],
    ['NotBestEffort', '', cpu('limits', '100m'), cpu('requests', 0)],
    ['PriorityClass', 'Exists', { priorityClassName: 'a' }, {}],
    ['PriorityClass', 'DoesNotExist', {}, { priorityClassName: 'a' }],
    ['PriorityClass', 'NotIn', {}, { priorityClassName: 'x' }],
    ['CrossNamespacePodAffinity', 'Exists', across('podAffinity', { namespaceSelector: {} }), {}],
    [
      'CrossNamespacePodAffinity',
      '',
      across('podAntiAffinity', { namespaces: ['a'] }),
      across('podAffinity', {}),
    ],
  ])('counts pods in the scope %s %s', (name, operator, inside, outside) => {
    const scope = { name, operator, values: ['x'] };
    expect([isInScope(scope, { ...inside }), isInScope(scope, { ...outside })]).toEqual([true, false]);
  });

  it('is known where it is assumed', () => {
    const assume = ManifestSet.of([quota('a', { hard: {} })]);
    expect(quotasIn(new Cluster(ManifestSet.of([]), {}, { assume }), 'shop').length).toBe(1);
  });
});

describe('a LimitRange', () => {
  const range = (limit: object) => cluster(of('LimitRange', 'limits', { limits: [limit] }));

  it('gives limits, and requests after them', () => {
    const all = range({ type: 'Container', default: { cpu: '1' } });
    expect(givesDefaults(all, 'shop', 'cpu', 'limit')).toBe(true);
    expect(givesDefaults(all, 'shop', 'cpu', 'request')).toBe(true);
    expect(givesDefaults(all, 'shop', 'memory', 'limit')).toBe(false);
    expect(givesDefaults(all, 'mail', 'cpu', 'limit')).toBe(false);
  });

  it('gives requests alone', () => {
    const all = range({ type: 'Container', defaultRequest: { cpu: '1' } });
    expect(givesDefaults(all, 'shop', 'cpu', 'request')).toBe(true);
    expect(givesDefaults(all, 'shop', 'cpu', 'limit')).toBe(false);
  });

  it('gives containers nothing by the bounds of pods', () => {
    expect(givesDefaults(range({ type: 'Pod', default: { cpu: '1' } }), 'shop', 'cpu', 'limit')).toBe(false);
  });
});

describe('ports of pods', () => {
  const ports = [
    { name: 'http', containerPort: 8080 },
    { containerPort: 53, protocol: 'UDP' },
  ];
  const podsWith = (container: object) => {
    const [pods] = podsOf(cluster(pod('web', 'shop', container)));
    if (pods === undefined) throw new Error('no pods');
    return pods;
  };

  const mayHave = (container: object, port: string | number, protocol: string): boolean =>
    declaredPorts([podsWith(container)]).mayHave(port, protocol);

  it.each([
    ['http', 'TCP', true],
    ['http', 'UDP', false],
    ['https', 'TCP', false],
    [8080, 'TCP', true],
    [53, 'TCP', false],
    [53, 'UDP', true],
  ])('have %p/%s: %p', (port, protocol, has) => expect(mayHave({ ports }, port, protocol)).toBe(has));

  it('are unknown by number where none is declared, or where the command line has it', () => {
    expect(mayHave({}, 8080, 'TCP')).toBe(true);
    expect(mayHave({}, 'http', 'TCP')).toBe(false);
    for (const args of [
      ['--port=9090'],
      ['--listen', ':9090'],
      ['9090'],
      ['--bind=10.0.0.1:9090'],
      ['-l [::1]:9090 -v'],
    ])
      expect(mayHave({ ports, args }, 9090, 'TCP')).toBe(true);
    for (const args of [['--port=90901'], ['--size=19090'], ['--size=09090']])
      expect(mayHave({ ports, args }, 9090, 'TCP')).toBe(false);
  });

  it('are between two numbers, both included', () => {
    const between = (first: number, last: number): boolean =>
      declaredPorts([podsWith({ ports: [...ports, { containerPort: 80 }] })]).hasBetween(first, last, 'TCP');
    expect([between(80, 80), between(8080, 9000), between(70, 81)]).toEqual([true, true, true]);
    expect([between(81, 8079), between(8081, 9000), between(53, 53)]).toEqual([false, false, false]);
  });

  it('are listed once each, with their names', () => {
    const pods = podsWith({ ports });
    expect(portsOf(pods).map(({ number }) => number)).toEqual([8080, 53]);
    expect(declaredPorts([pods, pods]).hint).toContain('http (8080/TCP), 53/UDP');
    expect(declaredPorts([podsWith({})]).hint).toBeUndefined();
  });
});
