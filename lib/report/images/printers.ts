import type { Paint } from '../paint';
import { cyclonedx } from './cyclonedx';
import { json } from './json';
import type { ImagesReport } from './report';
import { text } from './text';

const PRINTERS = { text, json, cyclonedx };

/** Prints the images of an app in a format. */
export function printAs(format: keyof typeof PRINTERS, report: ImagesReport, paint: Paint): string {
  return PRINTERS[format](report, paint);
}
