import type { Finding } from '../../check/finding';
import { parseSource } from '../../manifest/source';
import { cut } from '../../text';
import { jsonText } from '../escape/json';
import { LONGEST_MESSAGE } from '../escape/terminal';
import type { Part, Printer } from './report';
import { count, objectsIn } from './severities';

/** Incremented when a field is removed or changes its meaning; fields may be added at any time. */
const FORMAT_VERSION = 1;

/** For programs: the fields are stable, and described in docs/guide/check.md. */
export const json: Printer = ({ version, parts, skipped }) => {
  const findings = parts.flatMap((part) => part.findings);
  const summary = {
    objects: objectsIn(parts),
    errors: count(findings, 'error'),
    warnings: count(findings, 'warning'),
    infos: count(findings, 'info'),
  };
  const found = parts.flatMap((part) => part.findings.map((finding) => entry(finding, part)));
  return jsonText({ version: FORMAT_VERSION, seaworthy: version, summary, findings: found, skipped });
};

/** Fields that a finding does not have are left out. */
function entry(
  { rule, severity, id, path, message, hint, origin }: Finding,
  { app, environment }: Part,
): object {
  const { apiVersion, kind, namespace, name } = id;
  return {
    rule,
    severity,
    app,
    environment,
    object: { apiVersion, kind, namespace, name },
    path,
    message: cut(message, LONGEST_MESSAGE),
    hint: hint && cut(hint, LONGEST_MESSAGE),
    construct: origin?.construct,
    source: parseSource(origin?.source),
    calledFrom: origin?.calledFrom?.map(parseSource),
  };
}
