import type { Finding } from '../../check/finding';
import { parseSource } from '../../manifest/source';
import type { Part, Printer } from './report';
import { count, objectsIn } from './severities';

/** Incremented when a field is removed or changes its meaning; fields may be added at any time. */
const FORMAT_VERSION = 1;

/** For programs: the fields are stable, and described in docs/guide/check.md. */
export const json: Printer = ({ version, parts }) => {
  const findings = parts.flatMap((part) => part.findings);
  const summary = {
    objects: objectsIn(parts),
    errors: count(findings, 'error'),
    warnings: count(findings, 'warning'),
    infos: count(findings, 'info'),
  };
  const found = parts.flatMap((part) => part.findings.map((finding) => entry(finding, part)));
  return `${JSON.stringify({ version: FORMAT_VERSION, seaworthy: version, summary, findings: found }, null, 2)}\n`;
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
    message,
    hint,
    construct: origin?.construct,
    source: parseSource(origin?.source),
  };
}
