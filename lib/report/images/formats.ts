import type { Format } from '../format';
import { cyclonedx } from './cyclonedx';
import { json } from './json';
import type { ImagesPrinter } from './report';
import { text } from './text';

/** Every format of `seaworthy images`, the default one first. */
export const IMAGES_FORMATS: readonly [Format<ImagesPrinter>, ...Format<ImagesPrinter>[]] = [
  { name: 'text', about: 'people: each image, what uses it, and the line of code', print: text },
  { name: 'json', about: 'programs, with stable field names', print: json },
  {
    name: 'cyclonedx',
    about: 'scanners and inventories: a bill of materials, CycloneDX 1.6',
    print: cyclonedx,
  },
];
