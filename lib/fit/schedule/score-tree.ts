const NONE = -1;

/** The best of many scores, found in the time of a path through a tree when one of them changes. */
export class ScoreTree {
  readonly #scores: Int32Array;
  /** The winner below each inner place of a binary tree, whose leaves are the scores. */
  readonly #winners: Int32Array;
  readonly #size: number;
  readonly #ranks: Int32Array;

  /** @param ranks which of two equal scores wins: the one with the lower rank */
  constructor(scores: Int32Array, ranks: Int32Array) {
    this.#scores = scores;
    this.#ranks = ranks;
    this.#size = 2 ** Math.ceil(Math.log2(Math.max(1, scores.length)));
    this.#winners = new Int32Array(2 * this.#size).fill(NONE);
    for (let leaf = 0; leaf < scores.length; leaf++) this.#winners[this.#size + leaf] = leaf;
    for (let place = this.#size - 1; place > 0; place--) this.#compare(place);
  }

  /** The place of the best score; none where all are negative. */
  best(): number | undefined {
    const winner = this.#winners[1] ?? NONE;
    return winner === NONE || (this.#scores[winner] ?? NONE) < 0 ? undefined : winner;
  }

  /** Takes note that a score has changed. */
  update(leaf: number): void {
    for (let place = (this.#size + leaf) >> 1; place > 0; place >>= 1) this.#compare(place);
  }

  #compare(place: number): void {
    const left = this.#winners[2 * place] ?? NONE;
    const right = this.#winners[2 * place + 1] ?? NONE;
    this.#winners[place] = right === NONE || (left !== NONE && this.#isBetter(left, right)) ? left : right;
  }

  #isBetter(one: number, other: number): boolean {
    const difference = (this.#scores[one] ?? NONE) - (this.#scores[other] ?? NONE);
    return difference === 0 ? (this.#ranks[one] ?? 0) < (this.#ranks[other] ?? 0) : difference > 0;
  }
}
