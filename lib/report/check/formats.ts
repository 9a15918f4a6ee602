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
  { name: 'text', about: 'for people', print: text },
  { name: 'json', about: 'for programs, with stable field names', print: json },
  { name: 'markdown', about: 'for a comment on a pull request', print: markdown },
  {
    name: 'sarif',
    about: 'SARIF 2.1.0, for GitHub code scanning and other viewers',
    print: sarif,
    namesFilesFromRepository: true,
  },
  { name: 'junit', about: "JUnit's XML, for the test reports of GitLab and Jenkins", print: junit },
  {
    name: 'github',
    about: 'workflow commands, which GitHub Actions shows as annotations',
    print: github,
    namesFilesFromRepository: true,
  },
];
