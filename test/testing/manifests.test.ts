import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App as Cdk8sApp, Chart as Cdk8sChart } from 'cdk8s';
import { ConfigMap as PlusConfigMap } from 'cdk8s-plus-27';
import { ManifestSet } from '../../lib';
import { hasResource, Manifests, match } from '../../lib/testing';
import { messageOf, names, shopApp } from './apps';

const { app, production } = shopApp();
const manifests = Manifests.from(app).resourcesOf('production');

describe('a source is', () => {
  test('an app: all of it', () => {
    expect(Manifests.from(app).set.environments).toEqual(['staging', 'production']);
  });

  test('a chart, or another construct: what lies below it', () => {
    const found = names(Manifests.from(production).set);
    expect(found).toContain('Deployment shop-web');
    expect(Manifests.from(production).set.environments).toEqual(['production']);
    expect(names(Manifests.from(production.worker).set)).toEqual(
      expect.arrayContaining(['Deployment shop-worker']),
    );
    expect(names(Manifests.from(production.worker).set)).not.toContain('Deployment shop-web');
  });

  test("an app of cdk8s's own", () => {
    const theirs = new Cdk8sApp();
    new PlusConfigMap(new Cdk8sChart(theirs, 'shop'), 'settings', { data: { a: 'b' } });
    expect(Manifests.from(theirs).find('ConfigMap', { data: { a: 'b' } })).toHaveLength(1);
  });

  test('a set, objects, or one object', () => {
    const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } };
    for (const source of [ManifestSet.of([object]), [object], object as never])
      expect(names(Manifests.from(source).set)).toEqual(['Service a']);
  });

  test('a folder of YAML, whose objects know their lines', () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
    writeFileSync(join(folder, 'a.yaml'), 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n');
    const [found] = Manifests.from(folder);
    expect(found?.origin?.source).toMatch(/a\.yaml:1$/);
    rmSync(folder, { recursive: true });
    expect(messageOf(() => Manifests.from(folder))).toContain('no such file, or no YAML in the folder');
  });

  test('nothing else', () => {
    expect(messageOf(() => Manifests.from(new Map() as never))).toContain(
      'expected a source of manifests, got an instance of Map',
    );
  });
});

describe('find', () => {
  test('gives every object of a kind that is as asked', () => {
    expect(manifests.find('Deployment')).toHaveLength(3);
    expect(manifests.find('Deployment', { spec: { replicas: 3 } }).map(({ id }) => id.name)).toEqual([
      'shop-api',
    ]);
    expect(manifests.find('apps/v1/Deployment')).toHaveLength(3);
    expect(manifests.find('apps/v1beta1/Deployment')).toEqual([]);
  });

  test('gives nothing of a kind that there is none of, and refuses one that nobody knows', () => {
    expect(manifests.find('Job')).toEqual([]);
    expect(messageOf(() => manifests.find('Deploiment'))).toContain('Did you mean Deployment?');
    expect(messageOf(() => manifests.find(/Deployment/ as never))).toContain('expected a kind such as');
  });

  test('takes a custom kind that is named in full at its word', () => {
    expect(manifests.find('keda.sh/v1alpha1/ScaledObject')).toEqual([]);
    expect(messageOf(() => manifests.find('ScaledObject'))).toContain('Write a custom kind in full');
    expect(messageOf(() => manifests.find('networking.k8s.io/v1/Ingres'))).toContain('Did you mean Ingress?');
  });
});

describe('get', () => {
  test('gives the only one, by name or by what it is like', () => {
    expect(manifests.get('Deployment', 'shop-web').id.name).toBe('shop-web');
    expect(manifests.get('Deployment', { spec: { replicas: 3 } }).id.name).toBe('shop-api');
    expect(manifests.get('CronJob').id.name).toBe('shop-report');
  });

  test('names the near misses, or all that match', () => {
    expect(messageOf(() => manifests.get('Deployment', 'shop-wep'))).toContain('Did you mean shop-web?');
    expect(messageOf(() => manifests.get('Deployment'))).toContain(
      'Deployment shop/shop-api, Deployment shop/shop-web, Deployment shop/shop-worker',
    );
    expect(messageOf(() => manifests.get('CronJob', { spec: { schedule: '0 4 * * *' } }))).toMatch(
      />\s+schedule: 0 3 \* \* \*\s+← expected "0 4 \* \* \*"/,
    );
    expect(messageOf(() => manifests.get('Job'))).toContain('There is none of that kind.');
  });
});

test('countIs counts what is as asked', () => {
  manifests
    .countIs('Deployment', 3)
    .countIs('Deployment', 1, { spec: { replicas: 3 } })
    .countIs('Job', 0);
  expect(messageOf(() => manifests.countIs('CronJob', 2))).toBe(
    'expected 2 of CronJob, and there is 1: CronJob shop/shop-report',
  );
});

test('an assertion compares once, so that a capture has each value once', () => {
  const [name, again] = [match.capture(), match.capture()];
  manifests.hasResource('CronJob', { metadata: { name } });
  expect(hasResource(manifests, 'CronJob', { metadata: { name: again } }).pass).toBe(true);
  expect([name.values, again.values]).toEqual([['shop-report'], ['shop-report']]);
});

test('resourcesOf suggests an environment that there is', () => {
  expect(messageOf(() => manifests.resourcesOf('prodction'))).toContain('Did you mean production?');
});

test('references says what refers to what, and findings what check has to say', () => {
  expect(manifests.references().references.length).toBeGreaterThan(0);
  const broken = Manifests.from([{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: {} }]);
  expect(broken.findings().map(({ rule }) => rule)).toContain('admission/required');
});

test('hasResource is quick over ten thousand objects', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `settings-${index}` },
    data: { index: String(index) },
  }));
  const set = Manifests.from(ManifestSet.of(many));
  set.hasResource('ConfigMap', { data: { index: match.pattern(/^9999$/) } });
  expect(messageOf(() => set.hasResource('ConfigMap', { data: { index: '-1' } }))).toContain(
    'no ConfigMap of 10000',
  );
});
