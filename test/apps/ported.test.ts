import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifests, match } from 'seaworthy/testing';
import 'seaworthy/testing/jest';
import { petStore } from '../../apps/pet-store/app';
import { sockShop } from '../../apps/sock-shop/app';

const [socks, pets] = [sockShop(), petStore()].map((app) =>
  Manifests.from(app).resourcesOf('production'),
) as [Manifests, Manifests];

test.each(['sock-shop', 'pet-store'])('%s does without overrides', (name) => {
  const folder = join(__dirname, '../../apps', name);
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  expect(sources.join('\n')).not.toMatch(/\boverride\(/);
});

test('services of the sock shop reach those that they call, and nothing else', () => {
  expect(socks).toOnlyAllow([
    ['front-end', 'carts', 80],
    ['front-end', 'catalogue', 80],
    ['front-end', 'orders', 80],
    ['front-end', 'session-db', 6379],
    ['front-end', 'user', 80],
    ['orders', 'carts', 80],
    ['orders', 'payment', 80],
    ['orders', 'shipping', 80],
    ['orders', 'user', 80],
    ['shipping', 'rabbitmq', 5672],
    ['queue-master', 'rabbitmq', 5672],
    ['carts', 'carts-db', 27017],
    ['catalogue', 'catalogue-db', 3306],
    ['orders', 'orders-db', 27017],
    ['user', 'user-db', 27017],
    ['sock-shop-backup', 'orders-db', 27017],
  ]);
});

test('whatever speaks Prometheus in the sock shop is read, the queue by its exporter', () => {
  expect(socks.find('ServiceMonitor')).toHaveLength(9);
  expect(socks).toHaveResource('ServiceMonitor', {
    metadata: { name: 'rabbitmq' },
    spec: { endpoints: [{ port: 'exporter' }] },
  });
});

test('three services of the sock shop follow their load', () => {
  const scaled = socks.find('HorizontalPodAutoscaler').map(({ id }) => id.name);
  expect(scaled.toSorted()).toEqual(['carts', 'catalogue', 'front-end']);
});

test('both fronts of the pet store are one host', () => {
  const backends = match.arrayWith([
    { matches: [{ path: { value: '/' } }], backendRefs: [{ name: 'store-front' }] },
    { matches: [{ path: { value: '/admin' } }], backendRefs: [{ name: 'store-admin' }] },
  ]);
  expect(pets).toHaveResource('HTTPRoute', { spec: { hostnames: ['pets.example'], rules: backends } });
});

test('the makeline follows the queue, which lets KEDA in', () => {
  expect(pets).toHaveResource('ScaledObject', {
    spec: { triggers: [{ type: 'rabbitmq', metadata: { queueName: 'orders', value: '20' } }] },
  });
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'keda' } };
  expect(pets).toHaveResource('NetworkPolicy', {
    metadata: { name: 'pet-store-queue' },
    spec: { ingress: match.arrayWith([{ from: [{ namespaceSelector }], ports: [{ port: 5672 }] }]) },
  });
});

test('orders are rolled out to a quarter of the pods first', () => {
  expect(pets).toHaveResource('Rollout', {
    spec: { strategy: { canary: { steps: match.arrayWith([{ setWeight: 25 }]) } } },
  });
});

test('no login of the pet store is written down', () => {
  expect([...pets].filter(({ id }) => id.kind === 'Secret')).toEqual([]);
  expect(pets.find('ExternalSecret')).toHaveLength(2);
});
