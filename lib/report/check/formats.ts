import { github } from './github';
import { json } from './json';
import { junit } from './junit';
import { markdown } from './markdown';
import type { Printer } from './report';
import { sarif } from './sarif';
import { text } from './text';

/** How a report can be printed. */
export type CheckFormat = 'text' | 'json' | 'markdown' | 'sarif' | 'junit' | 'github';

export const PRINTERS: Readonly<Record<CheckFormat, Printer>> = {
  text,
  json,
  markdown,
  sarif,
  junit,
  github,
};
