import type { Format } from '../format';
import { github } from './github';
import { json } from './json';
import { junit } from './junit';
import { markdown } from './markdown';
import type { Printer } from './report';
import { sarif } from './sarif';
import { text } from './text';

/** A way to print the findings of a check. */
export interface CheckFormat extends Format<Printer> {
  /** Whether files are named from the top of the repository, not from the working directory: GitHub shows them so. */
  readonly namesFilesFromRepository?: boolean;
}

/** Every format of `seaworthy check`, the default one first. */
export const CHECK_FORMATS: readonly [CheckFormat, ...CheckFormat[]] = [
  { name: 'text', about: 'people, with colours on a terminal', print: text },
  { name: 'json', about: 'programs, with stable field names', print: json },
  { name: 'markdown', about: 'a comment on a pull request, at most 60,000 characters', print: markdown },
  {
    name: 'sarif',
    about: 'GitHub code scanning and editors, as SARIF 2.1.0',
    print: sarif,
    namesFilesFromRepository: true,
  },
  {
    name: 'junit',
    about: 'test reports of GitLab and Jenkins: a suite per environment, a case per finding',
    print: junit,
  },
  {
    name: 'github',
    about: 'annotations on the lines of a pull request, as workflow commands of GitHub Actions',
    print: github,
    namesFilesFromRepository: true,
  },
];
