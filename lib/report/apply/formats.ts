import { printerBy, type Format } from '../format';
import { printAs } from './printers';
import type { ApplyPrinter } from './report';

const printed = printerBy(printAs);

/** Every format of `seaworthy apply`, the default one first. */
export const APPLY_FORMATS: readonly [Format<ApplyPrinter>, ...Format<ApplyPrinter>[]] = [
  { name: 'text', about: 'people: what failed and why, and what was done', print: printed('text') },
  { name: 'json', about: 'programs, with stable field names', print: printed('json') },
];
