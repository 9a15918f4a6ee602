import { admit } from '../../index';
import type { HelmRelease } from '../../manifest/helm-release';
import type { KubeObject, Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { gitopsFiles } from '../gitops';

const cache: HelmRelease = {
  name: 'cache',
  namespace: 'shop',
  chart: 'redis',
  repository: 'https://charts.example',
  version: '1.2.3',
  values: { replicas: 3, auth: { existingSecret: 'cache-login' } },
  crds: 'CreateReplace',
};

const registry: HelmRelease = {
  ...{ name: 'queue', namespace: 'shop', chart: 'rabbit', repository: 'oci://ghcr.io/acme/charts' },
  ...{ version: '2.0.0+build.1', crds: 'Skip', repositorySecret: 'charts-login', after: ['shop/cache'] },
};

const deployment = (name: string, replicas = 1): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: { replicas },
});

const definition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'caches.acme.example' },
  spec: {
    group: 'acme.example',
    names: { kind: 'Cache', plural: 'caches' },
    scope: 'Namespaced',
    versions: [],
  },
};

const custom: KubeObject = {
  apiVersion: 'acme.example/v1',
  kind: 'Cache',
  metadata: { name: 'own', namespace: 'shop' },
};

type Part = Pick<Manifest, 'release' | 'charted' | 'stage' | 'suppressions'>;

function manifest(object: KubeObject, about: Part = {}): Manifest {
  const [found] = ManifestSet.of([object]).manifests;
  if (found === undefined) throw new Error('no object');
  return { ...found, origin: { environment: 'production', chart: 'shop', source: 'shop.ts:7' }, ...about };
}

/** The objects that are written, by file, of those below `flux/shop/production/`. */
async function written(manifests: readonly Manifest[], options = { helmReleases: true }) {
  const { files } = await gitopsFiles({
    deployments: [{ app: 'shop', environment: 'production', profile: { installed: ['flux'] }, manifests }],
    targets: [{ name: 'flux', options }],
    placement: {},
    repository: { path: 'dist', url: 'https://github.com/acme/shop.git' },
  });
  const objects = (text: string): KubeObject[] =>
    ManifestSet.parse(text).manifests.map(({ object }) => object);
  return new Map(
    [...files].flatMap(([path, { text }]) => (/\.yaml$/.test(path) ? [[path, objects(text)] as const] : [])),
  );
}

const CLUSTER = 'flux/clusters/production/shop.yaml';
const inWave = (wave: number): string => `flux/shop/production/wave-${wave}/shop.yaml`;

it('writes a HelmRelease and its repository, and what it renders in a folder that Flux does not read', async () => {
  const files = await written([
    manifest(deployment('api')),
    manifest(deployment('cache'), { release: cache }),
    manifest(deployment('cache-2'), { release: cache }),
  ]);
  expect([...files.keys()].sort()).toEqual(
    [CLUSTER, 'flux/shop/production/rendered/shop-production-cache.yaml', inWave(0)].sort(),
  );
  expect(files.get(inWave(0))).toEqual([
    deployment('api'),
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: { name: 'shop-production-cache', namespace: 'flux-system' },
      spec: { interval: '10m', url: 'https://charts.example' },
    },
    {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: 'shop-production-cache', namespace: 'flux-system' },
      spec: {
        chart: {
          spec: {
            chart: 'redis',
            sourceRef: { kind: 'HelmRepository', name: 'shop-production-cache' },
            version: '1.2.3',
          },
        },
        install: { crds: 'CreateReplace', remediation: { retries: 3 } },
        interval: '10m',
        releaseName: 'cache',
        storageNamespace: 'shop',
        targetNamespace: 'shop',
        upgrade: { crds: 'CreateReplace', remediation: { retries: 3 } },
        values: cache.values,
      },
    },
  ]);
  expect(files.get('flux/shop/production/rendered/shop-production-cache.yaml')).toEqual([
    deployment('cache'),
    deployment('cache-2'),
  ]);
  const [, kustomization] = files.get(CLUSTER) ?? [];
  expect(kustomization?.['spec']).toMatchObject({
    path: './dist/flux/shop/production/wave-0',
    healthChecks: [
      { name: 'api' },
      { kind: 'HelmRelease', name: 'shop-production-cache', namespace: 'flux-system' },
    ],
  });
});

it('takes a chart from a registry, after the release that it depends on', async () => {
  const files = await written([
    manifest(deployment('cache'), { release: cache }),
    manifest(deployment('queue'), { release: registry, stage: 1 }),
  ]);
  expect(files.get(inWave(1))).toMatchObject([
    {
      kind: 'OCIRepository',
      spec: {
        url: 'oci://ghcr.io/acme/charts/rabbit',
        ref: { tag: '2.0.0_build.1' },
        layerSelector: { operation: 'copy' },
        secretRef: { name: 'charts-login' },
      },
    },
    {
      kind: 'HelmRelease',
      spec: {
        chartRef: { kind: 'OCIRepository', name: 'shop-production-queue' },
        dependsOn: [{ name: 'shop-production-cache' }],
        install: { crds: 'Skip' },
      },
    },
  ]);
});

it('has what admission of the definitions of Flux takes', async () => {
  const files = await written([
    manifest(deployment('cache', 2), { release: cache, charted: deployment('cache') }),
    manifest(deployment('queue'), { release: registry, stage: 1 }),
  ]);
  const own = [...files.values()].flat().filter(({ apiVersion }) => apiVersion.includes('fluxcd.io/'));
  expect(own.map(({ kind }) => kind).sort()).toEqual([
    ...['GitRepository', 'HelmRelease', 'HelmRelease', 'HelmRepository'],
    ...['Kustomization', 'Kustomization', 'OCIRepository'],
  ]);
  expect(own.flatMap((object) => admit(object))).toEqual([]);
});

it('shares a repository among releases, and brings it with the first', async () => {
  const other = { ...cache, name: 'sessions' };
  const files = await written([
    manifest(deployment('sessions'), { release: other, stage: 1 }),
    manifest(deployment('cache'), { release: cache }),
  ]);
  expect(files.get(inWave(0))?.map(({ kind }) => kind)).toEqual(['HelmRepository', 'HelmRelease']);
  expect(files.get(inWave(1))).toMatchObject([
    { kind: 'HelmRelease', spec: { chart: { spec: { sourceRef: { name: 'shop-production-cache' } } } } },
  ]);
});

it('patches what the app has changed since the chart was rendered', async () => {
  const files = await written([
    manifest(deployment('cache', 2), { release: cache, charted: deployment('cache') }),
  ]);
  const release = files.get(inWave(0))?.find(({ kind }) => kind === 'HelmRelease');
  expect(release?.['spec']).toMatchObject({
    postRenderers: [
      {
        kustomize: {
          patches: [
            {
              target: { group: 'apps', version: 'v1', kind: 'Deployment', name: 'cache' },
              patch: '[{"op":"replace","path":"/spec/replicas","value":2}]',
            },
          ],
        },
      },
    ],
  });
});

it('applies objects of kinds that a chart defines after it', async () => {
  const files = await written([
    manifest(definition, { release: cache }),
    manifest(custom),
    manifest(deployment('api')),
  ]);
  expect(files.get(inWave(0))?.map(({ kind }) => kind)).toEqual([
    'HelmRepository',
    'HelmRelease',
    'Deployment',
  ]);
  expect(files.get(inWave(1))).toEqual([custom]);
});

it('writes the objects without the option, and those of charts from a folder', async () => {
  const { repository: _, ...local } = cache;
  const objects = [manifest(deployment('cache'), { release: local })];
  for (const files of [
    await written(objects),
    await written([manifest(deployment('cache'), { release: cache })], { helmReleases: false }),
  ])
    expect(files.get('flux/shop/production/shop.yaml')).toEqual([deployment('cache')]);
});

const secret = { ...cache, values: { auth: { users: [{ password: 'hunter2-4711' }] } } };

it('refuses secrets in values, with the line of the chart', async () => {
  await expect(written([manifest(deployment('cache'), { release: secret })])).rejects.toMatchObject({
    problems: [{ code: 'LITERAL_SECRET', path: 'values.auth.users[0].password', source: 'shop.ts:7' }],
  });
});

it('takes them where the code accepts it', async () => {
  const suppressions = [
    { rule: 'policy/literal-secret', reason: 'for demos', construct: 'production/shop/cache' },
  ];
  const files = await written([manifest(deployment('cache'), { release: secret, suppressions })]);
  expect(files.get(inWave(0))).toHaveLength(2);
});

it('refuses a change of a definition, which Helm does not patch', async () => {
  const charted = { ...definition, spec: {} };
  await expect(written([manifest(definition, { release: cache, charted })])).rejects.toMatchObject({
    problems: [{ code: 'CONFIG_INVALID', place: 'CustomResourceDefinition caches.acme.example' }],
  });
});
