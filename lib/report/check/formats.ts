import { printerBy, type Format } from '../format';
import { printAs } from './printers';
import type { CheckReport, Means } from './report';

/** A way to print the findings of a check. */
export interface CheckFormat extends Format<(report: CheckReport, means: Means) => string> {
  /** Whether files are named from the top of the repository, not from the working directory: GitHub shows them so. */
  readonly namesFilesFromRepository?: boolean;
}

const printed = printerBy(printAs);

/** Every format of `seaworthy check`, the default one first. */
export const CHECK_FORMATS: readonly [CheckFormat, ...CheckFormat[]] = [
  { name: 'text', about: 'people, with colours on a terminal', print: printed('text') },
  { name: 'json', about: 'programs, with stable field names', print: printed('json') },
  {
    name: 'markdown',
    about: 'a comment on a pull request, at most 60,000 characters',
    print: printed('markdown'),
  },
  {
    name: 'sarif',
    about: 'GitHub code scanning and editors, as SARIF 2.1.0',
    print: printed('sarif'),
    namesFilesFromRepository: true,
  },
  {
    name: 'junit',
    about: 'test reports of Jenkins and others: a suite per environment, a case per finding',
    print: printed('junit'),
  },
  {
    name: 'junit-gitlab',
    about: 'test reports of GitLab: the same, with the file and line of each case',
    print: printed('junit-gitlab'),
    namesFilesFromRepository: true,
  },
  {
    name: 'github',
    about: 'annotations on the lines of a pull request, as workflow commands of GitHub Actions',
    print: printed('github'),
    namesFilesFromRepository: true,
  },
  {
    name: 'html',
    about: 'people: one page with the findings and every object, for a browser or as a CI artifact',
    print: printed('html'),
  },
];
