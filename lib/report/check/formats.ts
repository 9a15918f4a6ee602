import { parseSource } from '../../manifest/source';
import type { Format } from '../format';
import { github } from './github';
import { html } from './html';
import { json } from './json';
import { junit, junitForGitLab } from './junit';
import { markdown } from './markdown';
import { redactCheck, redactManifests, redactorOf } from '../redact/check';
import { Frames } from '../redact/frame';
import type { CheckReport, Means, Printer } from './report';
import { sarif } from './sarif';
import { text } from './text';

/** A way to print the findings of a check. */
export interface CheckFormat extends Format<(report: CheckReport, means: Means) => string> {
  /** Whether files are named from the top of the repository, not from the working directory: GitHub shows them so. */
  readonly namesFilesFromRepository?: boolean;
}

/** No printer gets a report with secrets in it, nor a line of a file. */
function redacted(print: Printer, showsObjects = false): CheckFormat['print'] {
  return (report, { paint, lines }) => {
    const redactor = redactorOf(report);
    const manifests = redactor === undefined ? [] : report.parts.flatMap((part) => part.manifests);
    const broken = report.parts.flatMap((part) => part.broken ?? []);
    const unseen = new Set(broken.map(({ manifest }) => parseSource(manifest.origin?.source)?.file));
    const shown = (file: string) => (unseen.has(file) ? undefined : lines(file));
    const frames = new Frames(manifests, shown, (text) => redactor?.value(text) ?? text);
    const shownReport = redactCheck(report, redactor);
    return print(showsObjects ? redactManifests(shownReport) : shownReport, {
      paint,
      frame: (source, around) => frames.of(source, around),
    });
  };
}

/** Every format of `seaworthy check`, the default one first. */
export const CHECK_FORMATS: readonly [CheckFormat, ...CheckFormat[]] = [
  { name: 'text', about: 'people, with colours on a terminal', print: redacted(text) },
  { name: 'json', about: 'programs, with stable field names', print: redacted(json) },
  {
    name: 'markdown',
    about: 'a comment on a pull request, at most 60,000 characters',
    print: redacted(markdown),
  },
  {
    name: 'sarif',
    about: 'GitHub code scanning and editors, as SARIF 2.1.0',
    print: redacted(sarif),
    namesFilesFromRepository: true,
  },
  {
    name: 'junit',
    about: 'test reports of Jenkins and others: a suite per environment, a case per finding',
    print: redacted(junit),
  },
  {
    name: 'junit-gitlab',
    about: 'test reports of GitLab: the same, with the file and line of each case',
    print: redacted(junitForGitLab),
    namesFilesFromRepository: true,
  },
  {
    name: 'github',
    about: 'annotations on the lines of a pull request, as workflow commands of GitHub Actions',
    print: redacted(github),
    namesFilesFromRepository: true,
  },
  {
    name: 'html',
    about: 'people: one page with the findings and every object, for a browser or as a CI artifact',
    print: redacted(html, true),
  },
];
