import type { ChartValue, ValueScalar } from '../../manifest/chart-value';
import { isPlainRecord } from '../../manifest/data';
import { placesIn } from './places';

/** From the root of an object: keys of maps, and indexes of lists. */
export type Steps = readonly (string | number)[];

/** A field that carries a value. */
export interface ValueField {
  readonly steps: Steps;
  readonly value: ChartValue;
  /** Of a text: the indexes at which it stands in it. @default the field is the value */
  readonly places?: readonly number[];
}

/** A difference that Helm cannot make. */
export interface Fault {
  readonly steps: Steps;
  readonly reason: string;
  /** The way out, where it is not the usual one. */
  readonly hint?: string;
}

interface Other {
  readonly probe: ValueScalar;
  readonly here: unknown;
}

/** The fields of `object` that carry `value`, by what it is with other values; or the first difference of another kind. */
export function fieldsWith(
  value: ChartValue,
  object: unknown,
  others: readonly Other[],
): { readonly fields: readonly ValueField[]; readonly fault?: Fault } {
  const fields: ValueField[] = [];
  const walk = (here: unknown, changed: readonly Other[], steps: Steps): Fault | undefined => {
    if (changed.every((other) => Object.is(other.here, here))) return undefined;
    const inside = entriesOf(here);
    if (inside === undefined) {
      const found = scalar(value, here, changed, steps);
      if ('reason' in found) return found;
      fields.push(found);
      return undefined;
    }
    const wrong = changed.map((other) => structure(here, other.here)).find((each) => each !== undefined);
    if (wrong !== undefined) return { steps, reason: wrong };
    for (const [key, each] of inside) {
      const below = changed.map((other) => ({
        ...other,
        here: (other.here as Readonly<Record<string | number, unknown>>)[key],
      }));
      const fault = walk(each, below, [...steps, key]);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
  const fault = walk(object, others, []);
  return { fields, ...(fault !== undefined && { fault }) };
}

function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] | undefined {
  if (Array.isArray(value)) return value.map((each: unknown, index) => [index, each]);
  return isPlainRecord(value) ? Object.entries(value) : undefined;
}

/** How a map or list differs in structure. */
function structure(here: unknown, other: unknown): string | undefined {
  if (Array.isArray(here)) {
    if (!Array.isArray(other)) return 'it changes the type of the field';
    return here.length === other.length ? undefined : 'it changes how many items there are';
  }
  if (!isPlainRecord(other)) return 'it changes the type of the field';
  const keys = Object.keys(here as object);
  const isSame = keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key));
  return isSame ? undefined : 'it changes which fields there are';
}

function scalar(
  value: ChartValue,
  here: unknown,
  changed: readonly Other[],
  steps: Steps,
): ValueField | Fault {
  const { initial } = value;
  if (typeof here === 'string') {
    const others = changed.map((other) => ({ value: String(other.probe), text: other.here }));
    const isText = (each: (typeof others)[number]): each is { value: string; text: string } =>
      typeof each.text === 'string';
    const places = others.every(isText) ? placesIn(here, String(initial), others) : undefined;
    if (places !== undefined && places.length > 0) return { steps, value, places };
  } else if (here === initial && changed.every((other) => other.here === other.probe)) {
    return { steps, value };
  }
  const [first] = changed.filter((other) => other.here !== other.probe || here !== initial);
  const [from, to, by] = [here, first?.here, first?.probe].map(shown);
  return {
    steps,
    reason: `the field is computed: ${from} becomes ${to} where ${shown(initial)} becomes ${by}`,
  };
}

const LONGEST = 60;

function shown(value: unknown): string {
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? 'nothing');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
