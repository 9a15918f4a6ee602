/** @jest-environment ./test/cluster/environment.js */
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { parse, stringify } from 'yaml';
import { packageFolder } from '../cli/support/package';
import { cluster, testNamespace } from './cluster';
import { stepsIn } from './walk/guide';
import { startRegistry, type Registry } from './walk/registry';

// A second try would begin where the first one ended.
jest.retryTimes(0);

/** The guide's is `default`, where others may have something, too. */
const namespace = testNamespace('walk');

const GUIDE = join(__dirname, '../../docs/guide/cluster.md');
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-walk-'));
const project = join(folder, 'hello');
let registry: Registry;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  registry = await startRegistry(packageFolder(), folder);
  writeFileSync(join(folder, 'kubeconfig'), kubeconfigOfKind());
  mkdirSync(project);
  const { PATH, HOME } = process.env;
  env = {
    PATH,
    HOME,
    // Progress is told in lines, so that what is shown in place does not hide what stays.
    TERM: 'dumb',
    KUBECONFIG: join(folder, 'kubeconfig'),
    npm_config_registry: registry.url,
    // It may know the package of the run before.
    npm_config_cache: join(folder, 'cache'),
    npm_config_audit: 'false',
    npm_config_yes: 'true',
  };
}, 120_000);
afterAll(async () => {
  await run('npx seaworthy delete --yes');
  registry.close();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

/** The kubeconfig of the cluster, with the context that kind writes. */
function kubeconfigOfKind(): string {
  const config = parse(readFileSync(cluster.kubeconfig, 'utf8')) as {
    'current-context': string;
    contexts: { name: string; context: { namespace?: string } }[];
  };
  const context = config.contexts.find(({ name }) => name === config['current-context']);
  if (context === undefined) throw new Error('the kubeconfig has no current context');
  context.name = 'kind-dev';
  context.context.namespace = namespace;
  return stringify({ ...config, 'current-context': 'kind-dev' });
}

/** Runs a line of the guide as a shell does, on a terminal whose user says yes. */
function run(command: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: project,
    env,
  });
  let output = '';
  let answered = false;
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
    if (answered || !output.includes('[y/N] ')) return;
    answered = true;
    child.stdin.write('y\n');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise((done) =>
    child.once('close', (code) => done({ code, output: stripVTControlCharacters(output) })),
  );
}

/** Changes the code as the guide says. */
function edit(removed: string, added: string): void {
  const file = join(project, 'hello.ts');
  const [before, after, ...more] = readFileSync(file, 'utf8').split(removed);
  if (removed === '' || after === undefined || more.length > 0)
    throw new Error(`hello.ts does not have this once: ${removed}`);
  writeFileSync(file, `${before}${added}${after}`);
}

/** Lines without what differs from run to run: names of pods, nodes, ages, times, who, and the columns that these are in. */
function lasting(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) =>
      line
        .replace(/hello-web-[a-z0-9]+-[a-z0-9]{5}/g, 'hello-web-POD')
        .replace(/\b\d{4}-\d\d-\d\dT[\d:]+Z +\S+/g, 'WHEN WHO')
        .replace(/\bnode-\d\b/g, 'NODE')
        .replace(/ \d+m?s /g, ' AGE ')
        .replace(/ \d+m?s$/, ' AGE')
        .replace(/(\S) +/g, '$1 ')
        .trimEnd(),
    )
    .filter((line) => line !== '');
}

/** Commands about a cluster of kind, or that a shell does for itself; the test has done them. */
const DONE = /^kind |^mkdir /;

test('the walk of the guide goes as the guide says', async () => {
  const steps = stepsIn(GUIDE, 'A walk');
  expect(steps.length).toBeGreaterThan(10);
  const told: unknown[] = [];
  for (const step of steps) {
    if ('removed' in step) {
      edit(step.removed, step.added);
      continue;
    }
    const { command } = step;
    const prints = (step.prints ?? '').replaceAll('default', namespace);
    if (DONE.test(command)) continue;
    const { code, output } = await run(command);
    const lines = lasting(output);
    const isFailure = prints.includes('Failed, ');
    // Between these lines are those of the progress, which depend on how fast pods start.
    const missing = lasting(prints).filter((line) => !lines.includes(line));
    if (missing.length > 0 || code !== (isFailure ? 1 : 0)) told.push({ command, code, missing, output });
  }
  expect(told).toEqual([]);
}, 600_000);
