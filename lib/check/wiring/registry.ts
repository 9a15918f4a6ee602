import type { Rule } from '../rule';

/** Whether the objects fit together, one rule a file. */
export const WIRING: readonly Rule[] = [];
