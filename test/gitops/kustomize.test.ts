import { join } from 'node:path';
import { parse } from 'yaml';
import { identityKey, type Manifest } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { withPatches } from '../../lib/gitops/kustomize/built';
import { gitopsFiles } from '../../lib/gitops/gitops';
import { filesFor, set } from './shop';

/** The objects of a kustomization that is made of plain files, bases and patches. */
function manifestsOf(files: ReadonlyMap<string, string>, folder: string): readonly Manifest[] {
  const text = files.get(`${folder}/kustomization.yaml`) ?? '';
  const { resources } = parse(text) as { resources: string[] };
  const found = resources.flatMap((name) => {
    const path = join(folder, name);
    const content = files.get(path);
    return content === undefined ? manifestsOf(files, path) : ManifestSet.parse(content).manifests;
  });
  return withPatches(found, text, folder);
}

const byId = (objects: Iterable<unknown>): Map<string, unknown> =>
  new Map(
    [...ManifestSet.of([...objects])]
      .map(({ id, object }): [string, unknown] => [identityKey(id), object])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const synthesized = (environment: string) => byId([...set.in(environment)].map(({ object }) => object));

describe.each([[{ overlays: false }], [{ overlays: true }], [{ overlays: true, patches: true }]])(
  'kustomizations, with %j',
  (options) => {
    const files = filesFor({ targets: [{ name: 'kustomize', options }] });

    it.each(set.environments)('hold exactly the objects of %s', async (environment) => {
      const manifests = manifestsOf(await files, `kustomize/shop/${environment}`);
      expect(byId(manifests.map(({ object }) => object))).toEqual(synthesized(environment));
    });

    it('have a base only where objects are shared', async () => {
      const base = [...(await files).keys()].filter((path) => path.startsWith('kustomize/shop/base/'));
      expect(base.length > 1).toBe(options.overlays);
    });
  },
);

describe('a base with patches', () => {
  const workload = (replicas: number, image: string, more: object = {}): object => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', namespace: 'shop', labels: { app: 'api' } },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'api' } },
      template: {
        metadata: { labels: { app: 'api' } },
        spec: { containers: [{ name: 'api', image, ports: [{ containerPort: 8080 }], ...more }] },
      },
    },
  });

  const written = async (
    environments: Readonly<Record<string, object>>,
  ): Promise<ReadonlyMap<string, string>> => {
    const { files } = await gitopsFiles({
      deployments: Object.entries(environments).map(([environment, object]) => ({
        app: 'shop',
        environment,
        profile: {},
        manifests: ManifestSet.of([object].flat()).manifests.map((each) => ({
          ...each,
          origin: { environment, chart: 'shop' },
        })),
      })),
      targets: [{ name: 'kustomize', options: { overlays: true, patches: true } }],
      placement: {},
      repository: { path: '' },
    });
    return new Map([...files].map(([path, { text }]) => [path, text]));
  };

  it('has what most environments have, and patches of few fields for the others', async () => {
    const files = await written({
      a: workload(1, 'api:1'),
      b: workload(3, 'api:1'),
      c: workload(3, 'api:1'),
    });
    expect(files.get('kustomize/shop/base/shop.yaml')).toContain('replicas: 3\n');
    expect([...files.keys()].filter((path) => path.endsWith('/shop.yaml'))).toEqual([
      'kustomize/shop/base/shop.yaml',
    ]);
    const overlay = parse(files.get('kustomize/shop/a/kustomization.yaml') ?? '') as object;
    expect(overlay).toEqual({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['../base'],
      patches: [
        {
          target: { group: 'apps', version: 'v1', kind: 'Deployment', name: 'api', namespace: 'shop' },
          patch: '- op: replace\n  path: "/spec/replicas"\n  value: 1\n',
        },
      ],
    });
    expect(files.get('kustomize/shop/b/kustomization.yaml')).not.toContain('patches');
  });

  it.each([
    [
      'more than half differs',
      { env: Array.from({ length: 20 }, (_, index) => ({ name: `A${index}`, value: 'x' })) },
    ],
    ['Kustomize would drop what is null', { securityContext: { runAsUser: null } }],
  ])('leaves an object to the overlays where %s', async (_, more) => {
    const files = await written({ a: workload(1, 'api:1'), b: workload(1, 'api:1', more) });
    expect([...files.keys()].filter((path) => path.endsWith('/shop.yaml'))).toEqual([
      'kustomize/shop/a/shop.yaml',
      'kustomize/shop/b/shop.yaml',
    ]);
  });

  it('leaves an object without a namespace to the overlays where a patch would be for others, too', async () => {
    const other = { ...workload(1, 'api:1'), metadata: { name: 'api' } };
    const files = await written({
      a: [workload(1, 'api:1'), other],
      b: [workload(1, 'api:1'), { ...workload(2, 'api:1'), metadata: { name: 'api' } }],
    });
    const overlay = files.get('kustomize/shop/b/kustomization.yaml');
    expect([overlay?.includes('patches'), overlay?.includes('- shop.yaml')]).toEqual([false, true]);
  });

  it('needs overlays', async () => {
    const targets = [{ name: 'kustomize', options: { patches: true } }];
    await expect(filesFor({ targets })).rejects.toMatchObject({
      problems: [{ code: 'CONFIG_INVALID', path: 'seaworthy.targets.kustomize.patches' }],
    });
  });
});
