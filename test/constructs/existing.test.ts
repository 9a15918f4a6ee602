import { readFileSync } from 'node:fs';
import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Reference } from '../../lib';
import {
  Chart,
  check,
  existing,
  ExternalSecret,
  keyOf,
  PersistentVolumeClaim,
  Secret,
  ServiceAccount,
  WebService,
  Worker,
} from '../../lib';
import { NAMING_PROPS } from '../../lib/constructs/core/existing';
import { problems, rendered } from './rendering';

const missing = (build: (chart: Chart) => unknown) =>
  check(rendered(build, { chart: { namespace: 'shop' } }))
    .filter(({ rule }) => rule.endsWith('-missing') && !rule.includes('namespace'))
    .map(({ rule, path }) => `${rule} ${path}`);

const image = 'acme/app:1.0.0';

test('what an app says to exist is not missed, wherever it is referred to', () => {
  const login = existing('Secret', 'login');
  expect(
    missing((chart) => {
      new Worker(chart, 'a', {
        image,
        env: { PASSWORD: keyOf(login, 'password') },
        envFrom: [existing('ConfigMap', 'settings')],
        files: { '/etc/more': existing('ConfigMap', 'more') },
        imagePullSecrets: [existing('Secret', 'registry')],
        serviceAccount: existing('ServiceAccount', 'theirs'),
        containers: { helper: { image, env: { KEY: keyOf(existing('Secret', 'helper'), 'key') } } },
      });
      new ServiceAccount(chart, 'b', { imagePullSecrets: [existing('Secret', 'mirror')] });
    }),
  ).toEqual([]);
});

test('so is what a container says that was added later', () => {
  expect(
    missing((chart) => {
      const worker = new Worker(chart, 'a', { image });
      worker.addSidecar('proxy', { image, envFrom: [existing('Secret', 'proxy')] });
    }),
  ).toEqual([]);
});

test('a name alone promises nothing', () => {
  expect(missing((chart) => new Worker(chart, 'a', { image, imagePullSecrets: ['registry'] }))).toEqual([
    'wiring/pull-secret-missing spec.template.spec.imagePullSecrets[0].name',
  ]);
});

describe('a prop that names an object by a string', () => {
  const severities = (serviceAccount: string) =>
    check(
      rendered(
        (chart) => {
          new ServiceAccount(chart, 'admin', { name: 'shop-admin' });
          const storage = { '/data': { claim: 'old-data' } };
          new Worker(chart, 'a', { image, serviceAccount, storage });
        },
        { chart: { namespace: 'shop' } },
      ),
    )
      .filter(({ rule }) => rule.endsWith('-missing') && !rule.includes('namespace'))
      .map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`);

  it('may name one that exists: a warning', () => {
    const doubt = 'but the app names it by a string, as an object that exists in the cluster';
    expect(severities('team-account')).toEqual([
      `warning wiring/service-account-missing: ServiceAccount "team-account" in namespace "shop" not found, ${doubt}`,
      `warning wiring/claim-missing: PersistentVolumeClaim "old-data" in namespace "shop" not found, ${doubt}`,
    ]);
  });
});

describe('a string that may mean an object of the same chart', () => {
  const wrong = (build: (chart: Chart) => unknown) =>
    problems(build).map(({ path, message, hint }) => [path, message, hint]);

  it('is an error where it is a letter off, with both names and the way out', () => {
    expect(
      wrong((chart) => {
        new ServiceAccount(chart, 'admin', { name: 'shop-admin' });
        new Worker(chart, 'a', { image, serviceAccount: 'shop-admn' });
      }),
    ).toEqual([
      [
        'serviceAccount',
        'Invalid value: "shop-admn": the app has no ServiceAccount of this name, but shop/admin makes ServiceAccount "shop-admin"',
        "Pass the construct for its object, or `existing('ServiceAccount', 'shop-admn')` for one that the cluster has.",
      ],
    ]);
  });

  it('is an error where it is the id of a construct, or its name without the hash', () => {
    const registry = { type: 'Opaque', data: { a: 'b' }, unsafe: true } as const;
    const named = (name: string) =>
      wrong((chart) => {
        new Secret(chart, 'registry', registry);
        new Worker(chart, 'a', { image, containers: {}, imagePullSecrets: ['other', name] });
      }).map(([path]) => path);
    expect(named('registry')).toEqual(['imagePullSecrets[1]']);
    expect(named('shop-registry')).toEqual(['imagePullSecrets[1]']);
    expect(named('registry-2')).toEqual([]);
    expect(named('regsitry')).toEqual(['imagePullSecrets[1]']);
    expect(named('robots')).toEqual([]);
  });

  it.each([
    [
      'storage./data.claim',
      (chart: Chart) => new PersistentVolumeClaim(chart, 'data', { size: '1Gi' }),
      { storage: { '/data': { claim: 'data' } } },
    ],
    [
      'route.tls',
      (chart: Chart) => new ExternalSecret(chart, 'cert', { store: 'vault', keys: { a: 'b' } }),
      { route: { host: 'a.b', tls: 'cert' } },
    ],
    [
      'priorityClass',
      (chart: Chart) =>
        new ApiObject(chart, 'high', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' }),
      { priorityClass: 'high' },
    ],
    [
      'runtimeClass',
      (chart: Chart) =>
        new ApiObject(chart, 'gvisor', { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass' }),
      { runtimeClass: 'gvisor' },
    ],
    [
      'storage./tmp.storageClass',
      (chart: Chart) =>
        new ApiObject(chart, 'fast', { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' }),
      { storage: { '/tmp': { ephemeral: '1Gi', storageClass: 'fast' } } },
    ],
  ] as const)('is an error in %s', (path, make, props) => {
    const build = (chart: Chart): void => {
      make(chart);
      new WebService(chart, 'web', { image, port: 80, ...props });
    };
    expect(wrong(build).map(([at]) => at)).toEqual([path]);
  });

  it('is fine where the object of another chart has exactly this name, or existing() says what is meant', () => {
    expect(
      wrong((chart) => {
        new ServiceAccount(chart, 'admin');
        new ServiceAccount(new Chart(chart.node.scope as Construct, 'other'), 'theirs', { name: 'admin' });
        new Worker(chart, 'a', { image, serviceAccount: 'admin' });
      }),
    ).toEqual([]);
    expect(
      wrong((chart) => {
        new ServiceAccount(chart, 'admin');
        new Worker(chart, 'a', { image, serviceAccount: existing('ServiceAccount', 'admin') });
      }),
    ).toEqual([]);
  });

  it('never stops an app that makes no object like it', () => {
    expect(
      wrong((chart) => {
        new ServiceAccount(chart, 'admin');
        new Worker(chart, 'a', {
          image,
          serviceAccount: 'team',
          imagePullSecrets: ['admin'],
          priorityClass: 'high',
        });
      }),
    ).toEqual([]);
  });
});

describe('every prop that names an object by a string', () => {
  /** How each is set on a workload, by the table of props. */
  const SET: Readonly<Record<string, (named: string | Reference) => object>> = {
    auth: (named) => ({ replicas: { max: 2, on: [{ type: 'mysql', metadata: {}, auth: named }] } }),
    claim: (named) => ({ storage: { '/data': { claim: named } } }),
    imagePullSecrets: (named) => ({ imagePullSecrets: [named] }),
    priorityClass: (named) => ({ priorityClass: named }),
    runtimeClass: (named) => ({ runtimeClass: named }),
    serviceAccount: (named) => ({ serviceAccount: named }),
    storageClass: (named) => ({ storage: { '/tmp': { ephemeral: '1Gi', storageClass: named } } }),
    tls: (named) => ({ route: { host: 'a.b', tls: named } }),
  };
  const withProp = (prop: string, named: string | Reference) => (chart: Chart) =>
    new WebService(chart, 'web', { image, port: 80, ...SET[prop]?.(named) });
  const PROPS = Object.entries(NAMING_PROPS);

  it('is in the table of this test', () => {
    expect(Object.keys(SET).sort()).toEqual(Object.keys(NAMING_PROPS).sort());
  });

  it.each(PROPS)('%s takes a name, and existing(%p)', (prop, kind) => {
    const yaml = rendered(withProp(prop, 'theirs')).toYaml();
    expect(yaml).toContain('theirs');
    expect(rendered(withProp(prop, existing(kind, 'theirs'))).toYaml()).toBe(yaml);
    expect(missing(withProp(prop, existing(kind, 'theirs')))).toEqual([]);
  });

  it.each(PROPS)('%s takes nothing of another kind than %s', (prop) => {
    expect(problems(withProp(prop, existing('Namespace', 'theirs')))).toEqual([
      expect.objectContaining({
        code: 'INVALID_PROP',
        message: expect.stringContaining('Namespace "theirs"') as unknown,
      }),
    ]);
  });

  it('is on the page about constructs, with its kind', () => {
    const page = readFileSync('docs/guide/constructs.md', 'utf8');
    for (const [prop, kind] of PROPS)
      expect(page).toMatch(new RegExp(`^\\| \`[^|]*${prop}[^|]*\\| ${kind} \\|`, 'm'));
  });
});
