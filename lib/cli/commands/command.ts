import type { Argument, Option, Command as Parser } from 'commander';
import type { Context } from '../terminal/context';

/** A command: what the parser, its help, completion and the reference say of it, and the code that it runs. */
export interface Command<Flags = never> {
  readonly name: string;
  /** What it does, in one line: `runs the app and writes its manifests`. */
  readonly description: string;
  /** @default it takes none */
  readonly args?: readonly Argument[];
  /** @default it takes none */
  readonly options?: readonly Option[];
  /** What its help says behind the options. */
  readonly notes?: string;
  /** Command lines that its help shows. */
  readonly examples?: readonly string[];
  /** Whether help and completion leave it out. @default false */
  readonly isHidden?: boolean;
  /** Whether it shows its progress on a terminal, as it may take long. @default false */
  readonly isLong?: boolean;
  /**
   * Loads the code of the command and runs it.
   *
   * @param args the arguments, without those that were left out
   * @param flags what the parser made of `options`
   * @param program the parser of the whole command line
   * @returns the exit code
   */
  run(args: readonly string[], flags: Flags, context: Context, program: Parser): Promise<number>;
}
