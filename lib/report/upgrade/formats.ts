import type { Format } from '../format';
import { redactUpgrade, redactUpgradedObjects } from '../redact/upgrade';
import { html } from './html';
import { json } from './json';
import { markdown } from './markdown';
import type { UpgradePrinter } from './report';
import { sarif } from './sarif';
import { text } from './text';

/** A way to print the rehearsal of an upgrade. */
export interface UpgradeFormat extends Format<UpgradePrinter> {
  /** Whether files are named from the top of the repository, not from the working directory: GitHub shows them so. */
  readonly namesFilesFromRepository?: boolean;
}

/** No printer gets a report with secrets in it. */
function redacted(print: UpgradePrinter): UpgradePrinter {
  return (report, paint) => print(redactUpgrade(report), paint);
}

/** Every format of `seaworthy upgrade`, the default one first. */
export const UPGRADE_FORMATS: readonly [UpgradeFormat, ...UpgradeFormat[]] = [
  { name: 'text', about: 'people: a matrix, and what each release changes', print: redacted(text) },
  { name: 'json', about: 'programs, with stable field names', print: redacted(json) },
  {
    name: 'markdown',
    about: 'an issue or a pull request, at most 60,000 characters',
    print: redacted(markdown),
  },
  {
    name: 'sarif',
    about: 'GitHub code scanning and editors, as SARIF 2.1.0',
    print: redacted(sarif),
    namesFilesFromRepository: true,
  },
  {
    name: 'html',
    about: 'people: one page with objects by releases, for a browser or as a CI artifact',
    print: (report, paint) => html(redactUpgradedObjects(redactUpgrade(report)), paint),
  },
];
