import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { binary } from '../../bench/binaries';
import { gitopsFiles } from '../../lib/gitops/gitops';
import { identityKey, type KubeObject, type Manifest } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { filesFor, set } from './shop';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-kustomize-'));
afterAll(() => rmSync(folder, { recursive: true }));

const byId = (objects: Iterable<unknown>): Record<string, unknown> =>
  Object.fromEntries([...ManifestSet.of([...objects])].map(({ id, object }) => [identityKey(id), object]));

/** What the real kubectl builds of a folder. */
function built(top: string, path: string): Record<string, unknown> {
  const text = execFileSync(binary('kubectl'), ['kustomize', join(folder, top, path)], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return byId([...ManifestSet.parse(text)].map(({ object }) => object));
}

function write(top: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, top, path)), { recursive: true });
    writeFileSync(join(folder, top, path), text);
  }
}

describe.each([
  ['plain', {}],
  ['overlays', { overlays: true }],
  ['patches', { overlays: true, patches: true }],
])('kubectl kustomize, of the shop: %s', (name, options) => {
  beforeAll(async () => write(name, await filesFor({ targets: [{ name: 'kustomize', options }] })));

  it.each(set.environments)('gives back exactly the objects of %s', (environment) => {
    expect(built(name, `kustomize/shop/${environment}`)).toEqual(
      byId([...set.in(environment)].map(({ object }) => object)),
    );
  });
});

/** Contents that a patch, a name in a selector, or YAML could take for something else. */
const DATA: readonly Readonly<Record<string, string>>[] = [
  { same: 'x' },
  { same: 'y', 'a.b_c': '---\n' },
  { same: '', more: 'true' },
  { same: '1e6', 'a.b_c': '{{ x }}\n\n' },
];

it('gives back exactly what patches are made for, of names that differ in what a pattern takes for any letter', async () => {
  const filler = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key-${index}`, 'value']));
  const names = ['a.b', 'a-b', 'axb'];
  const objectsOf = (index: number): KubeObject[] =>
    names.flatMap((name, at) => [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace: 'shop' },
        data: { ...filler, ...DATA[(index + at) % DATA.length] },
      },
      {
        apiVersion: 'example.com/v1',
        kind: 'Thing',
        metadata: { name, namespace: 'shop', annotations: { 'example.com/a~b': `${index}` } },
        spec: {
          ...filler,
          list: [{ n: index }, { n: 1 }],
          empty: {},
          none: [],
          big: 9007199254740991,
          part: 0.5 + at,
        },
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: `system:${name}`, labels: { ...filler, at: `${index}` } },
        rules: [],
      },
    ]);
  const environments = DATA.map((_, index) => `env-${index}`);
  const { files } = await gitopsFiles({
    deployments: environments.map((environment, index) => ({
      app: 'shop',
      environment,
      profile: {},
      manifests: ManifestSet.of(objectsOf(index)).manifests.map((each): Manifest => ({
        ...each,
        origin: { environment, chart: 'shop' },
      })),
    })),
    targets: [{ name: 'kustomize', options: { overlays: true, patches: true } }],
    placement: {},
    repository: { path: '' },
  });
  const texts = new Map([...files].map(([path, { text }]) => [path, text]));
  expect([...texts.keys()].filter((path) => path.endsWith('/shop.yaml'))).toEqual([
    'kustomize/shop/base/shop.yaml',
  ]);
  write('names', texts);
  for (const [index, environment] of environments.entries())
    expect(built('names', `kustomize/shop/${environment}`)).toEqual(byId(objectsOf(index)));
});
