import { json } from './json';
import { markdown } from './markdown';
import type { PlanPrinter } from './report';
import { text } from './text';

/** How a plan can be printed. */
export type PlanFormat = 'text' | 'json' | 'markdown';

export const PLAN_PRINTERS: Readonly<Record<PlanFormat, PlanPrinter>> = { text, json, markdown };
