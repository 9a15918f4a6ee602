import type { IConstruct } from 'constructs';
import type { Suppression } from '../../manifest/manifest';
import { lineOf } from './call-site';
import { originOf } from './origin';
import { report } from './problems';
import { optional } from './props';

const suppressions = new WeakMap<IConstruct, Suppression[]>();
/** Suppressions that count only sometimes. */
const conditions = new WeakMap<Suppression, () => boolean>();

/**
 * Accepts what `check` finds about the objects of `construct` and of everything below it, by one rule, for a reason.
 * A suppression that suppresses nothing is reported, so that it is removed when its reason has gone.
 *
 * Errors of admission cannot be suppressed: the API server does not read reasons.
 *
 * @param construct any construct, of ours, of cdk8s or of anybody
 * @param rule name of the rule: `policy/image-tag`
 * @param reason why it is accepted, for the next reader; synth reports MISSING_PROP without one
 */
export function suppress(construct: IConstruct, rule: string, reason: string): void {
  if (typeof reason !== 'string' || reason.trim() === '') {
    const message = `Required value: ${rule} is suppressed without a reason`;
    report(construct, {
      code: 'MISSING_PROP',
      path: 'suppress',
      message,
      hint: 'Add the reason as the second argument.',
    });
    return;
  }
  add(construct, rule, reason);
}

/**
 * Accepts a finding that a construct of ours makes on purpose.
 *
 * @param isNeeded whether there is such a finding, once everything is rendered
 */
export function suppressOwn(
  construct: IConstruct,
  rule: string,
  reason: string,
  isNeeded: () => boolean,
): void {
  conditions.set(add(construct, rule, reason), isNeeded);
}

function add(construct: IConstruct, rule: string, reason: string): Suppression {
  const { construct: path, source } = originOf(construct);
  // An app that is not traced does not pay for a look at the stack.
  const line = source === undefined ? undefined : lineOf(add);
  const suppression = { rule, reason, construct: path, ...optional('source', line) };
  const list = suppressions.get(construct);
  if (list === undefined) suppressions.set(construct, [suppression]);
  else list.push(suppression);
  return suppression;
}

/** What is suppressed for `construct`: on it, and on what it is in. */
export function suppressionsOf(construct: IConstruct): readonly Suppression[] {
  const found: Suppression[] = [];
  for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope)
    found.push(...(suppressions.get(at) ?? []).filter((each) => conditions.get(each)?.() ?? true));
  return found;
}
