import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One field changed to a value by which exactly one relation breaks, and where that has to be told of. */
export interface Mutation {
  /** `<app>/<environment>` that the object is of. */
  readonly place: string;
  /** Kind and name; the namespace as well where there are two of that name, `*` where the name ends in a hash. */
  readonly object: string;
  readonly path: string;
  /** What is written there; `undefined` takes the field away. */
  readonly value: unknown;
  /** The wiring rule that finds it. */
  readonly rule: string;
  /** The field that the finding names. */
  readonly at: string;
  /** The object that the finding names. */
  readonly of: string;
}

/** The mutations of table.txt, a line each. */
export const MUTATIONS: readonly Mutation[] = readFileSync(join(__dirname, 'table.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map(mutationOf);

function mutationOf(line: string): Mutation {
  const [place = '', object = '', path = '', value = '', rule = '', at = '', of = ''] = line.split(' | ');
  return {
    place,
    object,
    path,
    value: value === '' ? undefined : JSON.parse(value),
    rule: `wiring/${rule}`,
    at: at || path,
    of: of || object,
  };
}
