import type { KubeObject } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { gitopsFiles } from '../gitops';
import { namespacesOf } from './namespaces';
import { forArgoCd } from './objects';

function job(name: string, spec: object, annotations: Record<string, string> = {}): KubeObject['metadata'] {
  const [manifest] = ManifestSet.of([
    { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, annotations }, spec },
  ]);
  if (manifest === undefined) throw new Error('no manifest');
  return forArgoCd(manifest, 0).metadata;
}

const HOOK = {
  'argocd.argoproj.io/hook': 'Sync',
  'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
};

it.each([
  ['with a fixed name, which could not be changed', 'load', {}, HOOK],
  [
    'that is deleted after a time, and would come again',
    'load-0123456789',
    { ttlSecondsAfterFinished: 60 },
    HOOK,
  ],
  ['with a hash in its name', 'load-0123456789', {}, {}],
])('makes a Job a hook of the sync where it has to be one: %s', (_, name, spec, expected) => {
  expect(job(name, spec).annotations).toEqual(expected);
});

it('leaves what the app says itself', () => {
  const own = { 'argocd.argoproj.io/hook': 'PostSync' };
  expect(job('load', {}, own).annotations).toEqual(own);
});

it('does not report a kept object whose manifest has gone', () => {
  const kept = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };
  expect(job('load-0123456789', {}, kept).annotations).toEqual({
    ...kept,
    'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  });
});

describe('the namespace of an Application', () => {
  const config = (name: string, namespace?: string): object => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
  });

  it.each([
    ['that of the most objects', [config('a', 'z'), config('b', 'z'), config('c', 'a')], 'z', ['a', 'z']],
    ['the first of several', [config('a', 'z'), config('b', 'a')], 'a', ['a', 'z']],
    ['default where an object says none', [config('a', 'z'), config('b')], 'default', ['default', 'z']],
    [
      'default where nothing is in one',
      [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'z' } }],
      'default',
      ['default'],
    ],
  ])('is %s', (_, objects, own, all) => {
    expect(namespacesOf(ManifestSet.of(objects).manifests)).toEqual({ own, all });
  });
});

describe('what Argo CD needs', () => {
  const { manifests } = ManifestSet.of([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } },
  ]);
  const files = (
    profiles: Record<string, object>,
    options: Record<string, string | boolean> = {},
    url?: string,
  ) =>
    gitopsFiles({
      deployments: Object.entries(profiles).map(([environment, profile]) => ({
        app: 'shop',
        environment,
        profile,
        manifests: manifests.map((each) => ({ ...each, origin: { environment, chart: 'shop' } })),
      })),
      targets: [{ name: 'argocd', options }],
      placement: {},
      repository: { path: 'dist', ...(url !== undefined && { url }) },
    });

  it('is an error where it is not known: the repository, and the cluster', async () => {
    await expect(files({ staging: {} })).rejects.toMatchObject({
      problems: [
        { code: 'CONFIG_INVALID', path: 'seaworthy.repository.url' },
        { code: 'CONFIG_INVALID', path: 'profile.argoCdCluster' },
      ],
    });
  });

  it.each([
    [{ hydrateTo: 'next' }, 'it needs the hydrator'],
    [{ hydrator: true, hydrateTo: 'environments/{environment}' }, 'this is the branch that is synced'],
    [{ hydrator: true, hydrateTo: 'next' }, 'each environment needs a branch of its own'],
  ])('is an error where the hydrator cannot push for a review: %j', async (options, message) => {
    const profiles = { staging: { argoCdCluster: 'a' }, production: { argoCdCluster: 'b' } };
    await expect(files(profiles, options, 'https://example.com/r.git')).rejects.toMatchObject({
      problems: [
        {
          code: 'CONFIG_INVALID',
          path: 'seaworthy.targets.argocd.hydrateTo',
          message: expect.stringContaining(message) as string,
        },
      ],
    });
  });

  it('is an error where an ApplicationSet cannot name its clusters alike', async () => {
    const profiles = { a: { argoCdCluster: 'staging' }, b: { argoCdCluster: 'https://10.0.0.1' } };
    await expect(
      files(profiles, { applicationSet: true }, 'https://example.com/r.git'),
    ).rejects.toMatchObject({
      problems: [{ code: 'CONFIG_INVALID', path: 'profile.argoCdCluster' }],
    });
    const { files: written } = await files(
      { a: { argoCdCluster: 'staging' }, b: { installed: ['argo-cd'] } },
      { applicationSet: true },
      'https://example.com/r.git',
    );
    expect(written.get('argocd/applications/shop.yaml')?.text).toContain('cluster: in-cluster\n');
  });

  it('pushes to a branch for a review where it is asked to', async () => {
    const options = { hydrator: true, hydrateTo: 'next/{environment}' };
    const one = await files({ staging: { argoCdCluster: 'a' } }, options, 'https://example.com/r.git');
    expect(one.files.get('argocd/applications/shop-staging.yaml')?.text).toContain(
      'hydrateTo:\n      targetBranch: next/staging\n',
    );
    const set = await files(
      { staging: { argoCdCluster: 'a' } },
      { ...options, applicationSet: true },
      'https://example.com/r.git',
    );
    expect(set.files.get('argocd/applications/shop.yaml')?.text).toContain(
      'targetBranch: next/{{.environment}}\n',
    );
  });
});
