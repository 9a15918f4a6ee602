import { describeProblem, SeaworthyError, type Problem } from '../../errors';
import { visibleLines } from '../../text';
import type { Terminal } from './terminal';

/**
 * Prints every problem of an error; a stack only for a bug of ours. What looks like a secret is hidden: an app may throw
 * what it cannot connect to, with the password.
 */
export async function reportError(error: unknown, terminal: Terminal): Promise<void> {
  // Most commands end without an error.
  const { redactText } = await import('../../report/redact/text');
  const { err } = terminal;
  if (!(error instanceof SeaworthyError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.report(`${err.red('internal error:')} ${visibleLines(redactText(stack), '  ')}`);
    terminal.say('  This is a bug in seaworthy. Please report it with the lines above.');
    return;
  }
  const problems = inOrder(error.problems);
  for (const problem of problems) {
    terminal.report(`${err.bold(err.red('error:'))} ${redactText(describeProblem(problem))}`);
  }
  if (problems.length > 1) terminal.say(`${problems.length} problems`, err.bold);
}

/** Sorted by place, so that the problems of one object stand together; otherwise in the order in which they were found. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const place = (problem: Problem) => problem.place ?? '';
  return [...problems].sort((a, b) => (place(a) === place(b) ? 0 : place(a) < place(b) ? -1 : 1));
}
