/** One change of one place in a source. */
export interface Mutant {
  /** Path from the root. */
  readonly file: string;
  /** From one, as editors count. */
  readonly line: number;
  readonly column: number;
  /** What is replaced: positions in the text of the file. */
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly replacement: string;
  readonly kind: MutatorName;
}

export type MutatorName =
  | 'arithmetic'
  | 'array'
  | 'assignment'
  | 'block'
  | 'boolean'
  | 'boundary'
  | 'chaining'
  | 'condition'
  | 'equality'
  | 'function'
  | 'logic'
  | 'method'
  | 'negation'
  | 'number'
  | 'object'
  | 'regex'
  | 'string'
  | 'update';

/** The text of a file with one mutant in it. */
export function mutated(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
