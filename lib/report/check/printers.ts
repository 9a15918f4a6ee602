import { parseSource } from '../../manifest/source';
import { redactCheck, redactManifests, redactorOf } from '../redact/check';
import { Frames } from '../redact/frame';
import { github } from './github';
import { html } from './html';
import { json } from './json';
import { junit, junitForGitLab } from './junit';
import { markdown } from './markdown';
import type { CheckReport, Means } from './report';
import { sarif } from './sarif';
import { text } from './text';

const PRINTERS = {
  text,
  json,
  markdown,
  sarif,
  junit,
  'junit-gitlab': junitForGitLab,
  github,
  html,
};

/** Prints a report in a format. No printer gets one with secrets in it, nor a line of a file. */
export function printAs(format: keyof typeof PRINTERS, report: CheckReport, { paint, lines }: Means): string {
  const redactor = redactorOf(report);
  const manifests = redactor === undefined ? [] : report.parts.flatMap((part) => part.manifests);
  const broken = report.parts.flatMap((part) => part.broken ?? []);
  const unseen = new Set(broken.map(({ manifest }) => parseSource(manifest.origin?.source)?.file));
  const shown = (file: string) => (unseen.has(file) ? undefined : lines(file));
  const frames = new Frames(manifests, shown, (text) => redactor?.value(text) ?? text);
  const shownReport = redactCheck(report, redactor);
  return PRINTERS[format](format === 'html' ? redactManifests(shownReport) : shownReport, {
    paint,
    frame: (source, around) => frames.of(source, around),
  });
}
