import { SeaworthyError } from '../errors';
import { ownPackage } from './project/own-package';
import { reportError } from './terminal/error';
import { explained } from './terminal/system-error';
import { Terminal, type Io } from './terminal/terminal';

export { ioOf } from './terminal/process';
export type { Io } from './terminal/terminal';

/**
 * The command line as a function: runs the command that `argv` names (without node and script).
 *
 * @returns the exit code: 0 fine, 1 findings, 2 usage or broken input, above 128 if a signal ended it
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const terminal = new Terminal(io);
  try {
    if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
      await terminal.print(`${ownPackage().version}\n`);
      return 0;
    }
    refuseNul(argv);
    // The version needs neither parser nor commands.
    const { runProgram } = await import('./program');
    return await runProgram(argv, { io, terminal });
  } catch (error) {
    if (io.signal?.aborted === true) return codeOfSignal(io.signal.reason);
    const reason = explained(error);
    await reportError(reason, terminal);
    if (argv.some((word) => /^(?:-o|--output)/.test(word)))
      await (await import('./failed')).writeFailed(argv, reason, { io, terminal });
    return 2;
  } finally {
    terminal.clear();
  }
}

/** A shell's exit code for a command that a signal ended: 128 and the signal's number. */
function codeOfSignal(reason: unknown): number {
  if (reason === 'SIGTERM') return 143;
  return reason === 'SIGHUP' ? 129 : 130;
}

/** No file has a name with a NUL, and Node's own error for one names neither the argument nor the option. */
function refuseNul(argv: readonly string[]): void {
  const index = argv.findIndex((word) => word.includes('\0'));
  if (index < 0) return;
  throw new SeaworthyError({ code: 'USAGE', message: `argument ${index + 1} holds a NUL character` });
}
