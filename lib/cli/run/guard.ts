import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Waits for a line. If its input ends without one, whoever was to write it is dead: then it kills the group of
 * processes and removes the folder. A shell starts in a millisecond, and is not kept busy by what the app does.
 */
const SCRIPT = `
read -r line && exit
kill -KILL "-$1" 2>/dev/null
rm -rf -- "$2" || { sleep 1; rm -rf -- "$2"; }
`;

/**
 * Lets the app end with the command line, however that ends: SIGKILL and a lack of memory leave it no time to clean up
 * behind itself. Without a shell, as on Windows, nothing is guarded.
 *
 * @param group the process that leads the group
 * @param folder what is removed
 * @returns ends the guard
 */
export function guard(group: number, folder: string): () => void {
  if (process.platform === 'win32') return () => undefined;
  const shell: ChildProcess = spawn('/bin/sh', ['-c', SCRIPT, 'seaworthy-guard', String(group), folder], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
    // A group of its own: what ends the command line, such as a terminal that is closed, must not end the guard.
    detached: true,
  });
  shell.on('error', () => undefined);
  shell.stdin?.on('error', () => undefined);
  shell.unref();
  return () => {
    shell.kill('SIGKILL');
    shell.stdin?.destroy();
  };
}
