import { github } from './github';
import { html } from './html';
import { json } from './json';
import { junit } from './junit';
import { markdown } from './markdown';
import type { FailurePrinter } from './report';
import { sarif } from './sarif';

/** How each format that a program reads has a failure; people read it on stderr. The names are those of the reports. */
export const FAILURE_PRINTERS: ReadonlyMap<string, FailurePrinter> = new Map([
  ['json', json],
  ['markdown', markdown],
  ['sarif', sarif],
  ['junit', junit],
  ['junit-gitlab', junit],
  ['github', github],
  ['html', html],
]);
