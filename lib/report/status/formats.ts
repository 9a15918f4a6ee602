import type { Format } from '../format';
import { printAs } from './printers';
import type { StatusPrinter } from './report';

const printed =
  (format: Parameters<typeof printAs>[0]): StatusPrinter =>
  (report, paint) =>
    printAs(format, report, paint);

/** Every format of `seaworthy status`, the default one first. */
export const STATUS_FORMATS: readonly [Format<StatusPrinter>, ...Format<StatusPrinter>[]] = [
  { name: 'text', about: 'people: a line a workload and a line a pod', print: printed('text') },
  { name: 'json', about: 'programs, with stable field names', print: printed('json') },
];
