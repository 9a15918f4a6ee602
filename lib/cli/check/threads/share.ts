import type { Elsewhere } from '../../../graph/around';
import { packed } from '../../../check/packed';
import type { Piece } from '../../../check/pieces';
import type { Rule } from '../../../check/rule';
import { ImageLock } from '../../../manifest/image-lock';
import { assumedIn } from '../assumed';
import { appChecks } from '../app-checks';
import { groupChecks, type Judging } from '../group-check';
import { manifestsIn } from '../../files/manifests';
import { pinnedResult } from '../../run/pinned';
import { readResult } from '../../run/results';
import { Claims, orderOfOthers } from './claims';
import type { Answer } from './crew';
import type { AppJob, FileJob, Job } from './job';

/** The pieces of a check, ready to be run: a function of what the threads share. */
export function prepared(job: Job): (shared: SharedArrayBuffer) => Answer {
  const { options, own, assumed, cwd } = job;
  const { assume } = assumedIn(assumed, cwd);
  const settings = { options: { ...options, rules: own.map(notHere), assume } };
  const pieces = 'apps' in job ? piecesOfApps(job, settings) : piecesOfFiles(job, settings);
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

function piecesOfFiles({ args, cwd, files }: FileJob, settings: Judging): readonly Piece[] {
  const read = { ...manifestsIn(files, args, { cwd }), elsewhere: NOT_HERE };
  return groupChecks(read, settings).flatMap((prepare) => prepare().checking.pieces);
}

function piecesOfApps({ apps, pinned, environment }: AppJob, settings: Judging): readonly Piece[] {
  const lock = new ImageLock(new Map(pinned));
  const results = apps.map((bytes) => pinnedResult(readResult(bytes), lock));
  return appChecks(results, environment, settings).flatMap((prepare) => prepare().checking.pieces);
}

/** What a piece asks of the rest of the project is noted where verdicts are kept, so that the first thread has to ask. */
const NOT_HERE: Elsewhere = { has: refuse, labels: refuse, builtBy: refuse };

function notHere(facts: Omit<Rule, 'run'>): Rule {
  return { ...facts, run: refuse };
}

function refuse(): never {
  throw new Error('for the first thread');
}
