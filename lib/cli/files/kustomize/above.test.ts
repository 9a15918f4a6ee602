import { folderWith, removeFolders, seaworthy } from '../../../../test/cli/support/cli';

afterAll(removeFolders);

/** A part of a Deployment, which by itself lacks its selector. */
const PART = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 3 }\n';
const FINE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fine }\n';

interface Report {
  readonly findings: readonly { readonly rule: string }[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

async function check(
  kustomization: string,
  paths: readonly string[],
  files: Readonly<Record<string, string>> = {},
) {
  const folder = folderWith({
    '.git/HEAD': '',
    'apps/web/kustomization.yaml': kustomization,
    'apps/web/parts/size.yaml': PART,
    'apps/web/parts/fine.yaml': FINE,
    ...files,
  });
  const { stdout } = await seaworthy(folder, ['check', ...paths, '--output', 'json'], {});
  const { findings, skipped } = JSON.parse(stdout) as Report;
  return { errors: findings.filter(({ rule }) => rule === 'admission/required').length, skipped };
}

const SKIPPED = {
  file: 'apps/web/parts/size.yaml',
  reason: 'a patch of apps/web/kustomization.yaml; check what it builds: seaworthy check apps/web',
};
const REMOTE = 'resources:\n  - https://github.com/acme/web//deploy?ref=v1\n';

describe('a patch of a kustomization that was not asked for is skipped', () => {
  it.each([
    ['patches', 'patches: [{ path: parts/size.yaml }]\n'],
    ['patches by their paths alone', 'patches: [parts/size.yaml]\n'],
    ['strategic merge patches', 'patchesStrategicMerge: [parts/size.yaml]\n'],
    [
      'JSON patches',
      'patchesJson6902: [{ target: { kind: Deployment, name: web }, path: parts/size.yaml }]\n',
    ],
    [
      'those of a component',
      'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{ path: parts/size.yaml }]\n',
    ],
    [
      'those of a kustomization that nobody here can build',
      `${REMOTE}patches: [{ path: parts/size.yaml }]\n`,
    ],
  ])('%s', async (_title, kustomization) => {
    expect(await check(kustomization, ['apps/web/parts'])).toEqual({ errors: 0, skipped: [SKIPPED] });
  });

  it('if it is named itself', async () => {
    const kustomization = 'patches: [{ path: parts/size.yaml }]\n';
    const paths = ['apps/web/parts/size.yaml', 'apps/web/parts/fine.yaml'];
    expect(await check(kustomization, paths)).toEqual({ errors: 0, skipped: [SKIPPED] });
  });
});

describe('a file that is no such patch is judged', () => {
  it.each([
    ['a resource', 'resources: [parts/size.yaml]\n'],
    ['of no kustomization', 'resources: [other.yaml]\n'],
    ['under a broken one', 'patches: [{ path: parts/size.yaml }\n'],
  ])('%s', async (_title, kustomization) => {
    const { errors, skipped } = await check(kustomization, ['apps/web/parts']);
    expect(errors).toBeGreaterThan(0);
    expect(skipped).toEqual([]);
  });

  it('outside of the repository', async () => {
    const kustomization = 'patches: [{ path: parts/size.yaml }]\n';
    const { errors } = await check(kustomization, ['apps/web/parts'], { 'apps/web/parts/.git/HEAD': '' });
    expect(errors).toBeGreaterThan(0);
  });
});
