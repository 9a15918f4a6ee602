import type { Io } from './terminal';

/** The signals by which a user, a terminal or the system asks a command to end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What the command line reads and writes when it is a process of its own. */
export function ioOf(own: NodeJS.Process): Io {
  const interrupt = new AbortController();
  for (const name of SIGNALS) own.once(name, () => interrupt.abort(name));
  const { stdin, stdout, stderr, env } = own;
  return {
    stdin,
    stdout,
    stderr,
    env,
    signal: interrupt.signal,
    // Read when it is needed: it throws in a folder that was deleted, where the version can still be shown.
    get cwd() {
      return own.cwd();
    },
  };
}
