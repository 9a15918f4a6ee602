import type { PlainRecord } from '../../lib/manifest/data';
import type { Random } from './random';

/** A part of the program, the inputs it gets, and what must be true of what it makes of them. */
export interface Target<Input extends PlainRecord = PlainRecord> {
  readonly name: string;
  /** How often it has its turn, compared with the other targets. */
  readonly weight: number;
  /** An input, plain data so that it can be printed, kept and made smaller. */
  make(random: Random): Input;
  /** The parts of an input that may be made smaller; the others are choices. */
  readonly shrinks: readonly string[];
  /**
   * Runs the program on an input.
   *
   * @param thorough also ask what takes time: whether a second run gives the same, whether the input is left as it was
   * @returns what came of it, in a few words
   * @throws Broken if something is not as it must be; any other error is a crash
   */
  run(input: Input, thorough: boolean): string | Promise<string>;
}

/** Something that must be true of every result is not. `rule` is what must be true, `message` the case. */
export class Broken extends Error {
  readonly rule: string;

  constructor(rule: string, detail: string) {
    super(`${rule}: ${detail.slice(0, 2000)}`);
    this.name = 'Broken';
    this.rule = rule;
  }
}
