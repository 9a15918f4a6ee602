import { nearest, SeaworthyError } from '../../errors';
import type { Project } from '../project/project';
import type { Result } from '../run/results';
import { declaredEnvironments } from '../run/pins';

/** Two environments that were checked, and those between them. */
export interface Way {
  readonly from: string;
  readonly to: string;
  /** Environments that are passed over. */
  readonly skipped: readonly string[];
}

/**
 * Checks the two environments of a promotion against the order: `environments` of cdk8s.yaml, else that of the code.
 *
 * @throws SeaworthyError USAGE for one that is not there, and for two in the wrong order, unless that is meant
 */
export function wayBetween(
  [from, to]: readonly [string, string],
  results: readonly Result[],
  { environments }: Pick<Project, 'environments'>,
  backwards: boolean,
): Way {
  const made = declaredEnvironments(results);
  for (const name of [from, to]) if (!made.includes(name)) throw unknown(name, made);
  if (from === to) throw usage(`${from} cannot be promoted to itself`, `Name two of ${made.join(', ')}.`);
  const order = environments ?? made;
  const [start, end] = [from, to].map((name) => order.indexOf(name)) as [number, number];
  for (const [index, name] of [
    [start, from],
    [end, to],
  ] as const)
    if (index < 0)
      throw usage(
        `"${name}" has no place in environments of cdk8s.yaml`,
        `Add it: [${[...order, name].join(', ')}].`,
      );
  if (start > end && !backwards)
    throw usage(
      `${from} comes after ${to}: the order is ${order.join(', ')}`,
      `To bring ${to} what ${from} has, use --backwards; the order is environments in cdk8s.yaml, else that of the code.`,
    );
  return { from, to, skipped: start < end ? order.slice(start + 1, end) : [] };
}

function unknown(name: string, made: readonly string[]): SeaworthyError {
  const near = nearest(name, made);
  const list = made.length === 0 ? 'It has none.' : `It has ${made.join(', ')}.`;
  return usage(
    `the app has no environment "${name}"`,
    near === undefined ? list : `Did you mean ${near}? ${list}`,
  );
}

function usage(message: string, hint: string): SeaworthyError {
  return new SeaworthyError({ code: 'USAGE', message, hint });
}
