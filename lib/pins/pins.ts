/** What a pin holds. */
export type PinValue = string | number | boolean;

/** A pin as the file has it. */
export interface Pin {
  readonly value: PinValue;
  /** Its line: `pins.yaml:4`. */
  readonly source: string;
  /** As it is written: `1.10` of the number 1.1. */
  readonly written: string;
}

/** The pins of one environment. */
export interface PinSection {
  /** The line of its name: `pins.yaml:2`. */
  readonly source: string;
  readonly pins: ReadonlyMap<string, Pin>;
}

/** A pins file: its sections, by environment, in their order. */
export type PinSections = ReadonlyMap<string, PinSection>;

/** A pin that an app has read. */
export interface PinRead {
  readonly environment: string;
  readonly name: string;
  /** The pinned value, or the default. */
  readonly value: PinValue;
  readonly fallback: PinValue;
  /** Whether promotion leaves it alone. */
  readonly stays?: boolean;
}

/** What the pins of an app come from, and what it has read of them. */
export interface PinUse {
  /** Absolute. @default the pins stand in the code */
  readonly file?: string;
  readonly reads: readonly PinRead[];
}

/** What is wrong with the name of a pin; nothing if it is one. */
export function pinNameProblem(name: string): string | undefined {
  return /^[A-Za-z0-9][\w./-]{0,127}$/.test(name)
    ? undefined
    : 'a pin has a name of letters, digits and . _ - /, such as api.image';
}
