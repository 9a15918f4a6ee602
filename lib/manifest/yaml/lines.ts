import type { Chunk } from './chunk';

/** The line numbers of offsets in any order, for the few that are needed. */
export class LineNumbers {
  private readonly chunk: Chunk;
  private starts: readonly number[] | undefined;

  constructor(chunk: Chunk) {
    this.chunk = chunk;
  }

  /** The line of `offset`, counted from 1 in the whole stream. */
  at(offset: number): number {
    this.starts ??= [0, ...[...this.chunk.text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle;
    }
    return this.chunk.line + low;
  }
}
