import type { Document, Scalar } from 'yaml';
import { parseAllDocuments, visit } from 'yaml';
import type { KubeObject } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { gitopsFiles } from '../gitops';

const DIGEST = `sha256:${'a'.repeat(64)}`;

function workload(
  kind: string,
  name: string,
  images: readonly string[],
  init: readonly string[] = [],
): KubeObject {
  const container = (image: string, index: number): object => ({
    name: `c${index}`,
    image,
    // Lines that look like those of images.
    args: [`image: ${image}`, `x\n  image: ${image}\n`, 'a:1.0.0.seaworthy-marker-0'],
  });
  const pod = { spec: { containers: images.map(container), initContainers: init.map(container) } };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template: pod } } } : { template: pod };
  const apiVersion = /Job$/.test(kind) ? 'batch/v1' : 'apps/v1';
  return { apiVersion, kind, metadata: { name, namespace: 'shop' }, spec };
}

async function written(
  objects: readonly KubeObject[],
  options: Record<string, string> = { imageUpdates: 'minor' },
  installed: object = ['flux'],
) {
  const origin = { environment: 'production', chart: 'shop' };
  const { files } = await gitopsFiles({
    deployments: [
      {
        app: 'shop',
        environment: 'production',
        profile: { installed },
        manifests: ManifestSet.of(objects).manifests.map((each) => ({ ...each, origin })),
      },
    ],
    targets: [{ name: 'flux', options }],
    placement: {},
    repository: { path: 'dist', url: 'https://github.com/acme/shop.git' },
  });
  const text = (path: string): string => files.get(path)?.text ?? '';
  const cluster = ManifestSet.parse(text('flux/clusters/production/shop.yaml')).manifests.map(
    ({ object }) => object,
  );
  return { manifests: text('flux/shop/production/shop.yaml'), cluster };
}

/** Sets each marked value to what `latest` says of its policy, as the setters of Flux do. */
function set(text: string, latest: (policy: string) => string): string {
  const documents = parseAllDocuments(text) as Document[];
  for (const document of documents) {
    visit(document, {
      Scalar(_, node: Scalar) {
        const marker = /^ (\{"\$imagepolicy": .*\})$/.exec(node.comment ?? '')?.[1];
        if (marker !== undefined)
          node.value = latest((JSON.parse(marker) as Record<string, string>)['$imagepolicy'] ?? '');
      },
    });
  }
  return documents.map(String).join('---\n');
}

const objects = [
  workload(
    'Deployment',
    'api',
    ['ghcr.io/acme/api:1.4.2', `ghcr.io/acme/side:v2.0.1@${DIGEST}`],
    ['ghcr.io/acme/api:1.4.2'],
  ),
  workload('CronJob', 'night', ['ghcr.io/acme/api:1.4.2']),
  workload('Job', 'load', ['ghcr.io/acme/api:1.4.2']),
  workload('StatefulSet', 'db', ['postgres:16.4', 'other/api:3.1.0']),
];

it('marks the lines of images and no others, so that the setters of Flux change those', async () => {
  const { manifests } = await written(objects);
  const seen = new Set<string>();
  const changed = set(manifests, (policy) => {
    seen.add(policy);
    return `new/${policy.split(':')[1]}:9.9.9`;
  });
  expect([...seen]).toEqual([
    'flux-system:shop-production-api',
    'flux-system:shop-production-side',
    'flux-system:shop-production-api-2',
  ]);
  const images = (text: string): string[][] =>
    ManifestSet.parse(text).manifests.map(({ object }) =>
      [...JSON.stringify(object).matchAll(/"image":"([^"]*)"/g)].map(([, each = '']) => each),
    );
  expect(images(changed)).toEqual([
    ['new/shop-production-api:9.9.9', 'new/shop-production-side:9.9.9', 'new/shop-production-api:9.9.9'],
    ['new/shop-production-api:9.9.9'],
    ['ghcr.io/acme/api:1.4.2'],
    ['postgres:16.4', 'new/shop-production-api-2:9.9.9'],
  ]);
  const plain = (text: string): string =>
    JSON.stringify(ManifestSet.parse(text).manifests.map(({ object }) => object)).replace(
      /"image":"[^"]*"/g,
      '',
    );
  expect(plain(changed)).toBe(plain(manifests));
});

it('leaves the manifests as they are without the option', async () => {
  const { manifests, cluster } = await written(objects, {});
  expect(manifests).not.toContain('$imagepolicy');
  expect(cluster.map(({ kind }) => kind)).toEqual(['GitRepository', 'Kustomization']);
});

it.each([
  ['patch', '~1.4.2'],
  ['minor', '^1.4.2'],
  ['major', '>=1.4.2'],
])('goes as far as it is told: %s', async (imageUpdates, range) => {
  const { cluster } = await written(objects.slice(0, 1), { imageUpdates });
  const policies = cluster.filter(({ kind }) => kind === 'ImagePolicy');
  expect(policies[0]).toMatchObject({
    metadata: { name: 'shop-production-api', namespace: 'flux-system' },
    spec: { imageRepositoryRef: { name: 'shop-production-api' }, policy: { semver: { range } } },
  });
  expect(policies[1]?.['spec']).toMatchObject({ digestReflectionPolicy: 'IfNotPresent' });
});

it('scans each image once, and commits to a branch of its own', async () => {
  const { cluster } = await written([
    workload('Deployment', 'a', ['ghcr.io/acme/api:1.4.2']),
    workload('Deployment', 'b', ['ghcr.io/acme/api:2.0.0']),
  ]);
  const of = (wanted: string): KubeObject[] => cluster.filter(({ kind }) => kind === wanted);
  expect(of('ImageRepository').map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
    ['shop-production-api', { image: 'ghcr.io/acme/api', interval: '10m' }],
  ]);
  expect(
    of('ImagePolicy').map(({ spec }) => (spec as { imageRepositoryRef: object }).imageRepositoryRef),
  ).toEqual([{ name: 'shop-production-api' }, { name: 'shop-production-api' }]);
  expect(of('ImageUpdateAutomation')[0]?.['spec']).toMatchObject({
    sourceRef: { kind: 'GitRepository', name: 'shop-production' },
    git: { push: { branch: 'flux-image-updates-shop-production' } },
    update: { path: './dist/flux/shop/production' },
  });
});

it('uses the version of the API that the release of Flux has', async () => {
  const { cluster } = await written(objects, { imageUpdates: 'patch' }, { flux: '2.6' });
  expect(cluster.at(-1)?.apiVersion).toBe('image.toolkit.fluxcd.io/v1beta2');
});

it('needs a git repository', async () => {
  const options = { imageUpdates: 'patch', source: 'oci' };
  await expect(written(objects, options)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
