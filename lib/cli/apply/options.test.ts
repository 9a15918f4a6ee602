import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '../cluster/manifests';
import type { Context } from '../terminal/context';
import { limitsOf, readLimit } from './limits';
import { applicationName } from './name';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-name-'));
writeFileSync(join(folder, 'cdk8s.yaml'), 'app: node main.js\n');
writeFileSync(join(folder, 'package.json'), '{"name":"@acme/Shop"}');
afterAll(() => rmSync(folder, { recursive: true }));

const named = (paths: readonly string[], flags: object, place: string): string | undefined =>
  applicationName(paths, flags, { place } as Source, { io: { cwd: folder } } as Context);

test.each([
  ['', 'acme-shop'],
  ['production', 'acme-shop-production'],
  ['shop/production', 'acme-shop-shop-production'],
  ['acme-shop/eu_1', 'acme-shop-eu-1'],
  ['x'.repeat(60), `acme-shop-${'x'.repeat(43)}`],
])('an application is called by its project, App and environment: %j', (place, name) => {
  expect(named([], {}, place)).toBe(name);
});

test('a name that is given counts; files need one, unless nothing is pruned', () => {
  expect(named([], { name: 'mine' }, 'production')).toBe('mine');
  expect(named(['deploy/'], { name: 'mine' }, '')).toBe('mine');
  expect(named(['deploy/'], { prune: false }, '')).toBeUndefined();
  expect(() => named(['deploy/'], {}, '')).toThrow(/files have no name/);
});

test('times are read with their units, for all objects or for one', () => {
  const limits = ['90', '5m', 'Deployment/web=1.5h', 'Job/load=30s'].map(readLimit);
  expect(limitsOf(limits)).toEqual({
    timeout: 300_000,
    timeouts: { 'Deployment/web': 5_400_000, 'Job/load': 30_000 },
  });
  for (const text of ['', 'soon', '0', '5d', '=5m', 'Deployment/web='])
    expect(() => readLimit(text)).toThrow();
});
