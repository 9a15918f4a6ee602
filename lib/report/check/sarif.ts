import { createHash } from 'node:crypto';
import type { RuleFacts } from '../../check/facts-of-rule';
import type { Severity } from '../../check/finding';
import { formatId, identityKey } from '../../manifest/manifest';
import { visible } from '../../text';
import { jsonText } from '../escape/json';
import { escape, fenced } from '../escape/markdown';
import { sarifText } from '../escape/sarif';
import { advice, name, sentence } from '../escape/terminal';
import { merge, type Merged } from './merge';
import type { Printer } from './report';

export const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** SARIF 2.1.0 (OASIS), for GitHub code scanning and other viewers. */
export const sarif: Printer = ({ version, parts, rules, fallback }) => {
  const merged = merge(parts);
  const used = rulesOf(merged, rules);
  const indexes = new Map(used.map(({ name }, index) => [name, index]));
  const driver = {
    name: 'Seaworthy',
    semanticVersion: version,
    rules: used.map(describeRule),
  };
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    results: merged.map((found) => result(found, indexes.get(found.finding.rule) ?? -1, fallback)),
  };
  return jsonText({ $schema: SCHEMA, version: '2.1.0', runs: [run] });
};

/** The rules that found something, in their order; viewers do not show the others. */
function rulesOf(merged: readonly Merged[], rules: readonly RuleFacts[]): RuleFacts[] {
  const names = new Set(merged.map(({ finding }) => finding.rule));
  return rules.filter(({ name }) => names.has(name));
}

function describeRule({ name: id, severity, about, why, example }: RuleFacts): object {
  const examples =
    example === undefined
      ? ''
      : `\n\nFails:\n\n${fenced(example.failing.trim(), 'yaml')}\n\nPasses:\n\n${fenced(example.passing.trim(), 'yaml')}`;
  return {
    id,
    shortDescription: { text: sarifText(about) },
    fullDescription: { text: sarifText(why) },
    help: { text: sarifText(`${about} ${why}`), markdown: `${escape(`${about} ${why}`)}${examples}` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['kubernetes', id.split('/')[0]] },
  };
}

function result({ finding, source, places }: Merged, ruleIndex: number, fallback: string): object {
  const { rule, severity, id, path, message, hint, origin } = finding;
  const where = places.length === 0 ? '' : ` (in ${places.map(name).join(', ')})`;
  const object = name(formatId(id));
  const field = path === '' ? '' : ` ${name(path)}`;
  const said = [
    `${object}${where}${field}: ${sentence(message)}`,
    ...(hint === undefined ? [] : [advice(hint, '')]),
  ];
  const names = [
    { fullyQualifiedName: `${object}${field}`, kind: 'object' },
    ...(origin?.construct === undefined
      ? []
      : [{ fullyQualifiedName: visible(origin.construct), kind: 'construct' }]),
  ];
  const physicalLocation = {
    artifactLocation: artifact(source?.file ?? fallback),
    region: {
      startLine: source?.line ?? 1,
      ...(source?.column !== undefined && { startColumn: source.column }),
    },
  };
  return {
    ruleId: rule,
    // An unknown rule has no index.
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: LEVELS[severity],
    message: { text: sarifText(said.join('\n')) },
    locations: [{ physicalLocation, logicalLocations: names }],
    // The fingerprint that GitHub uses: an alert stays the same while lines move.
    partialFingerprints: { primaryLocationLineHash: fingerprint([rule, identityKey(id), path, message]) },
  };
}

/** What GitHub recognizes a finding by. */
export function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** A file in the repository by its relative path, another one by its absolute path. */
export function artifact(file: string): object {
  // A lone surrogate has no URI.
  const path = file
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  if (file.startsWith('/')) return { uri: `file://${path}` };
  return /^[A-Za-z]:/.test(file) ? { uri: `file:///${path}` } : { uri: path, uriBaseId: '%SRCROOT%' };
}
