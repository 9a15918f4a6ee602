import { spawn, type ChildProcess } from 'node:child_process';
import type { Launch } from './command';

export interface ChildOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
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

/** Runs a child to its end, and kills processes that it leaves behind. */
export async function runChild({ program, args, shell }: Launch, options: ChildOptions): Promise<Ending> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A separate process group can be killed as a whole.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  child.stdout.on('data', (bytes: Buffer) => options.onOutput(bytes, 'stdout'));
  child.stderr.on('data', (bytes: Buffer) => options.onOutput(bytes, 'stderr'));

  let timedOut = false;
  const stop = () => endTree(child);
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, options.timeout);
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted === true) stop();
  try {
    return { ...(await ending(child)), timedOut };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
  }
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
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended.
  }
}
