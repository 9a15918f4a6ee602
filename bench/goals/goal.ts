/** A goal of docs/performance.md, and how it is measured. */

/** What a goal is counted in; all are the better the smaller. */
export type Unit = 'times' | 'seconds' | 'power' | 'megabytes';

/** Where a program should be. */
export interface Goal {
  /** What is measured, as the table says it. */
  readonly what: string;
  readonly unit: Unit;
  /** At most this. */
  readonly limit: number;
}

/** What was measured for a goal. */
export interface Figure {
  /** By the clock; for a `power`, and for memory, there is no other. */
  readonly clock: number;
  /** By processor time. @default not measured */
  readonly cpu?: number;
  /** The times behind it, such as `0.44 s against 0.12 s`. */
  readonly detail: string;
}

type Figures<Name extends string> = Readonly<Partial<Record<Name, Figure>>>;

/** Goals that are measured together. */
export interface Bench<Name extends string = string> {
  /** As it is named on the command line. */
  readonly name: string;
  /** Whether it takes minutes, and runs only when it is named, or with `--all`. @default false */
  readonly slow?: boolean;
  readonly goals: Readonly<Record<Name, Goal>>;
  /** Measures all of its goals; one that cannot be measured here, for want of another program, is left out. */
  readonly measure: (rounds: number) => Figures<Name> | Promise<Figures<Name>>;
}

/** Keeps the names of the goals in the type of a bench. */
export function bench<Name extends string>(definition: Bench<Name>): Bench<Name> {
  return definition;
}
