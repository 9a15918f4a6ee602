import type { IConstruct } from 'constructs';
import type { Problem } from '../../errors';
import { describeProblem } from '../../errors';
import { originOf } from './origin';

/** A problem before it is known which construct it belongs to. */
export type UnplacedProblem = Omit<Problem, 'place' | 'source' | 'calledFrom'>;

/** Takes the problems of something being read or rendered, so that all are reported at once. */
export type Reporter = (problem: UnplacedProblem) => void;

const recorded = new WeakMap<IConstruct, Problem[]>();
/** Constructs whose props cannot be read. */
const misshapen = new WeakSet<IConstruct>();

/** `problem` with the construct's path and the line that created it. */
export function locate(construct: IConstruct, problem: UnplacedProblem): Problem {
  const { construct: place, source, calledFrom } = originOf(construct);
  return {
    ...problem,
    ...(place === undefined ? {} : { place }),
    ...(source === undefined ? {} : { source }),
    ...(calledFrom === undefined ? {} : { calledFrom }),
  };
}

/**
 * Records a problem of `construct`. Synth reports it with all the others, and so does
 * cdk8s's own synth, which gets it as a validation.
 */
export function report(construct: IConstruct, unplaced: UnplacedProblem): void {
  if (!misshapen.has(construct)) record(construct, unplaced);
}

/** Records a problem that has a place of its own, such as a line of a file that `construct` reads. */
export function reportPlaced(construct: IConstruct, problem: Problem): void {
  if (!misshapen.has(construct)) keep(construct, problem);
}

function record(construct: IConstruct, unplaced: UnplacedProblem): void {
  keep(construct, locate(construct, unplaced));
}

function keep(construct: IConstruct, problem: Problem): void {
  const list = recorded.get(construct);
  if (list !== undefined) {
    list.push(problem);
    return;
  }
  const problems = [problem];
  recorded.set(construct, problems);
  construct.node.addValidation({ validate: () => problems.map(describeProblem) });
}

/** Records the last problems of `construct`: its props cannot be read, so that it is not rendered. */
export function refuseShape(construct: IConstruct, problems: readonly UnplacedProblem[]): void {
  for (const problem of problems) record(construct, problem);
  misshapen.add(construct);
}

/** Whether the props of `construct` cannot be read. */
export function isMisshapen(construct: IConstruct): boolean {
  return misshapen.has(construct);
}

/** A reporter that records for `construct`. */
export function reporter(construct: IConstruct): Reporter {
  return (problem) => report(construct, problem);
}

/** The problems recorded for `construct`. */
export function problemsOf(construct: IConstruct): readonly Problem[] {
  return recorded.get(construct) ?? [];
}

/** The same reporter, for what lies below `prefix`; itself, where that is ''. */
export function below(prefix: string, report: Reporter): Reporter {
  if (prefix === '') return report;
  return (problem) => {
    const path = problem.path === undefined || problem.path === '' ? prefix : joinPath(prefix, problem.path);
    report({ ...problem, path });
  };
}

function joinPath(prefix: string, path: string): string {
  return path.startsWith('[') ? `${prefix}${path}` : `${prefix}.${path}`;
}
