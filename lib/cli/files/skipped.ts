import { SeaworthyError } from '../../errors';
import { grouped } from '../../kube/grouped';
import { counted, listed } from '../../report/counts';
import type { Terminal } from '../terminal/terminal';
import { countOf, describeReason, type Skipped } from './reasons';
import { STDIN } from './sources';

/** What is nowhere near a manifest: it is not counted, and listed only if asked for. */
const UNCOUNTED: ReadonlySet<Skipped['why']> = new Set(['hidden', 'packages']);

/**
 * Counts the files that were skipped, by reason, in one line; what the user named is named. With `verbose`, all of them,
 * each in a line.
 */
export function reportSkipped(skipped: readonly Skipped[], terminal: Terminal, verbose = false): void {
  const say = (line: string): void => terminal.say(line, terminal.err.dim);
  const said = skipped.filter(({ named }) => verbose || named === true);
  for (const each of said) say(`skipped ${each.shown}: ${describeReason(each)}`);
  const counting = skipped.filter(({ why }) => !UNCOUNTED.has(why));
  if (verbose || counting.length === said.length) return;
  const reasons = [...grouped(counting, ({ why }) => why)].sort(([, a], [, b]) => b.length - a.length);
  const counts = reasons.map(([why, all]) => countOf(why, all.length));
  const what =
    counts.length === 1 ? counts.join('') : `${counted(counting.length, 'file')}: ${listed(counts)}`;
  say(`Skipped ${what} (--verbose lists them)`);
  for (const [, all] of reasons) {
    const command = all.find((each) => each.command !== undefined)?.command;
    if (command !== undefined) say(`To check what it builds: ${command}`);
  }
}

/** The error for paths without an object. An empty pipe mostly means that the command before it failed. */
export function noObjects(paths: readonly string[], skipped: readonly Skipped[] = []): SeaworthyError {
  const first = skipped.find(({ why }) => why === 'kustomization' || why === 'chart');
  return new SeaworthyError({
    code: 'INPUT_UNREADABLE',
    place: paths.map((path) => (path === '-' ? STDIN : path)).join(', '),
    message: 'no Kubernetes objects found',
    ...(first !== undefined && { hint: `Skipped ${first.shown}: ${describeReason(first)}` }),
  });
}
