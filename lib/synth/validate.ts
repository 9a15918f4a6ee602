import type { IConstruct } from 'constructs';
import { Environment } from '../constructs/core/environment';
import { describeProblem } from '../errors';
import { locate, problemsOf } from '../constructs/core/problems';
import type { Tree } from './collect';
import type { Report } from './report';

/** Asks every construct once what is wrong with it. */
export function validate(tree: Tree, report: Report): void {
  refuseTwins(tree, report);
  for (const construct of tree.constructs) {
    const ours = problemsOf(construct);
    ours.forEach(report);
    const told = new Set(ours.map(describeProblem));
    for (const message of construct.node.validate()) {
      if (!told.has(message)) report(locate(construct, { code: 'CONSTRUCT_INVALID', message }));
    }
  }
}

/** Tells of environments of one name: their objects would be written to one folder, and taken for each other's. */
function refuseTwins(tree: Tree, report: Report): void {
  const byName = new Map<string, IConstruct>();
  for (const environment of tree.constructs.filter((construct) => construct instanceof Environment)) {
    const { id } = environment.node;
    const first = byName.get(id);
    const message = `there is an environment "${id}" already: ${first?.node.path}`;
    if (first === undefined) byName.set(id, environment);
    else report(locate(environment, { code: 'DUPLICATE_NAME', message }));
  }
}
