import { ManifestSet } from '../manifest/set';
import { budgetsIn, budgetsOf } from './budgets';
import { Cluster } from './cluster';
import { givesDefaults } from './limit-ranges';
import { podsOf } from './pods';
import { hasPort, listPorts, portsOf } from './ports';
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
    expect(podsOf(all).map((pods) => names(servicesOf(all, pods)))).toEqual([['front'], [], []]);
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
    expect(podsOf(all).map((pods) => names(servicesOf(all, pods)))).toEqual([['front']]);
  });
});

describe('a budget', () => {
  const budget = (selector?: object) => of('PodDisruptionBudget', 'budget', { minAvailable: 1, selector });

  it('protects the pods of its namespace that it selects', () => {
    const all = cluster(pod('web'), pod('api'), pod('web', 'mail'), budget({ matchLabels: { app: 'web' } }));
    const [found] = budgetsIn(all);
    expect([names(found?.pods), found?.isForAll]).toEqual([['web'], false]);
    expect(podsOf(all).map((pods) => names(budgetsOf(all, pods)))).toEqual([['budget'], [], []]);
  });

  it('protects all with an empty selector, and none without', () => {
    const [all] = budgetsIn(cluster(pod('web'), pod('api'), budget({})));
    expect([names(all?.pods), all?.isForAll]).toEqual([['web', 'api'], true]);
    const [none] = budgetsIn(cluster(pod('web'), budget()));
    expect([none?.pods, none?.selector, none?.isForAll]).toEqual([[], undefined, false]);
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

  it.each([
    ['http', 'TCP', true],
    ['http', 'UDP', false],
    ['https', 'TCP', false],
    [8080, 'TCP', true],
    [53, 'TCP', false],
    [53, 'UDP', true],
  ])('have %p/%s: %p', (port, protocol, has) =>
    expect(hasPort(podsWith({ ports }), port, protocol)).toBe(has),
  );

  it('are unknown by number where none is declared, or where the command line has it', () => {
    expect(hasPort(podsWith({}), 8080, 'TCP')).toBeUndefined();
    expect(hasPort(podsWith({}), 'http', 'TCP')).toBe(false);
    for (const args of [['--port=9090'], ['--listen', ':9090'], ['9090']])
      expect(hasPort(podsWith({ ports, args }), 9090, 'TCP')).toBeUndefined();
    for (const args of [['--port=90901'], ['--size=19090']])
      expect(hasPort(podsWith({ ports, args }), 9090, 'TCP')).toBe(false);
  });

  it('are listed once each, with their names', () => {
    const pods = podsWith({ ports });
    expect(portsOf(pods).map(({ number }) => number)).toEqual([8080, 53]);
    expect(listPorts([pods, pods])).toContain('http (8080/TCP), 53/UDP');
    expect(listPorts([podsWith({})])).toBeUndefined();
  });
});
