import type { Paint } from '../paint';
import { redactFit, redactFittedObjects } from '../redact/fit';
import { html } from './html';
import { json } from './json';
import { markdown } from './markdown';
import { text } from './text';
import type { FitReport } from './report';

const PRINTERS = { html, json, markdown, text };

/** Prints a report in a format. No printer gets one with secrets in it. */
export function printAs(format: keyof typeof PRINTERS, report: FitReport, paint: Paint): string {
  const redacted = redactFit(report);
  return PRINTERS[format](format === 'html' ? redactFittedObjects(redacted) : redacted, paint);
}
