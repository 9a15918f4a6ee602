import type { Format } from '../format';
import { redactResult } from '../redact/apply';
import { json } from './json';
import type { ApplyPrinter } from './report';
import { text } from './text';

/** No printer gets a secret, nor what looks like one: a container may have written it before it ended. */
function redacted(print: ApplyPrinter): ApplyPrinter {
  return (report, paint) => print({ ...report, result: redactResult(report.result) }, paint);
}

/** Every format of `seaworthy apply`, the default one first. */
export const APPLY_FORMATS: readonly [Format<ApplyPrinter>, ...Format<ApplyPrinter>[]] = [
  { name: 'text', about: 'people: what failed and why, and what was done', print: redacted(text) },
  { name: 'json', about: 'programs, with stable field names', print: redacted(json) },
];
