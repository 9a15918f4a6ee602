import type { IConstruct } from 'constructs';
import type { Problem } from '../../errors';
import { describeProblem } from '../../errors';
import { originOf } from './origin';

/** A problem before it is known which construct it belongs to. */
export type Complaint = Omit<Problem, 'place' | 'source'>;

/** Takes what is wrong with something being described or rendered, so that all of it is told at once. */
export type Reporter = (complaint: Complaint) => void;

const recorded = new WeakMap<IConstruct, Problem[]>();

/** `complaint` with the construct's path and the line that created it. */
export function locate(construct: IConstruct, complaint: Complaint): Problem {
  const { construct: place, source } = originOf(construct);
  return {
    ...complaint,
    ...(place === undefined ? {} : { place }),
    ...(source === undefined ? {} : { source }),
  };
}

/**
 * Records a problem of `construct`. It is told when the app is synthesized, with all the others,
 * whichever engine synthesizes: cdk8s learns of it as a validation.
 */
export function report(construct: IConstruct, complaint: Complaint): void {
  const list = recorded.get(construct);
  const problem = locate(construct, complaint);
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
  return (complaint) => report(construct, complaint);
}

/** The problems recorded for `construct`. */
export function problemsOf(construct: IConstruct): readonly Problem[] {
  return recorded.get(construct) ?? [];
}

/** The same reporter, for what lies below `prefix`. */
export function below(prefix: string, report: Reporter): Reporter {
  return (complaint) => {
    const path =
      complaint.path === undefined || complaint.path === '' ? prefix : joinPath(prefix, complaint.path);
    report({ ...complaint, path });
  };
}

function joinPath(prefix: string, path: string): string {
  return path.startsWith('[') ? `${prefix}${path}` : `${prefix}.${path}`;
}
