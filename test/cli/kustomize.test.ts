import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

/** Prints what is in `.built` of the folder, and notes that it was called; like kubectl, it fails where that is not. */
const KUBECTL = `#!/bin/sh
[ "$1" = kustomize ] || exit 7
echo "$2 $HTTPS_PROXY $GIT_ALLOW_PROTOCOL" >> "$CALLS"
[ -e "$2/.built" ] || { echo "error: no matches for Id Deployment.v1.apps/web.[noNs]; failed to find unique target for patch {a: b}" >&2; exit 1; }
cat "$2/.built"
`;

const deployment = (name: string, namespace: string, replicas: number) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "web:1", envFrom: [{configMapRef: {name: settings}}]}]
`;
const SETTINGS = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\n';

interface Report {
  readonly summary: { readonly objects: number; readonly errors: number };
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
    readonly environment?: string;
    readonly source?: { readonly file: string; readonly line: number };
  }[];
}

async function check(files: Readonly<Record<string, string>>, ...argv: string[]) {
  const isRepository = !argv.includes('--without-repository');
  const folder = folderWith({ ...files, ...(isRepository && { '.git/HEAD': '' }) });
  const programs = folderWith({ kubectl: KUBECTL });
  chmodSync(join(programs, 'kubectl'), 0o755);
  const calls = join(programs, 'calls');
  const PATH = argv.includes('--without-kubectl') ? '/nowhere' : `${programs}:/usr/bin:/bin`;
  const args = argv.filter((arg) => !arg.startsWith('--without-'));
  const answer = await seaworthy(folder, ['check', '.', '--output', 'json', ...args], {
    env: { PATH, CALLS: calls, HTTPS_PROXY: 'http://proxy.example' },
  });
  return {
    ...answer,
    report: (answer.stdout === '' ? {} : JSON.parse(answer.stdout)) as Report,
    calls: existsSync(calls)
      ? readFileSync(calls, 'utf8').replaceAll(`${folder}/`, '').trim().split('\n')
      : [],
  };
}

const BASE = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': deployment('web', 'x', -1),
  'base/unused-patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n',
};

describe('a folder with kustomizations', () => {
  it('is judged as kubectl builds it: what no other builds on, at the lines of the originals', async () => {
    const { report, calls, stderr } = await check({
      ...BASE,
      'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: p-\npatches: [{path: more.yaml}]\n',
      'prod/more.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: -1}\n',
      'prod/.built': `${SETTINGS.replace('settings', 'settings-abc')}---\n${deployment('p-web', 'shop', -1).replace('name: settings', 'name: settings-abc')}`,
    });
    expect(calls).toEqual(['prod http://127.0.0.1:9 none']);
    expect(report.summary).toMatchObject({ objects: 2, errors: 1 });
    expect(report.findings.find(({ severity }) => severity === 'error')).toMatchObject({
      rule: 'admission/invalid',
      source: { file: 'base/web.yaml', line: 5 },
    });
    // What is generated has no original.
    expect(report.findings.find(({ rule }) => rule === 'wiring/namespace-missing')?.source).toEqual({
      file: 'prod/kustomization.yaml',
      line: 1,
    });
    expect(stderr).toBe('Skipped 1 patch (--verbose lists them)\n');
  });

  it('has its lines by what is in lists, whatever patches put before it, and those of patches', async () => {
    const base = deployment('web', 'shop', 1)
      .replace(
        /containers: .*/,
        'containers:\n      - name: web\n        image: web:1\n        ports:\n        - name: http\n          containerPort: 99999\n',
      )
      .trim();
    const patch = `${base.split('template:')[0]?.replace('replicas: 1', 'replicas: -7') ?? ''}template:\n    spec:\n      containers:\n      - {name: first, image: ":"}\n`;
    const built = base
      .replace('containers:\n', 'containers:\n      - {name: first, image: ":"}\n')
      .replace('replicas: 1', 'replicas: -7');
    const { report } = await check({
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': `${base}\n`,
      'prod/kustomization.yaml': 'resources: [../base]\npatches: [{path: more.yaml}]\n',
      'prod/more.yaml': patch,
      'prod/.built': `${built}\n`,
    });
    const errors = report.findings.filter(({ severity }) => severity === 'error');
    const places = errors.map(({ source }) => `${source?.file ?? ''}:${source?.line ?? 0}`);
    const lineIn = (text: string, part: string): number =>
      text.slice(0, text.indexOf(part)).split('\n').length;
    expect(places.sort()).toEqual([
      `base/web.yaml:${lineIn(base, 'containerPort')}`,
      `prod/more.yaml:${lineIn(patch, 'image: ":"')}`,
      `prod/more.yaml:${lineIn(patch, '-7')}`,
    ]);
  });

  it('has no duplicates between overlays, and each may refer to what no overlay has', async () => {
    const overlay = (name: string) => ({
      [`${name}/kustomization.yaml`]: 'resources: [../base]\n',
      [`${name}/.built`]: deployment('web', 'shop', 2),
    });
    const { report } = await check(
      {
        ...BASE,
        ...overlay('prod'),
        ...overlay('staging'),
        'common/kustomization.yaml': 'resources: [settings.yaml]\n',
        'common/settings.yaml': SETTINGS,
        'common/.built': SETTINGS,
        'namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
      },
      '--severity',
      'error',
    );
    expect(report.summary).toMatchObject({ objects: 4, errors: 0 });
    const twice = await check({
      'a/kustomization.yaml': 'resources: []\n',
      'a/.built': `${SETTINGS}---\n${SETTINGS}`,
    });
    expect(twice.report.findings.map(({ rule }) => rule)).toContain('wiring/duplicate-identity');
  });

  it.each([
    ['over the network', 'resources: ["https://a.example/b.yaml"]\n', 'files of another machine'],
    ['from a repository', 'resources:\n- github.com/a/b//deploy?ref=v1\n', 'files of another machine'],
    ['from a host', 'resources: [a@b.example:c]\n', 'files of another machine'],
    ['for a patch', 'patches: [{path: "http://a.example/b.yaml"}]\n', 'files of another machine'],
    [
      'for a generator',
      'configMapGenerator: [{name: a, files: ["b=https://a.example/b"]}]\n',
      'another machine',
    ],
    [
      'for a generator in YAML',
      'generators:\n- |\n  apiVersion: builtin\n  kind: ConfigMapGenerator\n  files: [a=http://a.example/b]\n',
      'another machine',
    ],
    ['outside of the repository', 'resources: [../../..]\n', 'leads out of'],
    ['from Helm', 'helmCharts: [{name: a}]\n', 'need --enable-helm'],
    ['that is not in the repository', 'secretGenerator: [{name: a, envs: [.env.prod]}]\n', 'needs .env.prod'],
  ])('is not built where it needs something %s', async (_, text, reason) => {
    const own = { 'a/.built': SETTINGS, 'b.yaml': SETTINGS };
    const direct = await check({ ...own, 'a/kustomization.yaml': text }, '--verbose');
    const below = await check(
      { ...own, 'a/kustomization.yaml': 'resources: [../c/d]\n', 'c/d/kustomization.yml': text },
      '--verbose',
    );
    for (const { calls, stderr, code } of [direct, below]) {
      expect(calls).toEqual([]);
      expect(stderr).toContain('skipped a/kustomization.yaml: a kustomization');
      expect(stderr).toContain(reason);
      expect(stderr).toContain('kubectl kustomize a | seaworthy check -');
      expect(code).toBe(0);
    }
  });

  it('is built from all of the named folder where that is in no repository, such as an unpacked archive', async () => {
    const inside = await check(
      {
        'base/kustomization.yaml': 'resources: [settings.yaml]\n',
        'base/settings.yaml': SETTINGS,
        'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
        'overlays/prod/.built': SETTINGS,
      },
      '--without-repository',
    );
    expect(inside.calls).toEqual(['overlays/prod http://127.0.0.1:9 none']);
    const outside = await check(
      { 'a/kustomization.yaml': 'resources: [../../b]\n', 'a/.built': SETTINGS, 'b.yaml': SETTINGS },
      '--without-repository',
      '--verbose',
    );
    expect(outside.calls).toEqual([]);
    expect(outside.stderr).toContain('skipped a/kustomization.yaml: a kustomization that leads out of');
  });

  it.each([['--without-kubectl'], ['--no-kustomize']])(
    'is left alone with %s, which says what to run',
    async (flag) => {
      const { stderr, calls, report } = await check(
        { ...BASE, 'base/.built': SETTINGS, 'b.yaml': SETTINGS },
        flag,
      );
      expect(calls).toEqual([]);
      expect(report.summary).toMatchObject({ objects: 1, errors: 0 });
      expect(stderr).toBe(
        'Skipped 3 files: 1 kustomization, 1 patch and 1 file of a kustomization (--verbose lists them)\n' +
          'To check what it builds: kubectl kustomize base | seaworthy check -\n',
      );
    },
  );

  it('is a finding where kubectl fails, where a file is broken, and where one is missing', async () => {
    const fails = await check({ 'a/kustomization.yaml': 'patches: []\n', 'b.yaml': SETTINGS });
    expect(fails.code).toBe(2);
    expect(fails.report.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        rule: 'manifest/kustomization',
        message:
          'kubectl kustomize fails: no matches for Id Deployment.v1.apps/web.[noNs]; failed to find unique target for patch …',
        source: { file: 'a/kustomization.yaml', line: 1 },
      },
    ]);
    const broken = await check({
      ...BASE,
      'base/web.yaml': 'apiVersion: v1\nkind: [\n',
      'prod/kustomization.yaml': 'resources: [../base]\n',
      'staging/kustomization.yaml': 'resources: [../base]\n',
      'c/kustomization.yaml': 'resources: [\n',
    });
    expect([broken.code, broken.calls]).toEqual([2, []]);
    expect(broken.report.findings.map(({ rule, source }) => [rule, source?.file])).toEqual([
      ['manifest/invalid-yaml', 'c/kustomization.yaml'],
      ['manifest/invalid-yaml', 'base/web.yaml'],
    ]);
    const missing = await check({ 'a/kustomization.yaml': 'resources: [b.yaml]\n', 'b.yaml': SETTINGS });
    expect([missing.code, missing.calls]).toEqual([0, []]);
    expect(missing.report.findings).toMatchObject([
      { rule: 'manifest/kustomization', severity: 'warning', message: 'no such file or folder: b.yaml' },
      {},
    ]);
  });
});

it('an object without a name is a finding at its line where kubectl fails', async () => {
  const { code, report } = await check({
    'a/kustomization.yaml': 'resources: [b.yaml]\n',
    'a/b.yaml': `${SETTINGS}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {namespace: shop}\n`,
  });
  expect(code).toBe(2);
  expect(report.findings).toMatchObject([
    { rule: 'admission/required', source: { file: 'a/b.yaml', line: 7 } },
  ]);
});

it('a kustomization of templates is skipped', async () => {
  const { calls, stderr } = await check(
    {
      'a/kustomization.yaml': 'resources: [b.yaml]\n',
      'a/b.yaml': 'metadata: {name: ${A}}\n',
      'b.yaml': SETTINGS,
    },
    '--verbose',
  );
  expect(calls).toEqual([]);
  expect(stderr).toContain('skipped a/kustomization.yaml: a kustomization of templates');
});

it('kustomizations in a circle, and two in one folder, are built once', async () => {
  const { calls, report } = await check({
    'a/kustomization.yaml': 'resources: [../b]\n',
    'b/kustomization.yaml': 'resources: [../a]\n',
    'c/kustomization.yaml': 'resources: []\n',
    'c/kustomization.yml': 'resources: []\n',
  });
  expect(calls.map((call) => call.split(' ')[0]).sort()).toEqual(['a', 'c']);
  expect(report.findings.map(({ rule }) => rule)).toEqual([
    'manifest/kustomization',
    'manifest/kustomization',
  ]);
});

it('a Kustomization of Flux is an object, whatever its file is called', async () => {
  const { calls, report } = await check({
    'a/kustomization.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a, namespace: flux-system}\nspec: {path: ./b}\n',
  });
  expect([calls, report.summary.objects]).toEqual([[], 1]);
});

it('folders that hold the same objects are for different clusters', async () => {
  const { report } = await check({
    'prod/a.yaml': `${SETTINGS}---\n${deployment('web', 'shop', 1)}`,
    'staging/a.yaml': `${SETTINGS}---\n${deployment('web', 'shop', 1)}`,
  });
  expect(report.summary).toMatchObject({ objects: 4, errors: 0 });
  const [first, second] = ['prod', 'staging'];
  const environments = new Set(report.findings.map(({ environment }) => environment));
  expect([...environments].sort()).toEqual([first, second]);
});
