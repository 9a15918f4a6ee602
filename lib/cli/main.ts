import { load } from './load';
import { reportError } from './report-error';
import { BrokenPipe, Terminal, type Io } from './terminal';

export type { Io } from './terminal';

/**
 * The command line as a function: runs the command that `argv` names (without node and script).
 *
 * @returns the exit code: 0 fine, 1 findings, 2 usage or broken input, 128 and more when a signal ended it
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const terminal = new Terminal(io);
  try {
    // The version alone needs neither the parser nor a command.
    if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
      await terminal.print(`${load.ownPackage().version}\n`);
      return 0;
    }
    return await load.program().runProgram(argv, { io, terminal });
  } catch (error) {
    if (error instanceof BrokenPipe) return 0;
    if (io.signal?.aborted === true) return codeOfSignal(io.signal.reason);
    reportError(error, terminal);
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
