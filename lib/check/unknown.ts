import { nearest, type Problem } from '../errors';
import type { RuleFacts } from './facts';

/** What is wrong with a rule's name; nothing where there is such a rule. */
export function unknownRule(
  name: string,
  facts: readonly RuleFacts[],
): Pick<Problem, 'code' | 'message' | 'hint'> | undefined {
  const names = facts.map((rule) => rule.name);
  if (names.includes(name)) return undefined;
  const near = names.find((known) => ownName(known) === ownName(name)) ?? nearest(name, names);
  const hint = near === undefined ? 'docs/reference/rules.md lists the rules.' : `Did you mean ${near}?`;
  return { code: 'UNKNOWN_RULE', message: `there is no rule "${name}"`, hint };
}

/** The name without its group, which is easily left out. */
function ownName(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
