import type { Io } from './terminal';

/** The signals by which a user, a terminal or the system asks a command to end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What the command line reads and writes when it is a process of its own. */
export function ioOf(own: NodeJS.Process): Io {
  const interrupt = new AbortController();
  let holders = 0;
  const listen = (): void => SIGNALS.forEach((name) => own.on(name, abort));
  const ignore = (): void => SIGNALS.forEach((name) => own.off(name, abort));
  const abort = (name: NodeJS.Signals): void => {
    // A second signal ends the process at once.
    ignore();
    interrupt.abort(name);
  };
  const holdSignals = (): (() => void) => {
    if (holders++ === 0 && !interrupt.signal.aborted) listen();
    return () => {
      if (--holders === 0) ignore();
    };
  };
  const { stdout, stderr, env } = own;
  return {
    // Node loads its streams of files for it, which few commands read.
    get stdin() {
      return own.stdin;
    },
    stdout,
    stderr,
    env,
    signal: interrupt.signal,
    holdSignals,
    // Read when it is needed: it throws in a folder that was deleted, where the version can still be shown.
    get cwd() {
      return own.cwd();
    },
  };
}
