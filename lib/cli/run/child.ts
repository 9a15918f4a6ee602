import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { GATE, GATE_VARIABLE } from '../child/protocol';
import type { Launch } from './command';
import { guard } from './guard';

export interface ChildOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** What the child writes to; it is removed if this process is killed. */
  readonly folder: string;
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

/** Runs a child to its end, and kills processes that it leaves behind; all of them end with this process. */
export async function runChild(launch: Launch, options: ChildOptions): Promise<Ending> {
  const child = start(launch, options);
  const ended = ending(child);
  child.stdout?.on('data', (bytes: Buffer) => options.onOutput(bytes, 'stdout'));
  child.stderr?.on('data', (bytes: Buffer) => options.onOutput(bytes, 'stderr'));
  const endGuard = child.pid === undefined ? () => undefined : guard(child.pid, options.folder);
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
    signalTree(child, 'SIGKILL');
    endGuard();
  }
}

const hasGroups = process.platform !== 'win32';

/** Starts the child, which waits at the gate. */
function start({ program, args, shell }: Launch, { cwd, env }: ChildOptions): ChildProcess {
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
