import type { Needs, Piece } from '../../../check/pieces';

/** Which pieces of a check some thread has begun: each piece is run once, by whoever comes first. */
export class Claims {
  /** Memory that all threads see. */
  readonly shared: SharedArrayBuffer;
  readonly #taken: Int32Array;

  constructor(shared: SharedArrayBuffer) {
    this.shared = shared;
    this.#taken = new Int32Array(shared);
  }

  /** Of which nothing is taken. */
  static of(pieces: number): Claims {
    return new Claims(new SharedArrayBuffer(pieces * Int32Array.BYTES_PER_ELEMENT));
  }

  get size(): number {
    return this.#taken.length;
  }

  /** Whether a piece is now this thread's. */
  take(piece: number): boolean {
    return Atomics.exchange(this.#taken, piece, 1) === 0;
  }

  /** Leaves nothing to take. */
  close(): void {
    for (let piece = 0; piece < this.#taken.length; piece += 1) Atomics.store(this.#taken, piece, 1);
  }
}

/**
 * The pieces in the order in which the first thread wants them: what only it can run, and what shares a graph that is made
 * once, then what others may have taken.
 */
export function orderOfFirst(pieces: readonly Piece[]): number[] {
  const numbers = numbersOf(pieces);
  return [...numbers('world'), ...numbers('own'), ...numbers('pods'), ...numbers('nothing').reverse()];
}

/** The pieces that another thread may run, in its order: from the other end. */
export function orderOfOthers(pieces: readonly Piece[]): number[] {
  const numbers = numbersOf(pieces);
  return [...numbers('nothing'), ...numbers('pods').reverse()];
}

function numbersOf(pieces: readonly Piece[]): (needs: Needs) => number[] {
  return (needs) => [...pieces.keys()].filter((piece) => pieces[piece]?.needs === needs);
}
