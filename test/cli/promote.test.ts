import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, read, removeFolders, seaworthy } from './support/cli';
import { packageFolder } from './support/package';

afterAll(removeFolders);

const MAIN = `
const { App, Chart, ConfigMap, Environment, pin, Worker } = require('seaworthy');
const app = new App({ name: 'shop' });
for (const name of ['staging', 'production', 'production-eu']) {
  const chart = new Chart(new Environment(app, name), 'shop', { namespace: 'shop' });
  new Worker(chart, 'api', {
    image: pin(chart, 'api.image', 'ghcr.io/acme/api:1.4.2'),
    replicas: pin(chart, 'api.replicas', 2),
    env: { LEVEL: pin(chart, 'api.level', 'info', { promote: false }) },
  });
  if (name === 'staging') new ConfigMap(chart, 'trial', { data: { on: String(pin(chart, 'trial', true)) } });
}
app.synth();
`;

const PINS = `# What runs where; "seaworthy promote" moves it.
staging:
  api.image: ghcr.io/acme/api:1.5.0   # by CI
  api.replicas: 2
  api.level: debug
  trial: false

production:
  # Since March.
  api.image: ghcr.io/acme/api:1.4.1
`;

function project(files: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith({
    'cdk8s.yaml': 'app: node main.js\n',
    'main.js': MAIN,
    'pins.yaml': PINS,
    ...files,
  });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(packageFolder(), join(folder, 'node_modules', 'seaworthy'));
  return folder;
}

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
}

function repositoryOf(folder: string): string {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'config', 'user.name', 'a');
  git(folder, 'config', 'user.email', 'a@b.example');
  git(folder, 'add', 'cdk8s.yaml', 'main.js', 'pins.yaml');
  git(folder, 'commit', '--quiet', '-m', 'first');
  return folder;
}

const PROMOTED = PINS.replace('api:1.4.1', 'api:1.5.0');

describe('seaworthy promote', () => {
  it('shows each pin and the plan of where they arrive, and changes the pins file alone', async () => {
    const folder = project();
    const { code, stdout, stderr } = await seaworthy(folder, ['promote', 'staging', 'production', '--yes']);
    expect(stdout).toBe(`staging → production in pins.yaml

  api.image  ghcr.io/acme/api:1.4.1 → ghcr.io/acme/api:1.5.0
  api.level is not moved: the app keeps it by environment
  trial is not moved: production does not read it

production → production with the pins of staging, server-side apply

Rollout
  info     Deployment shop/shop-api replaces all 2 pods, with at most 1 more at a time and at least 2 of 2 serving.
           Deployment shop/shop-api, main.js:6, in shop/production

Objects: rolled out
  Deployment shop/shop-api  main.js:6, in shop/production
    spec.template.spec.containers[0].image: ghcr.io/acme/api:1.4.1 → ghcr.io/acme/api:1.5.0

1 rolled out, 2 unchanged
`);
    expect([code, stderr]).toEqual([0, 'pins.yaml written. Next: seaworthy synth.\n']);
    expect(read(folder, 'pins.yaml')).toBe(PROMOTED);
  });

  it('writes nothing in a dry run, and tells by its exit code that pins would move', async () => {
    const folder = project();
    const args = ['promote', 'staging', 'production', '--dry-run', '--detailed-exitcode', '-o', 'json'];
    const { code, stdout } = await seaworthy(folder, args);
    const report = JSON.parse(stdout) as { moved: unknown; left: unknown; plan: { changes: object[] } };
    expect(code).toBe(3);
    expect(report.moved).toEqual([
      {
        name: 'api.image',
        before: 'ghcr.io/acme/api:1.4.1',
        after: 'ghcr.io/acme/api:1.5.0',
        isNew: false,
      },
    ]);
    expect(report.left).toEqual([
      { name: 'api.replicas', reason: 'same' },
      { name: 'api.level', reason: 'stays' },
      { name: 'trial', reason: 'unread' },
    ]);
    expect(report.plan.changes).toMatchObject([{ effect: 'pods-replaced', place: 'shop/production' }]);
    expect(read(folder, 'pins.yaml')).toBe(PINS);
  });

  it('says that there is nothing to promote', async () => {
    const folder = project({ 'pins.yaml': PROMOTED });
    const { code, stdout } = await seaworthy(folder, ['promote', 'staging', 'production', '--yes']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('Nothing to promote from staging to production.'),
    ]);
  });

  it('writes nothing where the plan fails', async () => {
    const pins = 'staging: { api.replicas: 0 }\n';
    const folder = project({ 'pins.yaml': pins });
    const args = ['promote', 'staging', 'production', '--yes'];
    const failing = await seaworthy(folder, [...args, '--fail-on', 'downtime,rollout,scaling']);
    expect([failing.code, read(folder, 'pins.yaml')]).toEqual([1, pins]);
    expect(failing.stderr).toContain('pins.yaml is as it was. To promote nevertheless, use --fail-on none.');
    const allowed = await seaworthy(folder, [...args, '--fail-on', 'none', '-o', 'markdown']);
    expect(allowed.code).toBe(0);
    expect(allowed.stdout).toContain('| `api.replicas` | `2` (default) | `0` |');
  });

  it('with --commit makes one commit of that file, whose message lists what moved', async () => {
    const folder = repositoryOf(project());
    writeFileSync(join(folder, 'other.txt'), 'x');
    git(folder, 'add', 'other.txt');
    const args = ['promote', 'staging', 'production', '--yes', '--commit'];
    const { code, stderr } = await seaworthy(folder, args);
    expect([code, stderr]).toEqual([0, 'pins.yaml committed. Next: seaworthy synth.\n']);
    expect(git(folder, 'show', '--name-only', '--format=%B', 'HEAD'))
      .toBe(`Promote api.image from staging to production

- api.image: ghcr.io/acme/api:1.4.1 -> ghcr.io/acme/api:1.5.0


pins.yaml
`);
    expect(git(folder, 'status', '--porcelain', '--untracked-files=no')).toBe('A  other.txt\n');
  });

  it('with --commit refuses a file with other changes, before the app runs', async () => {
    const folder = repositoryOf(project());
    writeFileSync(join(folder, 'pins.yaml'), `${PINS}# mine\n`);
    const args = ['promote', 'staging', 'production', '--yes', '--commit'];
    const { code, stderr } = await seaworthy(folder, args);
    expect(code).toBe(2);
    expect(stderr).toContain('this file has changes that are not committed [GIT_FAILED]');
    expect(read(folder, 'pins.yaml')).toBe(`${PINS}# mine\n`);
  });

  it('moves one pin with --only, and names those that are passed over', async () => {
    const folder = project();
    const args = ['promote', 'staging', 'production-eu', '--yes', '--only', 'api.image'];
    const { code, stderr } = await seaworthy(folder, args);
    expect([code, stderr.split('\n')[0]]).toEqual([0, 'passed over on the way to production-eu: production']);
    expect(read(folder, 'pins.yaml')).toBe(`${PINS}production-eu:\n  api.image: ghcr.io/acme/api:1.5.0\n`);
  });

  it.each([
    ['a pin that nothing reads', 'staging: { api.imag: x }', 'no app reads this pin'],
    ['an image that is none', 'staging: { api.image: "a b" }', 'INVALID_IMAGE'],
  ])('refuses %s, and leaves the file as it was', async (_, pins, message) => {
    const folder = project({ 'pins.yaml': pins });
    const { code, stdout, stderr } = await seaworthy(folder, ['promote', 'staging', 'production', '--yes']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(read(folder, 'pins.yaml')).toBe(pins);
  });

  it('goes backwards where that is meant', async () => {
    const folder = project();
    const args = ['promote', 'production', 'staging', '--yes', '--backwards'];
    expect((await seaworthy(folder, args)).code).toBe(0);
    expect(read(folder, 'pins.yaml')).toBe(PINS.replace('api:1.5.0 ', 'api:1.4.1 '));
  });

  it('asks nobody where there is no terminal', async () => {
    const { code, stderr } = await seaworthy(project(), ['promote', 'staging', 'production']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('nobody can confirm the promotion')]);
  });

  it('is not needed to find a pin that no app reads: every command that runs the app does', async () => {
    const folder = project({ 'pins.yaml': `${PINS}  api.replica: 3\n` });
    const { code, stderr } = await seaworthy(folder, ['synth']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean api.replicas?')]);
    expect(stderr).toContain('pins.yaml:11');
  });
});
