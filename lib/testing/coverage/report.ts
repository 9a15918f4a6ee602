import { inert, visible } from '../../text';
import type { ObjectCoverage } from './fields';

/** Fields of one construct: how many have a value, and how many of them a test checked. */
interface Count {
  readonly total: number;
  readonly looked: number;
}

const SHOWN = 5;

/** Coverage as a table by construct, the least covered first, with the first fields that no test checked. */
export function formatCoverage(objects: readonly ObjectCoverage[]): string {
  if (objects.length === 0) return 'no test has looked at any manifest\n';
  const rows = [...byConstruct(objects)].map(([construct, its]) => ({
    construct,
    ...count(its),
    missed: missedOf(its),
  }));
  rows.sort((a, b) => a.looked / a.total - b.looked / b.total || (a.construct < b.construct ? -1 : 1));
  const width = Math.max(...rows.map(({ construct }) => construct.length), 'construct'.length);
  const lines = rows.map(({ construct, missed, ...counts }) => {
    const more = missed.length > SHOWN ? ` and ${missed.length - SHOWN} more` : '';
    return `${construct.padEnd(width)}  ${figures(counts)}  ${missed.slice(0, SHOWN).join(', ')}${more}`.trimEnd();
  });
  const whole = `${'all'.padEnd(width)}  ${figures(count(objects))}`;
  const head = `${'construct'.padEnd(width)}  fields looked at     not looked at`;
  return inert([head, ...lines, whole, ''].join('\n'));
}

function figures({ looked, total }: Count): string {
  const share = total === 0 ? 100 : (100 * looked) / total;
  return `${`${looked} of ${total}`.padStart(12)} ${`${share.toFixed(0)} %`.padStart(6)}`;
}

function byConstruct(objects: readonly ObjectCoverage[]): Map<string, ObjectCoverage[]> {
  const found = new Map<string, ObjectCoverage[]>();
  for (const object of objects) {
    const key = visible(object.construct ?? object.object);
    found.set(key, [...(found.get(key) ?? []), object]);
  }
  return found;
}

function count(objects: readonly ObjectCoverage[]): Count {
  const sum = (of: (object: ObjectCoverage) => number): number =>
    objects.reduce((all, each) => all + of(each), 0);
  return { total: sum(({ total }) => total), looked: sum(({ looked }) => looked.length) };
}

function missedOf(objects: readonly ObjectCoverage[]): string[] {
  const isOne = objects.length === 1;
  return objects.flatMap(({ object, missed }) =>
    missed.map((path) => visible(isOne ? path : `${kindOf(object)} ${path}`)),
  );
}

function kindOf(object: string): string {
  return object.replace(/^[^ ]+: /, '').split(' ')[0] ?? object;
}

/** Coverage for tools: totals, and every object with the paths that were checked and those that were not. */
export function coverageJson(objects: readonly ObjectCoverage[]): string {
  const { total, looked } = count(objects);
  return `${JSON.stringify({ version: 1, fields: { total, looked }, objects }, null, 2)}\n`;
}
