import { printerBy, type Format } from '../format';
import { printAs } from './printers';
import type { ImagesPrinter } from './report';

const printed = printerBy(printAs);

/** Every format of `seaworthy images`, the default one first. */
export const IMAGES_FORMATS: readonly [Format<ImagesPrinter>, ...Format<ImagesPrinter>[]] = [
  { name: 'text', about: 'people: each image, what uses it, and the line of code', print: printed('text') },
  { name: 'json', about: 'programs, with stable field names', print: printed('json') },
  {
    name: 'cyclonedx',
    about: 'scanners and inventories: a bill of materials, CycloneDX 1.6',
    print: printed('cyclonedx'),
  },
];
