import type { PlainRecord } from '../../lib/manifest/data';
import { allOf, type Count, type Fault } from './tally';

/** The longest input that is printed whole. */
const LONGEST = 4000;

/** An input as JSON, which shows what cannot be seen. */
export function shown(input: PlainRecord): string {
  const text = JSON.stringify(input).replace(
    /[\x7f-\uffff]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} … ${text.length} characters` : text;
}

/** A fault for people: what went wrong, the input, and how to see it again. */
export function described(
  { kind, target, message, stack, input, index }: Fault,
  seed: number,
  only: string,
): string {
  const lines = [`${kind} in ${target}: ${message}`];
  if (input !== undefined) lines.push(`  input: ${shown(input)}`);
  lines.push(`  npm run test:hostile -- --replay ${seed}:${index}${only}`);
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [...lines, ...frames.slice(0, 12)].join('\n');
}

/** The figures of a run. */
export function summary(
  counts: ReadonlyMap<string, Count>,
  causes: ReadonlyMap<string, number>,
  took: number,
): string {
  const all = allOf(Object.fromEntries(counts));
  const lines = [...counts, ['all', all] as const].map(([name, { inputs, time, slowest }]) =>
    [
      name.padEnd(8),
      inputs.toLocaleString('en').padStart(10),
      `${((time / inputs) * 1000).toFixed(0)} µs each`.padStart(14),
      `slowest ${slowest.took.toFixed(0)} ms`.padStart(16),
      ` index ${slowest.index}`,
    ].join(' '),
  );
  const faults = [...causes.values()].reduce((sum, count) => sum + count, 0);
  lines.push(
    `${(took / 1000).toFixed(0)} s, ${faults === 0 ? 'no faults' : `${faults} faults of ${causes.size} causes`}`,
  );
  return lines.join('\n');
}
