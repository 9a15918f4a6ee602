import { POLICY } from './policy/registry';
import type { Rule } from './rule';
import { WIRING } from './wiring/registry';

/** Every rule over sets, in the order of the reference page. Admission has its own registry, by kind. */
export const RULES: readonly Rule[] = [...WIRING, ...POLICY];
