import type { Finding, Severity } from '../../check/finding';
import { formatId, identityKey, type Manifest } from '../../manifest/manifest';
import { parseSource } from '../../manifest/source';
import { visible } from '../../text';
import { advice, name, sentence } from '../escape/terminal';
import { xml } from '../escape/xml';
import { groupBy, placeOf } from './merge';
import type { Part, Printer } from './report';
import { isAtLeast } from './severities';

/**
 * JUnit's XML, in the subset that GitLab and Jenkins both show: a suite per environment and a case per finding, since
 * both show one failure per case. An object without findings is a case that passes. A finding that does not fail the
 * check is a case that passes, with the finding as its output.
 */
export const junit: Printer = ({ parts, failOn }) => {
  const failures = parts.flatMap(({ findings }) => findings).filter(fails(failOn)).length;
  const suites = parts.map((part) => suite(part, failOn));
  const tests = suites.reduce((sum, { cases }) => sum + cases.length, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: 'seaworthy check', tests, failures })}>`,
    ...suites.flatMap(({ head, cases }) => [head, ...cases, '  </testsuite>']),
    '</testsuites>\n',
  ].join('\n');
};

function fails(failOn: Severity): (finding: Finding) => boolean {
  return ({ severity }) => isAtLeast(severity, failOn);
}

function suite(part: Part, failOn: Severity): { head: string; cases: string[] } {
  const found = new Map(
    groupBy(part.findings, ({ id }) => identityKey(id)).map((group) => [identityKey(group[0].id), group]),
  );
  const seen = new Set<string>();
  const cases = part.manifests.flatMap((manifest) => {
    const key = identityKey(manifest.id);
    // Two objects with the same identity share their findings.
    const findings = seen.has(key) ? undefined : found.get(key);
    seen.add(key);
    return findings === undefined ? [passing(manifest)] : findings.map((finding) => caseOf(finding, failOn));
  });
  const failures = part.findings.filter(fails(failOn)).length;
  const place = placeOf(part) === '' ? 'manifests' : name(placeOf(part));
  return { head: `  <testsuite ${attributes({ name: place, tests: cases.length, failures })}>`, cases };
}

function passing({ id, origin }: Manifest): string {
  const file = parseSource(origin?.source)?.file;
  return `    <testcase ${attributes({ classname: name(formatId(id)), name: 'no findings', file: file && visible(file) })}/>`;
}

function caseOf(finding: Finding, failOn: Severity): string {
  const { rule, severity, id, path, message, hint, origin } = finding;
  const source = parseSource(origin?.source);
  const head = attributes({
    classname: name(formatId(id)),
    name: name(path === '' ? rule : `${rule} ${path}`),
    file: source && visible(source.file),
    line: source?.line,
  });
  const told = sentence(message);
  const at = origin?.source && `at ${visible(origin.source)}`;
  const said = [told, hint && advice(hint, '  '), at].filter(Boolean).join('\n');
  const body = fails(failOn)(finding)
    ? `<failure ${attributes({ type: severity, message: told })}>${xml(said)}</failure>`
    : `<system-out>${xml(`${severity}: ${said}`)}</system-out>`;
  return `    <testcase ${head}>\n      ${body}\n    </testcase>`;
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}="${xml(String(value))}"`)
    .join(' ');
}
