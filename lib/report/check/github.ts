import { SEVERITIES, type Severity } from '../../check/finding';
import { formatId } from '../../manifest/manifest';
import { merge, type Merged } from './merge';
import type { Printer } from './report';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Workflow commands that GitHub shows as annotations on the lines of a pull request, errors first: it shows ten
 * errors and ten warnings per step.
 */
export const github: Printer = ({ parts, fallback }) => {
  const found = merge(parts).map((merged) => ({ merged, rank: SEVERITIES.indexOf(merged.finding.severity) }));
  const lines = found.sort((a, b) => a.rank - b.rank).map(({ merged }) => command(merged, fallback));
  return lines.map((line) => `${line}\n`).join('');
};

function command({ finding, source, places }: Merged, fallback: string): string {
  const { severity, rule, id, path, message, hint } = finding;
  const properties = {
    file: source?.file ?? fallback,
    line: String(source?.line ?? 1),
    title: `${formatId(id)} (${rule})`,
  };
  const where = places.length === 0 ? '' : ` (in ${places.join(', ')})`;
  const said = `${path === '' ? '' : `${path}: `}${message}${where}${hint === undefined ? '' : `\n${hint}`}`;
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${COMMANDS[severity]} ${list.join(',')}::${escapeData(said)}`;
}

/** Source: the escapes of actions/toolkit, packages/core/src/command.ts. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
