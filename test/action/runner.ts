import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { folderWith } from '../cli/support/cli';
import { evaluate, interpolate, type Names } from './expression';

export const ROOT = join(__dirname, '..', '..');

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** A job that uses the action. */
export interface Job {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: string;
  /** Files of the checkout. */
  readonly files?: Readonly<Record<string, string>>;
  /** Programs on the PATH, as code of Node. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Files next to the checkout, and in `tools/` those of the runner. */
  readonly beside?: Readonly<Record<string, string>>;
  /** Folder of an earlier use of the action in the same job. */
  readonly after?: string;
}

/** How the action ended. */
export interface Outcome {
  /** The exit code of the step that failed, or 0. */
  readonly code: number;
  readonly log: string;
  readonly summary: string;
  /** The command lines of `programs`, each as `name argument argument`, in order. */
  readonly calls: readonly (readonly string[])[];
  /** What later steps of the job find on their PATH before all else. */
  readonly path: readonly string[];
  /** Outputs of the steps, by `step.name`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Holds `checkout/` and `temp/`. */
  readonly folder: string;
}

export const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;

/** Runs the steps of the action one by one, as a runner does; steps that use another action are left out. */
export function runAction({
  inputs = {},
  event = 'pull_request',
  files = {},
  beside = {},
  programs = {},
  after,
}: Job): Outcome {
  const folder = after ?? folderWith({});
  for (const place of ['checkout', 'temp', 'bin']) mkdirSync(join(folder, place), { recursive: true });
  for (const [path, text] of Object.entries(files)) write(join(folder, 'checkout', path), text);
  for (const [path, text] of Object.entries(beside)) {
    write(join(folder, path), text);
    chmodSync(join(folder, path), 0o755);
  }
  for (const [name, code] of Object.entries(programs)) writeProgram(folder, name, code);
  const unknown = Object.keys(inputs).filter((name) => action.inputs[name] === undefined);
  if (unknown.length > 0) throw new Error(`unknown inputs: ${unknown.join(', ')}`);

  const github = {
    repository: 'acme/shop',
    token: 'default-token',
    event_name: event,
    event: { number: '7' },
  };
  const runner = { temp: join(folder, 'temp') };
  const given = Object.entries(action.inputs).map(([name, { default: value }]): [string, string] => {
    return [name, inputs[name] ?? interpolate(value, { github })];
  });
  const steps: Record<string, { readonly outputs: Readonly<Record<string, string>> }> = {};
  let log = '';
  let code = 0;
  for (const step of action.runs.steps) {
    const names = { inputs: Object.fromEntries(given), github, runner, steps };
    // Without a status function in its condition, a step runs if all steps before it succeeded.
    if (step.uses !== undefined || code !== 0) continue;
    if (step.if !== undefined && evaluate(step.if, names) !== 'true') continue;
    const { status, output, outputs } = runStep(step, names, folder);
    log += output;
    code = status;
    if (step.id !== undefined) steps[step.id] = { outputs };
  }
  const calls = existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : '';
  const summary = join(folder, 'temp', 'summary');
  const path = join(folder, 'temp', 'path');
  return {
    code,
    log,
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
    calls: calls
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as string[]),
    path: existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [],
    outputs: Object.fromEntries(
      Object.entries(steps).flatMap(([step, { outputs }]) =>
        Object.entries(outputs).map(([name, value]): [string, string] => [`${step}.${name}`, value]),
      ),
    ),
    folder,
  };
}

function runStep(step: Step, names: Names, folder: string) {
  if (step.run === undefined || step.shell !== 'bash') throw new Error('a step without run, or not for bash');
  if (step.run.includes('${{')) throw new Error('an expression in a script can be run as code');
  const script = join(folder, 'temp', 'script.sh');
  const outputs = join(folder, 'temp', 'outputs');
  writeFileSync(script, step.run);
  writeFileSync(outputs, '');
  const own = Object.entries(step.env ?? {}).map(
    ([name, value]) => [name, interpolate(value, names)] as const,
  );
  // What `shell: bash` stands for: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: join(folder, 'checkout', interpolate(step['working-directory'] ?? '.', names)),
    encoding: 'utf8',
    env: {
      PATH: [join(folder, 'bin'), process.env['PATH'] ?? ''].join(delimiter),
      HOME: folder,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_WORKSPACE: join(folder, 'checkout'),
      GITHUB_OUTPUT: outputs,
      GITHUB_PATH: join(folder, 'temp', 'path'),
      GITHUB_STEP_SUMMARY: join(folder, 'temp', 'summary'),
      RUNNER_TEMP: join(folder, 'temp'),
      RUNNER_TOOL_CACHE: join(folder, 'tools'),
      ...Object.fromEntries(own),
    },
  });
  const lines = readFileSync(outputs, 'utf8').split('\n');
  const pairs = lines.map((line) => /^(\w+)=(.*)$/.exec(line)).filter((match) => match !== null);
  return {
    status: status ?? 1,
    output: stdout + stderr,
    outputs: Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value])),
  };
}

/** A program that notes its command line, then runs `code`. */
function writeProgram(folder: string, name: string, code: string): void {
  const path = join(folder, name.includes('/') ? join('checkout', name) : join('bin', name));
  const calls = JSON.stringify(join(folder, 'calls'));
  const called = JSON.stringify(name);
  const note = `require('node:fs').appendFileSync(${calls}, JSON.stringify([${called}, ...process.argv.slice(2)]) + '\\n');`;
  write(path, `#!${process.execPath}\n${note}\n${code}\n`);
  chmodSync(path, 0o755);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
