import { Include } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Environment } from '../constructs/core/environment';
import { describeProblem } from '../errors';
import { locate, problemsOf } from '../constructs/core/problems';
import type { Tree } from './collect';
import type { Report } from './report';

/** Collects the problems of every construct once. */
export function validate(tree: Tree, report: Report): void {
  refuseTwins(tree, report);
  for (const construct of tree.constructs) {
    if (construct instanceof Include) refuseEmpty(construct, report);
    const ours = problemsOf(construct);
    ours.forEach(report);
    const reported = new Set(ours.map(describeProblem));
    for (const message of construct.node.validate()) {
      if (!reported.has(message)) report(locate(construct, { code: 'CONSTRUCT_INVALID', message }));
    }
  }
}

/** Reports environments with the same name: their objects would be written to one folder and mixed up. */
function refuseTwins(tree: Tree, report: Report): void {
  const byName = new Map<string, IConstruct>();
  for (const environment of tree.constructs.filter((construct) => construct instanceof Environment)) {
    const { id } = environment.node;
    const first = byName.get(id);
    const message = `environment "${id}" already exists: ${first?.node.path}`;
    if (first === undefined) byName.set(id, environment);
    else report(locate(environment, { code: 'DUPLICATE_NAME', message }));
  }
}

/** Reports an Include without an object: a file that is empty, or all comments, is seldom meant. */
function refuseEmpty(include: Include, report: Report): void {
  if (include.node.children.length > 0) return;
  const message = 'the included file has no objects';
  report(locate(include, { code: 'INPUT_UNREADABLE', path: 'url', message }));
}
