import { printerBy, type Format } from '../format';
import { printAs } from './printers';
import type { UpgradePrinter } from './report';

/** A way to print the rehearsal of an upgrade. */
export interface UpgradeFormat extends Format<UpgradePrinter> {
  /** Whether files are named from the top of the repository, not from the working directory: GitHub shows them so. */
  readonly namesFilesFromRepository?: boolean;
}

const printed = printerBy(printAs);

/** Every format of `seaworthy upgrade`, the default one first. */
export const UPGRADE_FORMATS: readonly [UpgradeFormat, ...UpgradeFormat[]] = [
  { name: 'text', about: 'people: a matrix, and what each release changes', print: printed('text') },
  { name: 'json', about: 'programs, with stable field names', print: printed('json') },
  {
    name: 'markdown',
    about: 'an issue or a pull request, at most 60,000 characters',
    print: printed('markdown'),
  },
  {
    name: 'sarif',
    about: 'GitHub code scanning and editors, as SARIF 2.1.0',
    print: printed('sarif'),
    namesFilesFromRepository: true,
  },
  {
    name: 'html',
    about: 'people: one page with objects by releases, for a browser or as a CI artifact',
    print: printed('html'),
  },
];
