import type { IConstruct } from 'constructs';
import type { Problem } from '../../errors';
import { describeProblem } from '../../errors';
import { originOf } from './origin';

/** A problem before it is known which construct it belongs to. */
export type UnplacedProblem = Omit<Problem, 'place' | 'source'>;

/** Takes the problems of something being read or rendered, so that all are reported at once. */
export type Reporter = (problem: UnplacedProblem) => void;

const recorded = new WeakMap<IConstruct, Problem[]>();

/** `problem` with the construct's path and the line that created it. */
export function locate(construct: IConstruct, problem: UnplacedProblem): Problem {
  const { construct: place, source } = originOf(construct);
  return {
    ...problem,
    ...(place === undefined ? {} : { place }),
    ...(source === undefined ? {} : { source }),
  };
}

/**
 * Records a problem of `construct`. Synth reports it with all the others, and so does
 * cdk8s's own synth, which gets it as a validation.
 */
export function report(construct: IConstruct, unplaced: UnplacedProblem): void {
  const list = recorded.get(construct);
  const problem = locate(construct, unplaced);
  if (list !== undefined) {
    list.push(problem);
    return;
  }
  const problems = [problem];
  recorded.set(construct, problems);
  construct.node.addValidation({ validate: () => problems.map(describeProblem) });
}

/** A reporter that records for `construct`. */
export function reporter(construct: IConstruct): Reporter {
  return (problem) => report(construct, problem);
}

/** The problems recorded for `construct`. */
export function problemsOf(construct: IConstruct): readonly Problem[] {
  return recorded.get(construct) ?? [];
}

/** The same reporter, for what lies below `prefix`. */
export function below(prefix: string, report: Reporter): Reporter {
  return (problem) => {
    const path = problem.path === undefined || problem.path === '' ? prefix : joinPath(prefix, problem.path);
    report({ ...problem, path });
  };
}

function joinPath(prefix: string, path: string): string {
  return path.startsWith('[') ? `${prefix}${path}` : `${prefix}.${path}`;
}
