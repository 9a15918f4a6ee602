import { SeaworthyError } from '../../errors';
import { counted } from '../../report/counts';
import type { Terminal } from '../terminal/terminal';
import { STDIN } from './sources';
import type { Skipped } from './walk';

/** How many skipped files are named. */
const NAMED = 10;

/** Names the files that were skipped, and why. */
export function reportSkipped(skipped: readonly Skipped[], terminal: Terminal): void {
  for (const { shown, reason } of skipped.slice(0, NAMED))
    terminal.say(`skipped ${shown}: ${reason}`, terminal.err.dim);
  if (skipped.length > NAMED)
    terminal.say(`skipped ${counted(skipped.length - NAMED, 'more file')}`, terminal.err.dim);
}

/** The error for paths without an object. An empty pipe mostly means that the command before it failed. */
export function noObjects(paths: readonly string[]): SeaworthyError {
  return new SeaworthyError({
    code: 'INPUT_UNREADABLE',
    place: paths.map((path) => (path === '-' ? STDIN : path)).join(', '),
    message: 'no Kubernetes objects found',
  });
}
