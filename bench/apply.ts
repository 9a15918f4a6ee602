/**
 * `seaworthy apply` against `kubectl apply --server-side` and `helm install`, each a whole process, on a control plane of
 * its own:
 *
 *   npx jiti bench/apply.ts [rounds] [--objects 100] [--different] [--latency 20] [--only kubectl,seaworthy]
 *
 * With a latency, in milliseconds of round trip, a relay stands between the clients and the API server.
 *
 * Half of the 1,000 objects are ConfigMaps, the others Services and Deployments without pods, in one namespace; every
 * contestant gets a new one each round. Objects of a kind are alike, so that `seaworthy apply` tries one of each in a dry
 * run, and all with `--try-all`; with `--different`, no two of them have the same fields, items of lists and switches. Then 400 definitions of custom resources are installed, and all is measured again.
 * The control plane is built as for `npm run test:cluster`, and runs on the same cores as what is measured. Its
 * controllers work on after each run: the next one begins when they are done.
 *
 * The bare requests are the floor: a program that does nothing but send the same objects, 24 at once, with and without a
 * dry run of all before the first is written.
 */
import { spawn } from 'node:child_process';
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startControlPlane, type ControlPlane } from '../scripts/cluster/control-plane';
import { definitions, objects } from './apply-objects';
import { binary } from './binaries';
import type { Command, Cost } from './measure';
import {
  cpuOf,
  cpuOfProcess,
  emptyFolder,
  interleave,
  median,
  printTable,
  printTitle,
  ratio,
} from './measure';
import { numberAfter, startRelay } from './relay';
import { requireBuild, ROOT, rounds, seconds, sized, subject, timeProcess, times, wallOf } from './measure';

const OBJECTS = numberAfter('--objects', sized(1000, 10));
const LATENCY = numberAfter('--latency', 0);
const DIFFERENT = process.argv.includes('--different');
const MANY = 10 * OBJECTS;
const DEFINITIONS = sized(400);

/** As many requests at once as `seaworthy apply` sends. */
const AT_ONCE = 24;

/** What a run took of the client and of the API server, in milliseconds. */
interface Run extends Cost {
  readonly server: number;
}

requireBuild();
const ROUNDS = rounds(5);
const folder = emptyFolder('apply');

async function main(): Promise<void> {
  const plane = await startControlPlane();
  const relay = LATENCY === 0 ? undefined : await startRelay(plane.kubeconfig, folder, LATENCY);
  try {
    const env = { KUBECONFIG: relay?.kubeconfig ?? plane.kubeconfig, HOME: folder };
    const far = LATENCY === 0 ? '' : `, ${LATENCY} ms of round trip`;
    const what = DIFFERENT ? 'different objects' : 'objects';
    measure(`${OBJECTS} ${what}${far}`, plane, env);
    install(definitions(DEFINITIONS), env);
    measure(`${OBJECTS} ${what}, ${DEFINITIONS} CustomResourceDefinitions installed${far}`, plane, env);
    console.log('\npeak memory of seaworthy apply, the first time and once more');
    for (const count of [OBJECTS, MANY]) {
      const namespace = newNamespace('memory', env);
      const run = ours(namespace, fileOf(namespace, count), env);
      console.log(`${count} objects: ${await peakOf(run)} MB, ${await peakOf(run)} MB`);
    }
  } finally {
    relay?.stop();
    await plane.stop();
  }
}

/** Applies the objects by each contestant: into an empty namespace, unchanged once more, and with one of them changed. */
function measure(title: string, plane: ControlPlane, env: NodeJS.ProcessEnv): void {
  const timed = (command: Command): Run => timedOn(plane, command);
  const bare = (...how: string[]): Run[] => [
    timed({ ...subject('bare-apply.js', fileOf(newNamespace('bare', env)), AT_ONCE, ...how), env }),
  ];
  const contestants: Readonly<Record<string, () => Run[]>> = {
    'kubectl apply --server-side': () => {
      const namespace = newNamespace('kubectl', env);
      const apply = kubectl(['apply', '--server-side', '-f', fileOf(namespace)], env);
      const again = [apply, apply].map(timed);
      fileOf(namespace, OBJECTS, 'changed');
      return [...again, timed(apply)];
    },
    'helm upgrade --install': () => {
      const namespace = newNamespace('helm', env);
      const chart = chartOf(namespace);
      const upgrade: Command = {
        program: binary('helm'),
        args: ['upgrade', '--install', 'bench', chart, '--namespace', namespace],
        env,
      };
      const again = [upgrade, upgrade].map(timed);
      chartOf(namespace, 'changed');
      return [...again, timed(upgrade)];
    },
    'seaworthy apply': () => {
      const namespace = newNamespace('seaworthy', env);
      const apply = ours(namespace, fileOf(namespace), env);
      const again = [apply, apply].map(timed);
      fileOf(namespace, OBJECTS, 'changed');
      return [...again, timed(apply)];
    },
    'seaworthy apply --try-all': () => {
      const namespace = newNamespace('all', env);
      return [timed(ours(namespace, fileOf(namespace), env, '--try-all'))];
    },
    'bare requests': () => bare(),
    'bare requests, dry run first': () => bare('dry-run'),
  };
  const results = interleave(ROUNDS, contestants);
  const base = results['kubectl apply --server-side'] ?? [];
  printTitle(title, ROUNDS);
  ['into an empty namespace', 'unchanged', 'one object changed'].forEach((name, step) => {
    const at = (runs: readonly Run[][]): Run[] => runs.flatMap((each) => each.slice(step, step + 1));
    printTable(
      [name, 'time', 'CPU of the client', 'CPU of the API server', "of kubectl's time"],
      Object.entries(results)
        .filter(([, runs]) => at(runs).length > 0)
        .map(([contestant, runs]) => [
          contestant,
          seconds(median(wallOf(at(runs)))),
          seconds(median(cpuOf(at(runs)))),
          seconds(median(at(runs).map(({ server }) => server))),
          times(ratio(wallOf(at(runs)), wallOf(at(base)))),
        ]),
    );
    console.log();
  });
}

/** Runs a process once the control plane is at rest. */
function timedOn(plane: ControlPlane, command: Command): Run {
  rest(plane);
  const before = cpuOfProcess(pidsOf(plane)['kube-apiserver']);
  const cost = timeProcess(command);
  return { ...cost, server: cpuOfProcess(pidsOf(plane)['kube-apiserver']) - before };
}

/** Waits until the processes of the control plane use less than a tenth of a core. */
function rest(plane: ControlPlane): void {
  const pids = Object.values(pidsOf(plane));
  const used = (): number => pids.reduce((sum, pid) => sum + cpuOfProcess(pid), 0);
  for (let tries = 0; tries < 120; tries++) {
    const before = used();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
    if (used() - before < 100) return;
  }
}

function pidsOf({ folder: at }: ControlPlane): Readonly<Record<string, number>> {
  return JSON.parse(readFileSync(join(at, 'pids.json'), 'utf8')) as Record<string, number>;
}

function kubectl(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  return { program: binary('kubectl'), args, env };
}

function ours(namespace: string, file: string, env: NodeJS.ProcessEnv, ...how: string[]): Command {
  const args = ['apply', file, '--name', 'bench', '--namespace', namespace, '--yes', '--no-wait', ...how];
  return { program: process.execPath, args: [join(ROOT, 'bin', 'seaworthy.js'), ...args], cwd: folder, env };
}

let namespaces = 0;
function newNamespace(tool: string, env: NodeJS.ProcessEnv): string {
  const name = `${tool}-${namespaces++}`;
  timeProcess(kubectl(['create', 'namespace', name], env));
  return name;
}

/** A file of `count` objects in a namespace; `value` is in the last of the ConfigMaps. */
function fileOf(namespace: string, count = OBJECTS, value = 'first'): string {
  const file = join(folder, `${namespace}.yaml`);
  writeFileSync(
    file,
    objects(namespace, { count, value, areDifferent: DIFFERENT })
      .map((object) => stringify(object))
      .join('---\n'),
  );
  return file;
}

function chartOf(namespace: string, value = 'first'): string {
  const chart = join(folder, `chart-${namespace}`);
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), stringify({ apiVersion: 'v2', name: 'bench', version: '1.0.0' }));
  writeFileSync(
    join(chart, 'templates', 'objects.yaml'),
    readFileSync(fileOf(namespace, OBJECTS, value), 'utf8'),
  );
  return chart;
}

function install(what: readonly object[], env: NodeJS.ProcessEnv): void {
  const file = join(folder, 'definitions.yaml');
  writeFileSync(file, what.map((object) => stringify(object)).join('---\n'));
  timeProcess(kubectl(['apply', '--server-side', '-f', file], env));
  timeProcess(kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=120s'], env));
}

/** Peak resident memory of a process in MB, as Linux counts it. */
function peakOf({ program, args, cwd, env }: Command): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: 'ignore' });
    let peak = 0;
    const look = setInterval(() => {
      const status = readStatus(child.pid);
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    }, 50);
    child.once('exit', (status) => {
      clearInterval(look);
      if (status === 0) resolve(Math.round(peak / 1024));
      else reject(new Error(`${program} ${args.join(' ')} ended with ${status}`));
    });
  });
}

function readStatus(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // It has just ended.
    return '';
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
