import type { StatefulServiceProps, WebServiceProps } from '../../lib';
import { App, Chart, ConfigMap, Environment, plan, StatefulService, synth, WebService } from '../../lib';
import { faults } from './rendering';

const web: WebServiceProps = { image: 'nginx:1.27.3', port: 8080, replicas: 3, probe: { http: '/' } };
const db: StatefulServiceProps = { image: 'postgres:16.4', port: 5432, storage: { '/data': '1Gi' } };

function appWith(build: (environment: Environment) => unknown) {
  const app = new App();
  build(new Environment(app, 'production', { ingressClass: 'traefik' }));
  return synth(app);
}

const before = appWith((environment) => {
  const shop = new Chart(environment, 'shop', { namespace: 'shop' });
  const settings = new ConfigMap(shop, 'settings', { data: { A: '1' } });
  const api = new WebService(shop, 'api', { ...web, envFrom: [settings], route: { host: 'shop.example' } });
  api.connectsTo(new StatefulService(shop, 'db', db));
});

const effects = (after: typeof before) => [
  ...new Set(plan(before, after).changes.map(({ effect }) => effect)),
];

test('a construct that is renamed keeps its names, selectors and containers', () => {
  const after = appWith((environment) => {
    const shop = new Chart(environment, 'shop', { namespace: 'shop' });
    const settings = new ConfigMap(shop, 'config', { data: { A: '1' }, movedFrom: 'shop/settings' });
    const api = new WebService(shop, 'backend', {
      ...web,
      envFrom: [settings],
      route: { host: 'shop.example' },
      movedFrom: 'shop/api',
    });
    api.connectsTo(new StatefulService(shop, 'postgres', { ...db, movedFrom: 'shop/db' }));
  });
  expect(effects(after)).toEqual(['none']);
});

test('so does one that moves to another chart', () => {
  const after = appWith((environment) => {
    const shop = new Chart(environment, 'shop', { namespace: 'shop' });
    const data = new Chart(environment, 'data', { namespace: 'shop' });
    const settings = new ConfigMap(shop, 'settings', { data: { A: '1' } });
    const api = new WebService(shop, 'api', { ...web, envFrom: [settings], route: { host: 'shop.example' } });
    api.connectsTo(new StatefulService(data, 'postgres', { ...db, movedFrom: 'shop/db' }));
  });
  expect(effects(after)).toEqual(['none']);
});

test('without it plan says that it would be made anew, and what to say', () => {
  const after = appWith((environment) => {
    const shop = new Chart(environment, 'shop', { namespace: 'shop' });
    new StatefulService(shop, 'postgres', db);
  });
  const sentences = plan(before, after).changes.flatMap(({ consequences }) =>
    consequences.map(({ message }) => message),
  );
  expect(sentences.join('\n')).toContain(
    'with new, empty claims in addition to the old ones. Keep the name to change it in place: set movedFrom to the former path of the construct.',
  );
});

test.each([
  ['no path', { movedFrom: 'shop//api' }],
  ['the place where it stands', { movedFrom: 'shop/api' }],
  ['something beside a name', { movedFrom: 'shop/old', name: 'api' }],
])('%s is told', (_, props) => {
  expect(faults((chart) => new WebService(chart, 'api', { ...web, ...props }))).toEqual([
    'INVALID_PROP movedFrom',
  ]);
});

test('two constructs that claim one place are two objects of one identity', () => {
  expect(
    faults((chart) => {
      new ConfigMap(chart, 'a', { data: { A: '1' }, movedFrom: 'shop/c', immutable: false });
      new ConfigMap(chart, 'b', { data: { A: '2' }, movedFrom: 'shop/c', immutable: false });
    }),
  ).toEqual(['DUPLICATE_IDENTITY']);
});
