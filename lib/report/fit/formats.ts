import type { Format } from '../format';
import { redactFit, redactFittedObjects } from '../redact/fit';
import { html } from './html';
import { json } from './json';
import { markdown } from './markdown';
import type { FitPrinter } from './report';
import { text } from './text';

/** No printer gets a report with secrets in it. */
function redacted(print: FitPrinter): FitPrinter {
  return (report, paint) => print(redactFit(report), paint);
}

/** Every format of `seaworthy fit`, the default one first. */
export const FIT_FORMATS: readonly [Format<FitPrinter>, ...Format<FitPrinter>[]] = [
  {
    name: 'text',
    about: 'people: what stays pending and why, and a bar for each node',
    print: redacted(text),
  },
  { name: 'json', about: 'programs, with stable field names', print: redacted(json) },
  { name: 'markdown', about: 'a comment on a pull request', print: redacted(markdown) },
  {
    name: 'html',
    about: 'people: one page with the nodes and their pods, for a browser or as a CI artifact',
    print: (report, paint) => html(redactFittedObjects(redactFit(report)), paint),
  },
];
