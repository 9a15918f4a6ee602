import type { Paint } from '../paint';
import { redactUpgrade, redactUpgradedObjects } from '../redact/upgrade';
import { html } from './html';
import { json } from './json';
import { markdown } from './markdown';
import { sarif } from './sarif';
import { text } from './text';
import type { UpgradeReport } from './report';

const PRINTERS = { html, json, markdown, sarif, text };

/** Prints the rehearsal of an upgrade in a format. No printer gets one with secrets in it. */
export function printAs(format: keyof typeof PRINTERS, report: UpgradeReport, paint: Paint): string {
  const redacted = redactUpgrade(report);
  return PRINTERS[format](format === 'html' ? redactUpgradedObjects(redacted) : redacted, paint);
}
