import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { GATE, GATE_VARIABLE } from '../child/protocol';
import type { Launch } from './command';
import { guard } from './guard';

export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** What the child writes to; it is removed if this process is killed. */
  readonly folder: string;
}

export interface ChildOptions {
  /** Milliseconds until the child and all processes that it started are killed. */
  readonly timeout: number;
  /** Ends the child early. */
  readonly signal?: AbortSignal | undefined;
  readonly onOutput: (bytes: Buffer, stream: 'stdout' | 'stderr') => void;
}

/** How a child ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  /** Why it could not be started, such as ENOENT. */
  readonly unstarted?: string;
}

/** Milliseconds for a process to end after a signal, and for its last output to arrive. */
const GRACE = 1000;

/** The gate in a shell, as the preload has it in Node. */
const SHELL_GATE = `read -r line <&${GATE} || exit 1\nexec ${GATE}<&-`;

/** A child that has been started, and waits at its gate. */
export interface Waiting {
  readonly child: ChildProcess;
  readonly ended: Promise<Omit<Ending, 'timedOut'>>;
  readonly endGuard: () => void;
}

/** Starts a child, which ends with this process. */
export function startChild(launch: Launch, surroundings: Surroundings): Waiting {
  const child = start(launch, surroundings);
  const ended = ending(child);
  const endGuard = child.pid === undefined ? () => undefined : guard(child.pid, surroundings.folder);
  return { child, ended, endGuard };
}

/** Whether a child that waits is still there. */
export function isWaiting({ child }: Waiting): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Ends a child that is not to run. */
export function dismiss({ child, endGuard }: Waiting): void {
  signalTree(child, 'SIGKILL');
  endGuard();
}

/** Lets a child run to its end, and kills processes that it leaves behind; all of them end with this process. */
export async function runChild(waiting: Waiting, options: ChildOptions): Promise<Ending> {
  const { child, ended } = waiting;
  child.stdout?.on('data', (bytes: Buffer) => options.onOutput(bytes, 'stdout'));
  child.stderr?.on('data', (bytes: Buffer) => options.onOutput(bytes, 'stderr'));
  openGate(child);

  let timedOut = false;
  const stop = () => endTree(child);
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, options.timeout);
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted === true) stop();
  try {
    return { ...(await ended), timedOut };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
    dismiss(waiting);
  }
}

const hasGroups = process.platform !== 'win32';

/** Starts the child, which waits at the gate. */
function start({ program, args, shell }: Launch, { cwd, env }: Surroundings): ChildProcess {
  const gated = shell && hasGroups ? `${SHELL_GATE}\n${program}` : program;
  return spawn(gated, args, {
    cwd,
    env: shell || !hasGroups ? env : { ...env, [GATE_VARIABLE]: String(GATE) },
    shell,
    stdio: ['ignore', 'pipe', 'pipe', ...(hasGroups ? (['pipe'] as const) : [])],
    // A separate process group can be killed as a whole.
    detached: hasGroups,
    windowsHide: true,
  });
}

/** Lets the child run, now that it is guarded. */
function openGate(child: ChildProcess): void {
  // A child that could not be started may have no streams at all.
  const gate = (child.stdio as ChildProcess['stdio'] | undefined)?.[GATE] as Socket | undefined;
  gate?.on('error', () => undefined);
  // A child that has several processes may read from it several times.
  gate?.end('\n'.repeat(4096), () => gate.destroy());
}

/** Resolves when the child has exited and its output has arrived. */
function ending(child: ChildProcess): Promise<Omit<Ending, 'timedOut'>> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ code: null, signal: null, unstarted: error.code ?? error.message });
    });
    child.once('exit', (code, signal) => {
      // A process that the app left behind may keep its output open.
      const leftBehind = setTimeout(() => {
        signalTree(child, 'SIGKILL');
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, GRACE);
      child.once('close', () => {
        clearTimeout(leftBehind);
        resolve({ code, signal });
      });
    });
  });
}

function endTree(child: ChildProcess): void {
  signalTree(child, 'SIGTERM');
  const insist = setTimeout(() => signalTree(child, 'SIGKILL'), GRACE);
  child.once('close', () => clearTimeout(insist));
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (!hasGroups) {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended.
  }
}
