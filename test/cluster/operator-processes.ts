import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Sites } from './operator-kit';

const running = new Set<ChildProcess>();

/** An operator in a process of its own. */
export interface OperatorProcess {
  readonly child: ChildProcess;
  /** Resolves when it has ended: to the signal that ended it, or to what it has printed. */
  readonly ended: Promise<string>;
}

/**
 * Starts an operator in a process of its own.
 *
 * @param args what operator-process.ts takes behind the group and the namespace: when it kills itself
 * @param options of Node
 */
export function operatorProcess(
  { group, namespace }: Sites,
  args: readonly string[],
  options: readonly string[] = [],
): OperatorProcess {
  const jiti = join(__dirname, '../../node_modules/jiti/lib/jiti-cli.mjs');
  const script = join(__dirname, 'operator-process.ts');
  const child = spawn(process.execPath, [...options, jiti, script, group, namespace, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (_, signal) => {
      running.delete(child);
      resolve(signal ?? said);
    }),
  );
  return { child, ended };
}

/** Kills those that still run. */
export function endProcesses(): void {
  for (const child of running) child.kill('SIGKILL');
}
