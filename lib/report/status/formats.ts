import { printerBy, type Format } from '../format';
import { printAs } from './printers';
import type { StatusPrinter } from './report';

const printed = printerBy(printAs);

/** Every format of `seaworthy status`, the default one first. */
export const STATUS_FORMATS: readonly [Format<StatusPrinter>, ...Format<StatusPrinter>[]] = [
  { name: 'text', about: 'people: a line a workload and a line a pod', print: printed('text') },
  { name: 'json', about: 'programs, with stable field names', print: printed('json') },
];
