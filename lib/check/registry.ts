import { MANIFEST } from './rules/manifest';
import { POLICY } from './rules/policy';
import type { Rule } from './rule';
import { WIRING } from './rules/wiring';

/** Every rule over sets, each group by name. The checks of admission have their own registry, by kind. */
export const RULES: readonly Rule[] = [MANIFEST, WIRING, POLICY].flatMap((rules) => rules.toSorted(byName));

function byName(a: Rule, b: Rule): number {
  return a.name < b.name ? -1 : 1;
}
