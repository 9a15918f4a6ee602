import type { Rule } from '../rule';

/** Whether the objects are safe and wise, one rule a file. */
export const POLICY: readonly Rule[] = [];
