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
