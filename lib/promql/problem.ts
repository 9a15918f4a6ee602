/** What is wrong with an expression, and where. */
export interface PromqlProblem {
  /** What is wrong, in the words of Prometheus where it has some. */
  readonly message: string;
  /** Line of the expression, from 1. */
  readonly line: number;
  /** Column in the line, from 1. */
  readonly column: number;
  /** The way out. */
  readonly hint?: string;
}

/** A problem at an offset. */
export interface PlacedProblem {
  readonly message: string;
  readonly at: number;
  readonly hint?: string | undefined;
}

/** A problem with its line and column. */
export function located(text: string, { message, at, hint }: PlacedProblem): PromqlProblem {
  const before = text.slice(0, at).split('\n');
  const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return { message, ...place, ...(hint === undefined ? {} : { hint }) };
}

/** A problem as one text: `1:8: unclosed left parenthesis`, as Prometheus writes it. */
export function describePromqlProblem({ line, column, message }: PromqlProblem): string {
  return `${line}:${column}: ${message}`;
}
