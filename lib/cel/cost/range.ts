/** A minimum and a maximum. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The largest number of the API server; larger results are set to it. */
export const MOST = 2 ** 64;

const NOTHING: Range = { min: 0, max: 0 };
export const UNKNOWN: Range = { min: 0, max: MOST };

const within = (value: number): number => Math.min(MOST, value);

export function exactly(value: number): Range {
  return { min: within(value), max: within(value) };
}

export function sum(...parts: readonly Range[]): Range {
  return parts.reduce(
    (total, part) => ({ min: within(total.min + part.min), max: within(total.max + part.max) }),
    NOTHING,
  );
}

export function product(one: Range, other: Range): Range {
  return { min: within(one.min * other.min), max: within(one.max * other.max) };
}

/** Multiplies by a factor, rounded up. */
export function scaled(range: Range, factor: number): Range {
  return { min: within(Math.ceil(range.min * factor)), max: within(Math.ceil(range.max * factor)) };
}

/** The smallest range that covers both. */
export function union(one: Range, other: Range): Range {
  return { min: Math.min(one.min, other.min), max: Math.max(one.max, other.max) };
}
