import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** The processes, other than this one, that have `mark` in their environment or their arguments. Linux only. */
export function processesWith(mark: string): string[] {
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return numbers.flatMap((pid) => {
    const text = `${readProcess(pid, 'environ')}\0${readProcess(pid, 'cmdline')}`;
    return text.includes(mark) ? [`${pid} ${readProcess(pid, 'cmdline').replaceAll('\0', ' ')}`] : [];
  });
}

/** `processesWith`, once there are none or `milliseconds` have passed. */
export async function survivors(mark: string, milliseconds: number): Promise<string[]> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const left = processesWith(mark);
    if (left.length === 0 || performance.now() > end) return left;
    await delay(10);
  }
}

/** The processes that `pid` has started. */
export function childrenOf(pid: number): number[] {
  return readProcess(String(pid), `task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
}

function readProcess(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return ''; // It has ended, or is another user's.
  }
}
