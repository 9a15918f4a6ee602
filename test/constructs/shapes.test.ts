import {
  App,
  Chart,
  ConfigMap,
  Environment,
  existing,
  Namespace,
  StatefulService,
  synth,
  WebService,
  Worker,
} from '../../lib';
import type { Problem } from '../../lib';
import { at, only, problems, problemsOf } from './rendering';

function told(props: object): readonly Problem[] {
  return problems((chart) => new WebService(chart, 'web', { image: 'a/b:1', port: 80, ...props }));
}

describe('a prop of another shape', () => {
  it.each<[object, string, string, string]>([
    [
      { env: [{ name: 'LEVEL', value: 'debug' }] },
      'env',
      'Invalid value: expected an object, got a list',
      'Write an object by name instead of a list: { LEVEL: … }.',
    ],
    [
      { containers: [{ name: 'proxy', image: 'a:1' }] },
      'containers',
      'Invalid value: expected an object, got a list',
      'Write an object by name instead of a list: { proxy: … }.',
    ],
    [
      { ports: [8080] },
      'ports',
      'Invalid value: expected an object, got a list',
      'Write it as { http: 8080 }.',
    ],
    [
      { probe: 'tcp' },
      'probe',
      'Invalid value: expected { http }, { tcp }, { grpc } or { command }, got a string',
      "Write it as { http: '/healthz' }.",
    ],
    [
      { tolerations: { key: 'gpu' } },
      'tolerations',
      'Invalid value: expected a list, got an object',
      'Put it in a list: [ … ].',
    ],
    [
      { imagePullSecrets: existing('Secret', 'registry') },
      'imagePullSecrets',
      'Invalid value: expected a list, got an object',
      'Put it in a list: [ … ].',
    ],
    [
      { imagePullSecrets: [{ name: 'registry' }] },
      'imagePullSecrets[0]',
      'Invalid value: expected a string or a reference, got an object',
      "Refer to an object by its construct, or by `existing('Secret', 'name')`.",
    ],
    [
      { nodeSelector: new Map([['disk', 'ssd']]) },
      'nodeSelector',
      'Invalid value: expected an object, got an instance of Map',
      "Write it as { team: 'checkout' }.",
    ],
    [
      { replicas: '3' },
      'replicas',
      'Invalid value: expected a number or { min, max, cpu }, got a string',
      'Write it without quotes.',
    ],
    [
      { hostNetwork: 'true' },
      'hostNetwork',
      'Invalid value: expected true or false, got a string',
      'Write it without quotes.',
    ],
    [
      { args: ['--port', 80] },
      'args[1]',
      'Invalid value: expected a string, got a number',
      'Put it in quotes.',
    ],
    [
      { terminationGracePeriod: Number.NaN },
      'terminationGracePeriod',
      'Invalid value: expected a number, got NaN',
      'undefined',
    ],
    [
      { route: ['shop.example'] },
      'route',
      'Invalid value: expected a string or an object, got a list',
      'Use `routes` for several.',
    ],
    [
      { disruptionBudget: true },
      'disruptionBudget',
      'Invalid value: expected false or an object, got a boolean',
      "Write it as { maxUnavailable: '25%' }.",
    ],
    [
      { service: null },
      'service',
      'Invalid value: expected an object, got null',
      "Write it as { type: 'LoadBalancer' }.",
    ],
    [
      { labels: { team: undefined } },
      'labels.team',
      'Required value: it is undefined',
      'Set a value, or leave out `team`.',
    ],
    [
      { storage: { '/data': { emptyDir: {} } } },
      'storage./data',
      'Invalid value: expected { temporary }, { claim }, { ephemeral }, { hostPath }, { volume } or { shared }, got an object',
      'Use `{ temporary: true }`.',
    ],
    [
      { env: Promise.resolve({}) },
      'env',
      'Invalid value: expected an object, got an instance of Promise',
      "Write it as { LEVEL: 'info' }.",
    ],
  ])('is told with what was expected and how to write it: %j', (props, path, message, hint) => {
    const [problem, ...more] = told(props);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ place: 'shop/web', path, message });
    expect(String(problem?.hint)).toBe(hint);
  });

  it('shows no value, which may be a secret', () => {
    expect(
      JSON.stringify(told({ env: 'PASSWORD=hunter2', args: 'hunter2', labels: ['hunter2'] })),
    ).not.toContain('hunter2');
  });

  it('is told of each, and nothing that only follows from it', () => {
    expect(told({ image: 5, port: '80', probe: { http: '/', port: 'web' } }).map(({ path }) => path)).toEqual(
      ['image', 'port'],
    );
  });

  it('is told of all props at once where they are none', () => {
    for (const props of ['shop', 7, null, ['shop'], () => 'shop']) {
      const found = problems((chart) => [
        new Worker(chart, 'worker', props as never),
        new StatefulService(chart, 'db', props as never),
        new ConfigMap(chart, 'settings', props as never),
        new Namespace(chart, 'team', props as never),
      ]);
      expect(found.map(({ place }) => place)).toEqual([
        'shop/db',
        'shop/settings',
        'shop/team',
        'shop/worker',
      ]);
      for (const { message } of found) expect(message).toMatch(/^Invalid value: expected props, got /);
    }
  });
});

describe('props of charts and environments', () => {
  it('are no names', () => {
    const app = new App();
    new Chart(new Environment(app, 'production', '1.31' as never), 'shop', 'shop' as never);
    expect(problemsOf(() => synth(app))).toMatchObject([
      {
        place: 'production',
        path: 'profile',
        message: 'Invalid value: expected a profile, got a string',
        hint: "Write it as { kubernetes: '1.31' }.",
      },
      {
        place: 'production/shop',
        message: 'Invalid value: expected props, got a string',
        hint: "Write it as { namespace: 'shop' }.",
      },
    ]);
  });
});

describe('an argument of a method', () => {
  it.each<[string, (web: WebService) => unknown, string]>([
    ['addContainer', (web) => web.addContainer('proxy', 'acme/proxy:1' as never), 'containers.proxy'],
    [
      'addSidecar',
      (web) => web.addSidecar('proxy', { image: 'a:1', env: ['A'] } as never),
      'sidecars.proxy.env',
    ],
    ['expose', (web) => web.expose('public', 'LoadBalancer' as never), "expose('public')"],
    ['expose', (web) => web.expose('public', { typ: 'LoadBalancer' } as never), "expose('public').typ"],
    ['connectsTo', (web) => web.connectsTo('db' as never), 'connectsTo'],
    ['connectsTo', (web) => web.connectsTo({ cidr: 10 } as never), 'connectsTo.cidr'],
    ['connectsTo', (web) => web.connectsTo(web, 5432 as never), 'connectsTo'],
    ['override', (web) => web.override('spec' as never), 'override'],
  ])('is told of %s', (_, call, path) => {
    const found = problems((chart) => call(new WebService(chart, 'web', { image: 'a/b:1', port: 80 })));
    expect(found).toMatchObject([{ place: expect.stringMatching(/^shop\/web/) as string, path }]);
  });
});

it('takes props from an instance of a class', () => {
  class Defaults {
    readonly image = 'a/b:1';
    readonly replicas = 2;
  }
  const object = only('Deployment', (chart) => new Worker(chart, 'app', new Defaults()));
  expect(at(object, 'spec.replicas')).toBe(2);
});

it('is told by the engine of cdk8s, too', () => {
  const chart = new Chart(new App(), 'shop');
  const { object } = new Worker(chart, 'app', { image: 'a:1', env: ['A'] } as never);
  expect(problemsOf(() => object.toJson())).toMatchObject([{ place: 'shop/app', path: 'env' }]);
});
