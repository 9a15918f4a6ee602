import type { Chart } from '../../lib';
import { check, existing, keyOf, ServiceAccount, Worker } from '../../lib';
import { rendered } from './rendering';

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

  it('is an error where it is a letter off one of the app', () => {
    expect(severities('shop-admn')[0]).toBe(
      'error wiring/service-account-missing: ServiceAccount "shop-admn" in namespace "shop" not found',
    );
    expect(severities('shop-admin')).toHaveLength(1);
  });
});
