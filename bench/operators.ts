/** Operators as processes of their own: ours, and a controller in Go that does the same, measured alike. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildGo } from '../scripts/go/build';
import { cpuOfProcess, ROOT, type Command } from './measure';

/** How an operator is started, and what it says of its work. */
export interface Contestant {
  readonly command: (namespace: string, port: number) => Command;
  /** The series of its metrics that counts reconciles which went well. */
  readonly reconciled: string;
}

/** An operator that runs. */
export class Running {
  readonly #child: ChildProcess;
  readonly #metrics: string;
  readonly #reconciled: string;

  constructor(child: ChildProcess, port: number, reconciled: string) {
    this.#child = child;
    this.#metrics = `http://127.0.0.1:${port}/metrics`;
    this.#reconciled = reconciled;
  }

  /** Starts one that serves a namespace, with a kubeconfig. */
  static async start(
    { command, reconciled }: Contestant,
    namespace: string,
    kubeconfig: string,
  ): Promise<Running> {
    const port = await freePort();
    const { program, args } = command(namespace, port);
    const env = { ...process.env, KUBECONFIG: kubeconfig };
    return new Running(spawn(program, args, { env, stdio: 'ignore' }), port, reconciled);
  }

  /** How many reconciles have gone well; 0 while it does not answer yet. */
  async reconciles(): Promise<number> {
    const answer = await fetch(this.#metrics).catch(() => undefined);
    const text = (await answer?.text()) ?? '';
    const line = text.split('\n').find((each) => each.startsWith(this.#reconciled)) ?? '';
    return Number(line.split(' ').at(-1));
  }

  /** Milliseconds of processor time so far. */
  get cpu(): number {
    return cpuOfProcess(this.#child.pid);
  }

  /** Megabytes that are resident, now and at most so far; as Linux counts them. */
  get memory(): { readonly now: number; readonly peak: number } {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    const megabytes = (name: string): number =>
      Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
    return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}

const AT_ONCE = 8;

export const OURS: Contestant = {
  command: (namespace, port) => {
    const options = ['--serve', namespace, '--namespace', namespace, '--port', `${port}`];
    const how = ['--no-leader-election', '--concurrency', `${AT_ONCE}`, '--log-level', 'error'];
    const module = join(ROOT, 'bench', 'subjects', 'page.js');
    const args = [join(ROOT, 'bin', 'seaworthy.js'), 'operator', 'run', module, ...options, ...how];
    return { program: process.execPath, args };
  },
  reconciled: 'seaworthy_operator_reconciles_total{kind="Page",result="ready"}',
};

/** The program of bench/operator-peer, with controller-runtime. */
export function peer(): Contestant {
  const program = buildGo('operator-peer', {
    source: join(ROOT, 'bench', 'operator-peer'),
    flags: ['-trimpath', '-ldflags=-s -w'],
    missing: 'Go is missing: it builds the controller that ours is compared with (https://go.dev/dl)',
    remark: 'building bench/operator-peer: this takes some minutes the first time',
  });
  return {
    command: (namespace, port) => {
      const options = ['-namespace', namespace, '-metrics', `127.0.0.1:${port}`];
      return { program, args: [...options, '-concurrency', `${AT_ONCE}`] };
    },
    reconciled: 'controller_runtime_reconcile_total{controller="page",result="success"}',
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
