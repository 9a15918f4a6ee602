import type { Reporter } from './problems';
import type { Keys } from './props';
import { integer, oneOfKnown } from './props';

type Rendered = Readonly<Record<string, unknown>>;

/** Renders the value of a prop to fields of an object; `path` is the prop, for problems. */
export type Render<V> = (value: V, path: string, report: Reporter) => Rendered;

/**
 * How each prop of `T` is rendered. The table is the keys of `T` as well: a prop is written in its interface and here, and
 * the compiler holds the one to the other.
 */
export type Fields<T> = { readonly [K in keyof T]-?: Render<NonNullable<T[K]>> };

/** Renders a prop to the field `field` without a look at it. */
export function asIs(field: string): Render<unknown> {
  return (value) => ({ [field]: value });
}

/** Renders an integer from `least` to `most` to the field `field`. */
export function asInteger(field: string, least: number, most?: number): Render<number> {
  return (value, path, report) => ({ [field]: integer(value, path, least, report, most) });
}

/** Renders one of `values` to the field `field`. */
export function asOneOf<V extends string>(field: string, values: readonly V[]): Render<V> {
  return (value, path, report) => {
    oneOfKnown(value, values, path, report);
    return { [field]: value };
  };
}

/** The fields of all props that are set. */
export function renderFields<T>(props: T, fields: Fields<T>, report: Reporter): Rendered {
  const rendered: Record<string, unknown> = {};
  for (const key in fields) {
    const value = props[key];
    if (value !== undefined)
      Object.assign(rendered, fields[key](value as NonNullable<T[typeof key]>, key, report));
  }
  return rendered;
}

/** The keys of a table. */
export function keysOf<T>(fields: Fields<T>): Keys<T> {
  return Object.fromEntries(Object.keys(fields).map((key) => [key, true])) as Keys<T>;
}
