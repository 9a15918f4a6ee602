import { inert } from '../../text';
import { columnsOf, padded } from '../columns';
import { jsonText } from '../escape/json';
import { code } from '../escape/markdown';
import { name } from '../escape/terminal';
import type { Format } from '../format';
import { PLAN_FORMATS } from '../plan/formats';
import type { Paint } from '../paint';
import type { PinLeft, PinMove, PromotePrinter, PromoteReport } from './report';

/** A way to print a promotion. */
export type PromoteFormat = Format<PromotePrinter>;

const REASONS: Readonly<Record<PinLeft['reason'], (to: string) => string>> = {
  same: (to) => `${to} has this value already`,
  unread: (to) => `${to} does not read it`,
  stays: () => 'the app keeps it by environment',
  'not chosen': () => 'not chosen by --only',
};

const text: PromotePrinter = (report, paint) => {
  const { from, to, file, moved } = report;
  const lines = [paint.dim(`${name(from)} → ${name(to)} in ${name(file)}`), ''];
  if (moved.length === 0) lines.push(`Nothing to promote from ${name(from)} to ${name(to)}.`);
  const width = Math.max(0, ...moved.map((move) => columnsOf(name(move.name))));
  lines.push(...moved.map((move) => `  ${padded(name(move.name), width)}  ${valuesOf(move)}`));
  lines.push(...leftLines(report).map((line) => paint.dim(`  ${line}`)), '');
  return `${inert(lines.join('\n'))}${moved.length === 0 ? '' : '\n'}${planIn('text', report, paint)}`;
};

const markdown: PromotePrinter = (report, paint) => {
  const { from, to, moved } = report;
  const title = `### Promotion: ${code(name(from))} → ${code(name(to))}`;
  if (moved.length === 0) return `${title}\n\nNothing to promote.\n`;
  const rows = moved.map(
    ({ name: pin, before, after, isNew }) =>
      `| ${code(name(pin))} | ${code(shown(before))}${isNew ? ' (default)' : ''} | ${code(shown(after))} |`,
  );
  const left = leftLines(report).map((line) => `- ${code(line)}`);
  const table = [
    '| pin | before | after |',
    '|---|---|---|',
    ...rows,
    ...(left.length > 0 ? ['', ...left] : []),
  ];
  return `${title}\n\n${table.join('\n')}\n\n${planIn('markdown', report, paint)}`;
};

const json: PromotePrinter = (report, paint) => {
  const { from, to, file, moved, left, plan } = report;
  const planned: unknown = plan === undefined ? undefined : JSON.parse(planIn('json', report, paint));
  return jsonText({ version: 1, from, to, file, moved, left, plan: planned });
};

function planIn(format: string, { plan }: PromoteReport, paint: Paint): string {
  if (plan === undefined) return '';
  return PLAN_FORMATS.find((each) => each.name === format)?.print(plan, paint) ?? '';
}

function leftLines({ left, to }: PromoteReport): string[] {
  return left
    .filter(({ reason }) => reason === 'unread' || reason === 'stays')
    .map(({ name: pin, reason }) => `${name(pin)} is not moved: ${REASONS[reason](name(to))}`);
}

function valuesOf({ before, after, isNew }: PinMove): string {
  return `${shown(before)}${isNew ? ' (default)' : ''} → ${shown(after)}`;
}

function shown(value: PinMove['after']): string {
  return name(typeof value === 'string' && value !== '' ? value : JSON.stringify(value));
}

/** Every format of `seaworthy promote`, the default one first. */
export const PROMOTE_FORMATS: readonly [PromoteFormat, ...PromoteFormat[]] = [
  { name: 'text', about: 'people: a line a pin, and the plan', print: text },
  { name: 'json', about: 'programs, with stable field names', print: json },
  { name: 'markdown', about: 'a pull request: a table of the pins, and the plan', print: markdown },
];
