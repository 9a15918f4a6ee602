/** A compile error of an expression, with its position. */
export interface CelProblem {
  readonly message: string;
  /** From 1, as in the API server's messages. */
  readonly line: number;
  readonly column: number;
}

/** Stops parsing of an expression; `at` is a UTF-16 offset. */
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
