import type { Elsewhere } from '../../../graph/around';
import { packed } from '../../../check/packed';
import type { Rule } from '../../../check/rule';
import { assumedIn } from '../assumed';
import { groupChecks } from '../group-check';
import { manifestsIn } from '../../files/manifests';
import { Claims, orderOfOthers } from './claims';
import type { Answer } from './crew';
import type { Job } from './job';

/** The pieces of a check, ready to be run: a function of what the threads share. */
export function prepared({
  args,
  cwd,
  files,
  assumed,
  options,
  own,
}: Job): (shared: SharedArrayBuffer) => Answer {
  const read = { ...manifestsIn(files, args, { cwd }), elsewhere: NOT_HERE };
  const { assume } = assumedIn(assumed, cwd);
  const settings = { options: { ...options, rules: own.map(notHere), assume } };
  const pieces = groupChecks(read, settings).flatMap((prepare) => prepare().checking.pieces);
  return (shared) => {
    const claims = new Claims(shared);
    if (claims.size !== pieces.length) return [];
    return orderOfOthers(pieces).flatMap((number): Answer => {
      const piece = pieces[number];
      if (piece === undefined || !claims.take(number)) return [];
      try {
        return [[number, packed(piece, piece.run())]];
      } catch {
        // The first thread runs it again, and reports what it throws.
        return [];
      }
    });
  };
}

/** What a piece asks of the rest of the project is noted where verdicts are kept, so that the first thread has to ask. */
const NOT_HERE: Elsewhere = { has: refuse, labels: refuse, builtBy: refuse };

function notHere(facts: Omit<Rule, 'run'>): Rule {
  return { ...facts, run: refuse };
}

function refuse(): never {
  throw new Error('for the first thread');
}
