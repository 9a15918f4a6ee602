import type { IConstruct } from 'constructs';
import { Environment } from '../constructs/core/environment';
import { describeProblem } from '../errors';
import { locate, problemsOf } from '../constructs/core/problems';
import type { Tree } from './collect';
import type { Tell } from './tell';

/** Asks every construct once what is wrong with it. */
export function validate(tree: Tree, tell: Tell): void {
  refuseTwins(tree, tell);
  for (const construct of tree.constructs) {
    const ours = problemsOf(construct);
    ours.forEach(tell);
    const told = new Set(ours.map(describeProblem));
    for (const message of construct.node.validate()) {
      if (!told.has(message)) tell(locate(construct, { code: 'CONSTRUCT_INVALID', message }));
    }
  }
}

/** Tells of environments of one name: their objects would be written to one folder, and taken for each other's. */
function refuseTwins(tree: Tree, tell: Tell): void {
  const byName = new Map<string, IConstruct>();
  for (const environment of tree.constructs.filter((construct) => construct instanceof Environment)) {
    const { id } = environment.node;
    const first = byName.get(id);
    const message = `there is an environment “${id}” already: ${first?.node.path}`;
    if (first === undefined) byName.set(id, environment);
    else tell(locate(environment, { code: 'DUPLICATE_NAME', message }));
  }
}
