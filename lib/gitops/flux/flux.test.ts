import { ManifestSet } from '../../manifest/set';
import { gitopsFiles } from '../gitops';

const { manifests } = ManifestSet.of([
  { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'load', namespace: 'shop' }, spec: {} },
]);

async function texts(profile: object, url?: string, options: Record<string, string> = {}) {
  const origin = { environment: 'production', chart: 'shop' };
  const { files } = await gitopsFiles({
    deployments: [
      {
        app: 'shop',
        environment: 'production',
        profile,
        manifests: manifests.map((each) => ({ ...each, origin })),
      },
    ],
    targets: [{ name: 'flux', options }],
    placement: {},
    repository: { path: 'dist', ...(url !== undefined && { url }) },
  });
  return (path: string): string => files.get(path)?.text ?? '';
}

it('writes a source and a Kustomization that waits for its workloads, and replaces Jobs with fixed names', async () => {
  const text = await texts({ installed: ['flux'] }, 'https://github.com/acme/shop.git');
  const cluster = text('flux/clusters/production/shop.yaml');
  expect(cluster).toContain('kind: GitRepository\n');
  expect(cluster).toContain('  path: ./dist/flux/shop/production\n');
  expect(cluster).toContain('  prune: true\n');
  expect(cluster).toMatch(/healthChecks:\n {4}- apiVersion: batch\/v1\n {6}kind: Job\n/);
  expect(text('flux/shop/production/shop.yaml')).toContain('kustomize.toolkit.fluxcd.io/force: enabled\n');
});

it('takes an artifact from the output on', async () => {
  const text = await texts({ installed: ['flux'] }, 'oci://ghcr.io/acme/shop', { source: 'oci' });
  const cluster = text('flux/clusters/production/shop.yaml');
  expect(cluster).toContain('kind: OCIRepository\n');
  expect(cluster).toContain('  path: ./flux/shop/production\n');
});

it.each([
  ['no Flux in the profile', {}, 'https://github.com/acme/shop.git', 'profile.installed'],
  ['no repository', { installed: ['flux'] }, undefined, 'seaworthy.repository.url'],
  [
    'an address that Flux cannot read',
    { installed: ['flux'] },
    'git@github.com:acme/shop.git',
    'seaworthy.repository.url',
  ],
])('is an error with %s', async (_, profile, url, path) => {
  await expect(texts(profile, url)).rejects.toMatchObject({ problems: [{ code: 'CONFIG_INVALID', path }] });
});
