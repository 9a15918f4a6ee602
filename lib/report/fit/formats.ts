import { printerBy, type Format } from '../format';
import { printAs } from './printers';
import type { FitPrinter } from './report';

const printed = printerBy(printAs);

/** Every format of `seaworthy fit`, the default one first. */
export const FIT_FORMATS: readonly [Format<FitPrinter>, ...Format<FitPrinter>[]] = [
  {
    name: 'text',
    about: 'people: what stays pending and why, and a bar for each node',
    print: printed('text'),
  },
  { name: 'json', about: 'programs, with stable field names', print: printed('json') },
  { name: 'markdown', about: 'a comment on a pull request', print: printed('markdown') },
  {
    name: 'html',
    about: 'people: one page with the nodes and their pods, for a browser or as a CI artifact',
    print: printed('html'),
  },
];
