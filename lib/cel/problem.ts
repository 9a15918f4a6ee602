/** Why an expression cannot be compiled, and where in its text. */
export interface CelProblem {
  readonly message: string;
  /** From 1, as the API server counts. */
  readonly line: number;
  readonly column: number;
}

/** Stops the reading of an expression; `at` counts UTF-16 units. */
export class CelSyntaxError extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.name = 'CelSyntaxError';
    this.at = at;
  }
}

export function problemAt(text: string, at: number, message: string): CelProblem {
  const before = text.slice(0, at).split('\n');
  return { message, line: before.length, column: Array.from(before.at(-1) ?? '').length + 1 };
}
