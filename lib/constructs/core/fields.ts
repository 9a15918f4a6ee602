import type { Reporter } from './problems';
import { integer } from './props';
import type { Shape, Shapes } from './shape';
import type { Words } from './shapes';
import { choice, number } from './shapes';

type Rendered = Readonly<Record<string, unknown>>;

/** Renders the value of a prop to fields of an object; `path` is the prop, for problems. */
export type Render<V> = (value: V, path: string, report: Reporter) => Rendered;

/** A prop that becomes one field. */
export interface FieldProp<V> {
  readonly shape: Shape<V>;
  /** Name of the field. */
  readonly field: string;
  readonly render: Render<V>;
}

/**
 * How each prop of `T` looks and is rendered. The table is the shapes of `T` as well: a prop is written in its interface
 * and here, and the compiler holds the one to the other.
 */
export type Fields<T> = { readonly [K in keyof T]-?: FieldProp<NonNullable<T[K]>> };

/** Renders a prop of `shape` to the field `field`. */
export function asIs<V>(field: string, shape: Shape<V>): FieldProp<V> {
  return { shape, field, render: (value) => ({ [field]: value }) };
}

/** Renders an integer from `least` to `most` to the field `field`. */
export function asInteger(field: string, least: number, most?: number): FieldProp<number> {
  return {
    shape: number,
    field,
    render: (value, path, report) => ({ [field]: integer(value, path, least, report, most) }),
  };
}

/** Renders one of `values` to the field `field`. */
export function asOneOf<const V extends string>(field: string, values: readonly V[]): FieldProp<V> {
  return asIs(field, choice(values));
}

/** The fields of all props that are set. */
export function renderFields<T>(props: T, fields: Fields<T>, report: Reporter): Rendered {
  const rendered: Record<string, unknown> = {};
  for (const key in fields) {
    const value = props[key];
    if (value !== undefined)
      Object.assign(rendered, fields[key].render(value as NonNullable<T[typeof key]>, key, report));
  }
  return rendered;
}

type AnyFields = Readonly<Record<string, FieldProp<unknown>>>;

/** The shapes of the props in a table. */
export function shapesOf<T>(fields: Fields<T>): Shapes<T> {
  return Object.fromEntries(
    Object.entries(fields as AnyFields).map(([key, { shape }]) => [key, shape]),
  ) as Shapes<T>;
}

/** The props in a table, by the fields that Kubernetes calls otherwise. */
export function wordsOf<T>(fields: Fields<T>): Words {
  return Object.fromEntries(
    Object.entries(fields as AnyFields).flatMap(([key, { field }]) =>
      field === key ? [] : [[field, `\`${key}\``]],
    ),
  );
}
