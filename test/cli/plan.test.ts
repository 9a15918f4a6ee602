import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { folderWith, handOver, projectOf, read, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

interface Report {
  readonly before: { readonly name: string; readonly hash: string };
  readonly after: { readonly name: string; readonly hash: string };
  readonly summary: Readonly<Record<string, number>>;
  readonly changes: readonly { readonly effect: string; readonly place?: string }[];
}

const configMap = (name: string, value: string, namespace = 'default'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n  a: ${value}\n`;

const claim = (size: string): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  namespace: default\nspec:\n  accessModes:\n    - ReadWriteOnce\n  resources:\n    requests:\n      storage: ${size}\n`;

/** An app with a ConfigMap in each environment, whose value is that of `values`. */
function app(values: Readonly<Record<string, string>>, name = 'shop'): string {
  return handOver({
    name,
    clusters: Object.fromEntries(Object.keys(values).map((environment) => [environment, {}])),
    manifests: Object.entries(values).map(([environment, value]) => ({
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings', namespace: 'default' },
        data: { a: value },
      },
      origin: { environment, chart: 'shop', construct: `${environment}/shop/settings`, source: 'main.js:3' },
    })),
  });
}

function git(folder: string, ...args: readonly string[]): void {
  const config = ['-c', 'user.name=a', '-c', 'user.email=a@b.example', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...config, ...args], { cwd: folder, stdio: 'ignore' });
}

/** A project whose output is committed, with an app that has changed since. */
async function committedProject(): Promise<string> {
  const project = projectOf(app({ staging: 'one', production: 'one' }));
  await seaworthy(project, ['synth']);
  git(project, 'init');
  git(project, 'add', '.');
  git(project, 'commit', '-m', 'first');
  writeFileSync(join(project, 'main.js'), app({ staging: 'one', production: 'two' }));
  return project;
}

describe('seaworthy plan, of two folders', () => {
  it('tells what becomes of each object, with its fields, line and effect, and counts them at the end', async () => {
    const folder = folderWith({
      'before/a.yaml': [configMap('kept', 'x'), configMap('edited', 'x'), configMap('gone', 'x')].join(
        '---\n',
      ),
      'after/a.yaml': [configMap('kept', 'x'), configMap('edited', 'z'), configMap('new', 'z')].join('---\n'),
    });
    const { code, stdout, stderr } = await seaworthy(folder, ['plan', 'before', 'after']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`before → after, server-side apply

Objects: deleted
  ConfigMap default/gone  before/a.yaml:17

Objects: updated
  ConfigMap default/edited  after/a.yaml:9
    data.a: x → z

Objects: created
  ConfigMap default/new  after/a.yaml:17

1 deleted, 1 updated, 1 created, 1 unchanged
`);
  });

  it('exits with 1 for what the server rejects, and with 0 where that may be', async () => {
    const folder = folderWith({ 'a.yaml': claim('10Gi'), 'b.yaml': claim('5Gi') });
    const { code, stdout } = await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^a\.yaml → b\.yaml, server-side apply\n\nRejected\n {2}error {4}The API server rejects/,
    );
    expect(stdout).toContain('PersistentVolumeClaim default/data, b.yaml:1\n');
    expect(stdout).toMatch(/\n1 rejected\nfailed: rejected \(--fail-on\)\n$/);
    const fine = await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml', '--fail-on', 'downtime,data-loss']);
    expect([fine.code, fine.stdout.includes('failed')]).toEqual([0, false]);
    expect((await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml', '--fail-on', 'none'])).code).toBe(0);
  });

  it('plans what another way to apply does, and names it in every format', async () => {
    const daemons = (strategy: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: a, namespace: shop }
spec:
  strategy: ${strategy}
  selector: { matchLabels: { app: a } }
  template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: 'a:1' }] } }
`;
    const folder = folderWith({ 'a.yaml': daemons('{}'), 'b.yaml': daemons('{ type: Recreate }') });
    const planned = async (...options: readonly string[]): Promise<[number, string]> => {
      const { code, stdout } = await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml', ...options]);
      return [code, stdout];
    };
    expect(await planned()).toEqual([1, expect.stringMatching(/^a\.yaml → b\.yaml, server-side apply\n/)]);
    for (const [method, words] of [
      ['client-side', 'client-side apply'],
      ['helm', 'helm upgrade'],
    ] as const) {
      expect(await planned('--apply', method)).toEqual([
        0,
        expect.stringMatching(RegExp(`^a\\.yaml → b\\.yaml, ${words}\n`)),
      ]);
      const [, markdown] = await planned('--apply', method, '--output', 'markdown');
      expect(markdown).toContain(`\`a.yaml\` → \`b.yaml\`, ${words}\n`);
      const [, json] = await planned('--apply', method, '--output', 'json');
      expect(JSON.parse(json)).toMatchObject({ apply: method });
    }
    const wrong = await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml', '--apply', 'client']);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("'--apply <method>'")]);
  });

  it('exits with 1 where data is lost, and not where more room is asked for', async () => {
    const folder = folderWith({
      'a.yaml': `${claim('10Gi')}---\n${configMap('a', 'x')}`,
      'b.yaml': configMap('a', 'x'),
      'c.yaml': `${claim('20Gi')}---\n${configMap('a', 'x')}`,
    });
    const lost = await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml']);
    expect([lost.code, lost.stdout]).toEqual([
      1,
      expect.stringContaining('\nfailed: data-loss (--fail-on)\n'),
    ]);
    const grown = await seaworthy(folder, ['plan', 'a.yaml', 'c.yaml']);
    expect([grown.code, grown.stdout]).toEqual([0, expect.stringContaining('grows from 10Gi to 20Gi')]);
  });

  it('has an exit code of its own for changes, where that is asked for', async () => {
    const folder = folderWith({ 'a.yaml': configMap('a', 'x'), 'b.yaml': configMap('a', 'z') });
    const same = await seaworthy(folder, ['plan', 'a.yaml', 'a.yaml', '--detailed-exitcode']);
    expect([same.code, same.stdout]).toEqual([
      0,
      'a.yaml → a.yaml, server-side apply\n\nnothing changes: 1 object\n',
    ]);
    expect((await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml', '--detailed-exitcode'])).code).toBe(3);
  });

  it('writes the plan to a file with hashes that order and layout leave alone', async () => {
    const [a, b] = [configMap('a', 'x'), configMap('b', 'x')];
    const folder = folderWith({ 'a.yaml': `${a}---\n${b}`, 'b/1.yaml': b, 'b/2.yaml': a, 'c.yaml': a });
    const reportOf = async (...paths: readonly string[]): Promise<Report> => {
      await seaworthy(folder, ['plan', ...paths, '--out', 'plan.json']);
      return JSON.parse(read(folder, 'plan.json')) as Report;
    };
    const alike = await reportOf('a.yaml', 'b');
    expect(alike.before.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(alike.after.hash).toBe(alike.before.hash);
    const other = await reportOf('a.yaml', 'c.yaml');
    expect(other.after.hash).not.toBe(other.before.hash);
    expect(other).toMatchObject({
      version: 1,
      mode: 'change',
      refused: [],
      summary: { rejected: 0, deleted: 1, 'pods-replaced': 0, updated: 0, created: 0, unchanged: 1 },
      changes: [
        {
          object: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'b' },
          effect: 'deleted',
          source: { file: 'a.yaml', line: 9 },
        },
      ],
    });
  });

  it('leaves out what a server adds, chooses and makes by itself', async () => {
    const live = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      namespace: default
      uid: 0b1d
      resourceVersion: "12"
      creationTimestamp: "2025-01-01T00:00:00Z"
      finalizers: [kubernetes.io/pvc-protection]
      annotations:
        pv.kubernetes.io/bind-completed: "yes"
        kubectl.kubernetes.io/last-applied-configuration: "{}"
      managedFields: [{ manager: kubectl, operation: Apply }]
    spec:
      accessModes: [ReadWriteOnce]
      resources: { requests: { storage: 10Gi } }
      storageClassName: standard
      volumeMode: Filesystem
      volumeName: pvc-0b1d
    status: { phase: Bound }
  - apiVersion: v1
    kind: Pod
    metadata:
      name: db-0
      namespace: default
      uid: 0b1e
      ownerReferences: [{ apiVersion: apps/v1, kind: StatefulSet, name: db, uid: 0b1f, controller: true }]
    spec: {}
`;
    const folder = folderWith({ 'a.yaml': claim('10Gi').replace('  namespace: default\n', '') });
    const argv = ['plan', '-', 'a.yaml', '--namespace', 'default'];
    const { code, stdout, stderr } = await seaworthy(folder, argv, { stdin: Readable.from([live]) });
    expect([code, stdout]).toEqual([0, '<stdin> → a.yaml, server-side apply\n\nnothing changes: 1 object\n']);
    expect(stderr).toBe('left out of <stdin>: 1 object created by the cluster\n');
  });

  it('plans kinds that it does not know by their structure, and says so', async () => {
    const thing = (size: number): string =>
      `apiVersion: a.example/v1\nkind: Thing\nmetadata:\n  name: a\nspec:\n  size: ${size}\n`;
    const folder = folderWith({ 'a.yaml': thing(1), 'b.yaml': thing(2) });
    expect((await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml'])).stdout).toContain(
      '  Thing a  b.yaml:1\n    compared by structure: nothing is known of Thing of a.example/v1\n    spec.size: 1 → 2\n',
    );
  });

  it('says of a kind that it knows that no release takes it', async () => {
    const scaler = (max: number): string =>
      `apiVersion: keda.sh/v9\nkind: ScaledObject\nmetadata:\n  name: a\nspec:\n  maxReplicaCount: ${max}\n`;
    const folder = folderWith({ 'a.yaml': scaler(1), 'b.yaml': scaler(2) });
    expect((await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml'])).stdout).toContain(
      'compared by structure: no release that is known or in the profile takes each ScaledObject of keda.sh/v9 here',
    );
  });

  it('plans the rest where a document is broken or encrypted, and what is no manifest does not matter', async () => {
    const folder = folderWith({
      'old/a.yaml': configMap('a', 'x'),
      'old/b.yaml': `${configMap('b', 'x')}---\n${configMap('gone', 'x')}`,
      'old/c.yaml': configMap('c', 'x'),
      'old/d.yaml': configMap('d', 'x'),
      'new/a.yaml': configMap('a', 'y'),
      'new/b.yaml': `${configMap('b', 'x')}---\napiVersion: v1\nkind: [\n`,
      'new/c.yaml': `${configMap('c', 'ENC[x]')}sops: {lastmodified: "2026-01-01T00:00:00Z", mac: x}\n`,
      'new/kind.yaml': 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n',
      'new/values.yaml': 'a: 1\n',
    });
    const { code, stdout, stderr } = await seaworthy(folder, ['plan', 'old', 'new', '-o', 'json']);
    expect(code).toBe(2);
    const report = JSON.parse(stdout) as {
      changes: { object: { name: string }; effect: string }[];
      problems: object[];
    };
    expect(report.changes.map(({ object, effect }) => [object.name, effect])).toEqual([
      ['a', 'rejected'],
      ['d', 'deleted'],
    ]);
    expect(report.problems).toMatchObject([{ code: 'INVALID_YAML', source: { file: 'new/b.yaml' } }]);
    expect(stderr).toContain('Skipped 3 files: ');
    expect(stderr).toMatch(/error: .*\[INVALID_YAML\]/);
    const markdown = await seaworthy(folder, ['plan', 'old', 'new', '-o', 'markdown']);
    expect(markdown.stdout).toContain('❌ 1 document cannot be read, and not planned: `new/b.yaml:');
    const back = await seaworthy(folder, ['plan', 'new', 'old', '-o', 'json', '--verbose']);
    expect(back.stderr).toContain('skipped new/kind.yaml: Cluster of kind.x-k8s.io/v1alpha4');
    const names = (JSON.parse(back.stdout) as typeof report).changes.map(({ object }) => object.name);
    expect(names.sort()).toEqual(['a', 'd']);
  });

  it('names file and line of what is broken on one side, and of what is there twice', async () => {
    const a = configMap('a', 'x');
    const folder = folderWith({ 'a.yaml': a, 'b.yaml': `${a}---\n${a}`, 'c.yaml': `${a}b: [\n` });
    const broken = await seaworthy(folder, ['plan', 'a.yaml', 'c.yaml']);
    expect([broken.code, broken.stdout]).toEqual([2, expect.stringContaining('nothing changes: 0 objects')]);
    expect(broken.stderr).toMatch(
      /\[INVALID_YAML\]\n {2}Close the bracket that is open\.\n {2}at c\.yaml:8:5/,
    );
    const twice = await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml']);
    expect([twice.code, twice.stderr]).toEqual([
      2,
      `error: ConfigMap default/a: there are two of ConfigMap default/a, at b.yaml:1 and b.yaml:9 [DUPLICATE_IDENTITY]
  Keep one of them: which would be applied last, nobody can say.
  at b.yaml:9
`,
    ]);
    const missing = await seaworthy(folder, ['plan', 'a.yaml', 'bb.yaml']);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('Did you mean')]);
    const empty = await seaworthy(folder, ['plan', 'a.yaml', '-'], { stdin: Readable.from(['']) });
    expect([empty.code, empty.stderr]).toEqual([
      2,
      'error: <stdin>: no Kubernetes objects found [INPUT_UNREADABLE]\n',
    ]);
  });

  it('refuses a new side without any object, unless that is meant', async () => {
    const folder = folderWith({ 'a.yaml': configMap('a', 'x'), 'none.yaml': '---\n' });
    const refused = await seaworthy(folder, ['plan', 'a.yaml', 'none.yaml']);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr)
      .toContain(`error: none.yaml: no Kubernetes objects found: 1 object of a.yaml would be deleted [INPUT_UNREADABLE]
  If that is meant, use --allow-empty.
`);
    const meant = await seaworthy(folder, ['plan', 'a.yaml', 'none.yaml', '--allow-empty']);
    expect([meant.code, meant.stdout]).toEqual([0, expect.stringContaining('1 deleted')]);
    const piped = await seaworthy(folder, ['plan', 'a.yaml', '-', '--allow-empty'], {
      stdin: Readable.from(['']),
    });
    expect([piped.code, piped.stdout]).toEqual([0, expect.stringContaining('1 deleted')]);
    // A new cluster holds nothing.
    const fresh = await seaworthy(folder, ['plan', 'none.yaml', 'a.yaml']);
    expect([fresh.code, fresh.stdout]).toEqual([0, expect.stringContaining('1 created')]);
    const failed = await seaworthy(folder, ['plan', '-', 'a.yaml', '--allow-empty'], {
      stdin: Readable.from(['']),
    });
    expect(failed.code).toBe(2);
  });

  it('takes folders of an output that hold the same objects for clusters of their own', async () => {
    const record = 'shop/production/shop.yaml\nshop/staging/shop.yaml\n';
    const output = (production: string): Record<string, string> => ({
      '.seaworthy': record,
      'shop/production/shop.yaml': configMap('a', production),
      'shop/staging/shop.yaml': configMap('a', 'x'),
    });
    const under = (name: string, files: Record<string, string>): [string, string][] =>
      Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]);
    const folder = folderWith(Object.fromEntries([...under('a', output('x')), ...under('b', output('z'))]));
    const { stdout } = await seaworthy(folder, ['plan', 'a', 'b']);
    expect(stdout).toContain('  ConfigMap default/a  b/shop/production/shop.yaml:1, in shop/production\n');
    expect(stdout).toMatch(/\n1 updated, 1 unchanged\n$/);
    const one = await seaworthy(folder, ['plan', 'a', 'b', '--environment', 'staging']);
    expect(one.stdout).toBe('a → b, server-side apply\n\nnothing changes: 1 object\n');
    const none = await seaworthy(folder, ['plan', 'a', 'b', '--environment', 'stagin']);
    expect([none.code, none.stderr]).toEqual([
      2,
      'error: --environment: no environment "stagin" on either side [USAGE]\n  Did you mean staging?\n',
    ]);
  });
});

describe('seaworthy plan, of an app', () => {
  it('compares it with its output on the disk, environment by environment, at the lines of its code', async () => {
    const project = await committedProject();
    const { code, stdout } = await seaworthy(project, ['plan']);
    expect([code, stdout]).toEqual([
      0,
      `dist/ → the app, server-side apply

Objects: updated
  ConfigMap default/settings  main.js:3, in shop/production
    data.a: one → two

1 updated, 1 unchanged
`,
    ]);
    const staging = await seaworthy(project, ['plan', '--environment', 'staging', '--detailed-exitcode']);
    expect([staging.code, staging.stdout]).toEqual([
      0,
      'dist/ → the app, server-side apply\n\nnothing changes: 1 object\n',
    ]);
  });

  it('compares it with a revision, and two revisions, without touching the work tree', async () => {
    const project = await committedProject();
    rmSync(join(project, 'dist'), { recursive: true });
    const { stdout } = await seaworthy(project, ['plan', '--base', 'main']);
    expect(stdout).toMatch(/^main → the app, server-side apply\n/);
    expect(stdout).toMatch(/\n1 updated, 1 unchanged\n$/);
    expect(existsSync(join(project, 'dist'))).toBe(false);
    await seaworthy(project, ['synth']);
    git(project, 'commit', '--all', '-m', 'second');
    const both = await seaworthy(project, ['plan', '--base', 'main~1', '--head', 'main']);
    expect(both.stdout).toContain(
      '  ConfigMap default/settings  main:dist/shop/production/shop.yaml:1, in shop/production\n',
    );
  });

  it('plans for the release that cdk8s.yaml names, as check does', async () => {
    const project = await committedProject();
    writeFileSync(
      join(project, 'cdk8s.yaml'),
      'app: node main.js\nseaworthy: { check: { kubernetes: "1.2" } }\n',
    );
    const { code, stderr } = await seaworthy(project, ['plan']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[UNKNOWN_KUBERNETES]')]);
    expect((await seaworthy(project, ['plan', '--kubernetes', '1.31'])).code).toBe(0);
  });

  it('tells what is deleted with an environment or an app that is no more', async () => {
    const project = await committedProject();
    writeFileSync(join(project, 'main.js'), app({ staging: 'one' }));
    expect((await seaworthy(project, ['plan'])).stdout).toContain(
      '  ConfigMap default/settings  dist/shop/production/shop.yaml:1, in shop/production\n',
    );
    writeFileSync(join(project, 'main.js'), app({ staging: 'one', production: 'one' }, 'store'));
    expect((await seaworthy(project, ['plan'])).stdout).toMatch(/\n2 deleted, 2 created\n$/);
  });

  it('shows how two environments differ, which fails nothing', async () => {
    const project = projectOf(app({ staging: 'one', production: 'two' }));
    const { code, stdout } = await seaworthy(project, ['plan', '--between', 'staging', 'production']);
    expect([code, stdout]).toEqual([
      0,
      `staging → production

Objects: different
  ConfigMap default/settings  main.js:3, in shop
    data.a: one → two

1 different
`,
    ]);
    const unknown = await seaworthy(project, ['plan', '--between', 'staging', 'prod']);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('no environment "prod"')]);
  });

  it('says why a revision cannot be compared with, and the way out', async () => {
    const project = await committedProject();
    const failing = async (...argv: readonly string[]): Promise<string> => {
      const { code, stderr } = await seaworthy(project, ['plan', ...argv]);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await failing('--base', 'mian')).toBe(
      'error: mian: unknown revision [UNKNOWN_REVISION]\n  Did you mean main?\n',
    );
    expect(await failing('--base', 'origin/next')).toContain('  Fetch it first: git fetch origin next.\n');
    expect(await failing('--base', '--all')).toContain('[UNKNOWN_REVISION]');
    git(project, 'rm', '-r', '--cached', 'dist');
    git(project, 'commit', '-m', 'without output');
    expect(await failing('--base', 'main')).toBe(
      `error: main: no manifests in dist/ at this revision [NO_OUTPUT]\n  Run seaworthy synth and commit dist/, or choose a revision that holds it.\n`,
    );
    writeFileSync(join(project, '.gitignore'), 'dist/\n');
    expect(await failing('--base', 'main')).toContain('  git ignores dist/. Remove it from .gitignore');
    rmSync(join(project, '.git'), { recursive: true });
    expect(await failing('--base', 'main')).toMatch(/not in a git repository: .*\[NO_GIT\]\n/);
    rmSync(join(project, 'dist'), { recursive: true });
    expect(await failing()).toContain('no manifests to compare with [NO_OUTPUT]');
    const { stderr } = await seaworthy(project, ['plan', '--base', 'main'], { env: { PATH: '/nowhere' } });
    expect(stderr).toContain('git is not installed [NO_GIT]');
  });
});

describe('seaworthy plan', () => {
  it.each([
    [['a'], 'expected two paths, got one'],
    [['-', '-'], 'stdin cannot be both sides'],
    [['a', 'b', '--base', 'main'], 'files to compare cannot be used with --base'],
    [['--head', 'main'], '--head needs --base'],
    [['--between', 'a'], '--between takes two environments'],
    [['--between', 'a', 'b', '--fail-on', 'rejected'], '--between cannot be used with --fail-on'],
    [['--live', '--base', 'main'], '--live cannot be used with --base'],
    [['--live', 'a', 'b'], '--live takes the place of the first path'],
    [['--live', 'a', '--apply', 'helm'], 'what Helm applied before is in its own records'],
    [['a', 'b', '--context', 'kind-dev'], '--context needs --live'],
    [['--namespace', 'a'], '--namespace is for files'],
    [['--output', 'text', '--output', 'json'], 'text and json would both go to stdout'],
    [['--fail-on', 'downtme'], 'Did you mean downtime?'],
    [['--fail-on', 'none,rejected'], 'none cannot be combined with others'],
  ])('%j is refused before any work', async (argv, message) => {
    const { code, stderr } = await seaworthy('/', ['plan', ...argv]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).toContain('[USAGE]');
  });

  it('refuses a release that it does not know before the app runs', async () => {
    const { code, stderr } = await seaworthy('/', ['plan', '--kubernetes', '1.2']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[UNKNOWN_KUBERNETES]')]);
  });

  it('paints only where it is asked to', async () => {
    const folder = folderWith({ 'a.yaml': configMap('a', 'x'), 'b.yaml': configMap('a', 'z') });
    const plain = await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml']);
    const painted = await seaworthy(folder, ['plan', 'a.yaml', 'b.yaml'], { isTTY: true });
    expect(painted.stdout).not.toBe(plain.stdout);
    expect(painted.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout);
  });
});

describe('seaworthy plan, of an app whose output keeps generations', () => {
  const appOf = (level: string): string =>
    handOver({
      keepGenerations: 1,
      clusters: {},
      manifests: [
        {
          object: {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: `env-000000000${level}`, namespace: 'default' },
            immutable: true,
            data: { level },
          },
          origin: { chart: 'shop', construct: 'shop/env', source: 'main.js:3' },
        },
      ],
    });

  it('deletes what the output no longer keeps, and writes what it planned', async () => {
    const project = projectOf(appOf('1'));
    await seaworthy(project, ['synth']);
    writeFileSync(join(project, 'main.js'), appOf('2'));
    const first = await seaworthy(project, ['plan']);
    expect(first.stdout).toContain('ConfigMap default/env-0000000001 → env-0000000002');
    expect(first.stdout).toContain('1 replaced, 1 unchanged');
    await seaworthy(project, ['synth']);
    expect(read(project, 'dist/former-generations.yaml')).toContain('name: env-0000000001');
    expect((await seaworthy(project, ['synth', '--check'])).code).toBe(0);
    expect((await seaworthy(project, ['plan'])).stdout).toContain('nothing changes: 2 objects');
    writeFileSync(join(project, 'main.js'), appOf('3'));
    expect((await seaworthy(project, ['plan'])).stdout).toContain('1 deleted, 1 replaced, 1 unchanged');
  });
});
