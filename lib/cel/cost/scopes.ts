import type { Comprehension } from '../syntax/expression';
import type { Range } from './range';

/** The sizes of the keys and values of a list or map. */
export interface Entries {
  readonly isList: boolean;
  readonly key: Range;
  readonly value: Range;
}

export interface Variable {
  readonly path: readonly string[];
  readonly size: Range | undefined;
  readonly entries: Entries | undefined;
}

/** The variables that macros declare, the innermost last. */
export class Scopes {
  readonly #variables: { readonly name: string; readonly variable: Variable }[] = [];

  push(name: string, variable: Variable): void {
    this.#variables.push({ name, variable });
  }

  pop(count = 1): void {
    this.#variables.length -= count;
  }

  find(name: string): Variable | undefined {
    return this.#variables.findLast((scope) => scope.name === name)?.variable;
  }
}

/** The variables of a loop over a value: its items, or its keys or indexes, or both. */
export function iteratedVariables(
  { variable, variable2 }: Comprehension,
  path: readonly string[],
  entries: Entries | undefined,
  isListByType: boolean,
): [name: string, Variable][] {
  const isList = entries?.isList ?? isListByType;
  const key = { path: [...path, isList ? '@indices' : '@keys'], size: entries?.key, entries: undefined };
  const value = { path: [...path, isList ? '@items' : '@values'], size: entries?.value, entries: undefined };
  if (variable2 === undefined) return [[variable, isList ? value : key]];
  return [
    [variable, key],
    [variable2, value],
  ];
}
