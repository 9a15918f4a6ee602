/**
 * `seaworthy apply` against `kubectl apply --server-side` and `helm install`, each a whole process, on a control plane of
 * its own:
 *
 *   npx jiti bench/apply.ts [rounds]
 *
 * Half of the 1,000 objects are ConfigMaps, the others Services and Deployments without pods, in one namespace; every
 * contestant gets a new one each round. Then 400 definitions of custom resources are installed, and all is measured again.
 * The control plane is built as for `npm run test:cluster`, and runs on the same cores as what is measured.
 */
import { spawn } from 'node:child_process';
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startControlPlane } from '../scripts/cluster/control-plane';
import { binary } from './binaries';
import type { Command, Cost } from './measure';
import { cpuOf, emptyFolder, interleave, median, printTable, printTitle, ratio } from './measure';
import { requireBuild, ROOT, rounds, seconds, timeProcess, times, wallOf } from './measure';

const OBJECTS = 1000;
const MANY = 10_000;
const DEFINITIONS = 400;

requireBuild();
const ROUNDS = rounds(5);
const folder = emptyFolder('apply');

async function main(): Promise<void> {
  const plane = await startControlPlane();
  try {
    const env = { KUBECONFIG: plane.kubeconfig, HOME: folder };
    measure(`${OBJECTS} objects`, env);
    install(definitions(), env);
    measure(`${OBJECTS} objects, ${DEFINITIONS} CustomResourceDefinitions installed`, env);
    console.log('\npeak memory of seaworthy apply, the first time and once more');
    for (const count of [OBJECTS, MANY]) {
      const namespace = newNamespace('memory', env);
      const run = ours(namespace, fileOf(namespace, count), env);
      console.log(`${count} objects: ${await peakOf(run)} MB, ${await peakOf(run)} MB`);
    }
  } finally {
    await plane.stop();
  }
}

/** Applies the objects by each contestant: into an empty namespace, unchanged once more, and with one of them changed. */
function measure(title: string, env: NodeJS.ProcessEnv): void {
  const contestants: Readonly<Record<string, () => Cost[]>> = {
    'kubectl apply --server-side': () => {
      const namespace = newNamespace('kubectl', env);
      const apply = kubectl(['apply', '--server-side', '-f', fileOf(namespace)], env);
      const again = [apply, apply].map(timeProcess);
      fileOf(namespace, OBJECTS, 'changed');
      return [...again, timeProcess(apply)];
    },
    'helm upgrade --install': () => {
      const namespace = newNamespace('helm', env);
      const chart = chartOf(namespace);
      const upgrade: Command = {
        program: binary('helm'),
        args: ['upgrade', '--install', 'bench', chart, '--namespace', namespace],
        env,
      };
      const again = [upgrade, upgrade].map(timeProcess);
      chartOf(namespace, 'changed');
      return [...again, timeProcess(upgrade)];
    },
    'seaworthy apply': () => {
      const namespace = newNamespace('seaworthy', env);
      const apply = ours(namespace, fileOf(namespace), env);
      const again = [apply, apply].map(timeProcess);
      fileOf(namespace, OBJECTS, 'changed');
      return [...again, timeProcess(apply)];
    },
  };
  const results = interleave(ROUNDS, contestants);
  const base = results['kubectl apply --server-side'] ?? [];
  printTitle(title, ROUNDS);
  ['into an empty namespace', 'unchanged', 'one object changed'].forEach((name, step) => {
    const at = (costs: readonly Cost[][]): Cost[] => costs.flatMap((cost) => cost.slice(step, step + 1));
    printTable(
      [name, 'time', 'CPU of the client', "of kubectl's time"],
      Object.entries(results).map(([contestant, costs]) => [
        contestant,
        seconds(median(wallOf(at(costs)))),
        seconds(median(cpuOf(at(costs)))),
        times(ratio(wallOf(at(costs)), wallOf(at(base)))),
      ]),
    );
    console.log();
  });
}

function kubectl(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  return { program: binary('kubectl'), args, env };
}

function ours(namespace: string, file: string, env: NodeJS.ProcessEnv): Command {
  const args = ['apply', file, '--name', 'bench', '--namespace', namespace, '--yes', '--no-wait'];
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
    objects(namespace, count, value)
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

function objects(namespace: string, count: number, value: string): object[] {
  return Array.from({ length: count }, (_, index) => {
    const metadata = { name: `object-${index}`, namespace, labels: { app: `app-${index}` } };
    if (index % 2 === 0)
      return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata,
        data: { LEVEL: 'info', VALUE: index >= count - 2 ? value : 'first' },
      };
    const selector = { app: `app-${index}` };
    if (index % 4 === 1)
      return {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { selector, ports: [{ name: 'http', port: 80 }], clusterIP: 'None' },
      };
    const container = {
      name: 'main',
      image: 'ghcr.io/acme/api:1.4.2',
      ports: [{ name: 'http', containerPort: 8080 }],
      resources: { requests: { cpu: '100m', memory: '128Mi' } },
    };
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 0,
        selector: { matchLabels: selector },
        template: { metadata: { labels: selector }, spec: { containers: [container] } },
      },
    };
  });
}

function definitions(): object[] {
  return Array.from({ length: DEFINITIONS }, (_, index) => {
    const group = `group-${Math.floor(index / 4)}.example.com`;
    const schema = {
      openAPIV3Schema: {
        type: 'object',
        properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
      },
    };
    return {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `things${index}.${group}` },
      spec: {
        group,
        names: { kind: `Thing${index}`, plural: `things${index}` },
        scope: 'Namespaced',
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    };
  });
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
