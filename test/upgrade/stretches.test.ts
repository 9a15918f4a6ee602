import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManifestSet } from '../../lib';
import { gatesOf } from '../../lib/kube/feature-gates';
import { releases } from '../../lib/kube/schema';
import { withStretch } from '../../lib/kube/stretch';
import { object } from '../../scripts/hostile/generate/objects';
import { Random } from '../../scripts/hostile/random';
import { examinationsOf, wrongStretches } from './stretches';
import { effort } from '../effort';

const ROOT = join(__dirname, '../..');

/** 5,000 take ten minutes. */
const RANDOM = Number(process.env['SEAWORTHY_PROPERTY_RUNS'] ?? 25);
const SEED = Number(process.env['SEAWORTHY_PROPERTY_SEED'] ?? 16);

/** One object alone, as a set; nothing for what no set takes. */
function alone(value: unknown): ManifestSet[] {
  try {
    return [ManifestSet.of([value])];
  } catch {
    return [];
  }
}

/** An object of each kind of an app, or of the first ones. */
function kindsOf(folder: string): ManifestSet {
  const path = join(ROOT, 'dist', folder);
  const files = readdirSync(path).filter((name) => name.endsWith('.yaml'));
  const set = ManifestSet.parse(files.map((name) => readFileSync(join(path, name), 'utf8')).join('\n---\n'));
  const byKind = new Map(set.manifests.map((manifest) => [manifest.id.kind, manifest.object]));
  return ManifestSet.of([...byKind.values()].slice(0, effort(10, byKind.size)));
}

it('takes over no verdict on the kinds of an app that another release would not give', () => {
  expect(wrongStretches(kindsOf('shop/production'))).toEqual([]);
});

it('takes over no verdict on random objects of every kind, and manifests with changes', () => {
  const sets = Array.from({ length: RANDOM }, (_, index) => {
    const random = new Random(SEED, index);
    return alone(object(random, random.pick(releases)));
  }).flat();
  expect(sets.length).toBeGreaterThan(RANDOM / 2);
  expect(sets.flatMap(wrongStretches)).toEqual([]);
});

it('examines an object once where no release on the way asks for more', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: 'b' } };
  expect(examinationsOf(ManifestSet.of([object]))).toEqual([1]);
});

it('examines an object again where a gate that it asks for opens', () => {
  const spec = { hostUsers: false, containers: [{ name: 'a', image: 'a:1' }] };
  const { stretch } = withStretch('1.31', () => gatesOf('1.31').isOn('UserNamespacesSupport'));
  expect(stretch).toEqual([-Infinity, 32]);
  const pods = [{}, spec].map((more, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p-${index}` },
    spec: { containers: spec.containers, ...more },
  }));
  const [plain = 0, gated = 0] = examinationsOf(ManifestSet.of(pods));
  expect(gated).toBeGreaterThan(plain);
});

it('asks for a gate that the cluster sets where it can be set, and for one that a patch turned', () => {
  const settings = { UserNamespacesSupport: true };
  const set = (): boolean => gatesOf('1.31', settings).isOn('UserNamespacesSupport');
  expect(withStretch('1.31', set).stretch).toEqual([28, 32]);
  const turned = gatesOf('1.35.2');
  expect(withStretch('1.35', () => turned.isOn('MaxUnavailableStatefulSet')).stretch).toEqual([35, 35]);
});
