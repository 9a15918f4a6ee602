import type { Paint } from '../paint';
import { redactResult } from '../redact/apply';
import { json } from './json';
import type { ApplyReport } from './report';
import { text } from './text';

const PRINTERS = { text, json };

/**
 * Prints what an apply came to in a format. No printer gets a secret, nor what looks like one: a container may have
 * written it before it ended.
 */
export function printAs(format: keyof typeof PRINTERS, report: ApplyReport, paint: Paint): string {
  return PRINTERS[format]({ ...report, result: redactResult(report.result) }, paint);
}
