import { withCallers } from '../../errors';
import type { Finding, Severity } from '../../check/finding';
import { formatId, identityKey, type Manifest } from '../../manifest/manifest';
import { parseSource, type Source } from '../../manifest/source';
import { visible } from '../../text';
import { advice, name, sentence } from '../escape/terminal';
import { xml } from '../escape/xml';
import { groupBy, placeOf } from './merge';
import type { CheckReport, Part, Printer } from './report';
import { isAtLeast } from './severities';

/**
 * JUnit's XML: a suite per environment and a case per finding, since GitLab and Jenkins show one failure per case. An
 * object without findings is a case that passes. A finding that does not fail the check is a case that passes, with the
 * finding as its output.
 *
 * Source: `junit-10.xsd` of Jenkins' xUnit plugin, by which it refuses a report: counts of errors are required, and a case
 * has neither file nor line.
 */
export const junit: Printer = (report) => print(report, { hasFiles: false });

/** The same, with the file of each case, which GitLab shows and links. */
export const junitForGitLab: Printer = (report) => print(report, { hasFiles: true });

interface Style {
  readonly hasFiles: boolean;
}

function print({ parts, failOn }: CheckReport, style: Style): string {
  const failures = parts.flatMap(({ findings }) => findings).filter(fails(failOn)).length;
  const suites = parts.map((part) => suite(part, failOn, style));
  const tests = suites.reduce((sum, { cases }) => sum + cases.length, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: 'seaworthy check', tests, failures, errors: 0 })}>`,
    ...suites.flatMap(({ head, cases }) => [head, ...cases, '  </testsuite>']),
    '</testsuites>\n',
  ].join('\n');
}

function fails(failOn: Severity): (finding: Finding) => boolean {
  return ({ severity }) => isAtLeast(severity, failOn);
}

function suite(part: Part, failOn: Severity, style: Style): { head: string; cases: string[] } {
  const found = new Map(
    groupBy(part.findings, ({ id }) => identityKey(id)).map((group) => [identityKey(group[0].id), group]),
  );
  const seen = new Set<string>();
  const cases = part.manifests.flatMap((manifest) => {
    const key = identityKey(manifest.id);
    // Two objects with the same identity share their findings.
    const findings = seen.has(key) ? undefined : found.get(key);
    seen.add(key);
    return findings === undefined
      ? [passing(manifest, style)]
      : findings.map((finding) => caseOf(finding, failOn, style));
  });
  // What is broken is about no object of the set.
  const others = [...found].filter(([key]) => !seen.has(key)).flatMap(([, findings]) => findings);
  cases.push(...others.map((finding) => caseOf(finding, failOn, style)));
  const failures = part.findings.filter(fails(failOn)).length;
  const place = placeOf(part) === '' ? 'manifests' : name(placeOf(part));
  return {
    head: `  <testsuite ${attributes({ name: place, tests: cases.length, failures, errors: 0 })}>`,
    cases,
  };
}

function passing({ id, origin }: Manifest, style: Style): string {
  const head = {
    classname: name(formatId(id)),
    name: 'no findings',
    ...placeIn(parseSource(origin?.source), style),
  };
  return `    <testcase ${attributes(head)}/>`;
}

function placeIn(source: Source | undefined, { hasFiles }: Style): { file?: string; line?: number } {
  return hasFiles && source !== undefined ? { file: visible(source.file), line: source.line } : {};
}

function caseOf(finding: Finding, failOn: Severity, style: Style): string {
  const { rule, severity, id, path, message, hint, origin } = finding;
  const head = attributes({
    classname: name(formatId(id)),
    name: name(path === '' ? rule : `${rule} ${path}`),
    ...placeIn(parseSource(origin?.source), style),
  });
  const told = sentence(message);
  const place = origin?.source === undefined ? origin?.construct : withCallers(origin);
  const at = place && `at ${visible(place)}`;
  const said = [told, hint && advice(hint, '  '), at].filter(Boolean).join('\n');
  const body = fails(failOn)(finding)
    ? `<failure ${attributes({ type: severity, message: told })}>${xml(said)}</failure>`
    : `<system-out>${xml(`${severity}: ${said}`)}</system-out>`;
  return `    <testcase ${head}>\n      ${body}\n    </testcase>`;
}

/** Attributes of an element; those without a value are left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}="${xml(String(value))}"`)
    .join(' ');
}
