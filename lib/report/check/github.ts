import { SEVERITIES, type Severity } from '../../check/finding';
import { formatId } from '../../manifest/manifest';
import { visible } from '../../text';
import { advice, name, sentence } from '../escape/terminal';
import { commandData, commandProperty } from '../escape/workflow';
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
    file: visible(source?.file ?? fallback),
    line: String(source?.line ?? 1),
    ...(source?.column !== undefined && { col: String(source.column) }),
    title: name(`${formatId(id)} (${rule})`),
  };
  const where = places.length === 0 ? '' : ` (in ${places.map(name).join(', ')})`;
  const field = path === '' ? '' : `${name(path)}: `;
  const said = [
    `${field}${sentence(message)}${where}`,
    ...(hint === undefined ? [] : [advice(hint, '  ')]),
  ].join('\n');
  const list = Object.entries(properties).map(([key, value]) => `${key}=${commandProperty(value)}`);
  return `::${COMMANDS[severity]} ${list.join(',')}::${commandData(said)}`;
}
