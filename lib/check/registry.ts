import { POLICY } from './rules/policy';
import type { Rule } from './rule';
import { WIRING } from './rules/wiring';

/** Every rule over sets, in the order of the reference page. Admission has its own registry, by kind. */
export const RULES: readonly Rule[] = [...WIRING, ...POLICY];
