import type { Paint } from '../paint';
import { redactPlan, redactPlannedObjects } from '../redact/plan';
import { html } from './html';
import { json } from './json';
import { markdown } from './markdown';
import { text } from './text';
import type { PlanReport } from './report';

const PRINTERS = { html, json, markdown, text };

/** Prints a plan in a format. No printer gets one with secrets in it. */
export function printAs(format: keyof typeof PRINTERS, report: PlanReport, paint: Paint): string {
  const redacted = redactPlan(report);
  return PRINTERS[format](format === 'html' ? redactPlannedObjects(redacted) : redacted, paint);
}
