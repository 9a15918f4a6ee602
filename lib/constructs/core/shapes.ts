import type { ErrorCode } from '../../errors';
import { nearest, oneOf } from '../../errors';
import { isPlainRecord } from '../../manifest/data';
import { oneOfKnown, optional } from './props';
import type { Look, Shape, Shapes } from './shape';
import { isObject } from './shape';

/** A string. */
export const text: Shape<string> = {
  expected: 'a string',
  takes: (value) => typeof value === 'string',
  hint: (value) => (typeof value === 'boolean' || Number.isFinite(value) ? 'Put it in quotes.' : undefined),
};

/** A number that can be written down. */
export const number: Shape<number> = {
  expected: 'a number',
  takes: (value) => Number.isFinite(value),
  hint: (value) => (isNumeric(value) ? 'Write it without quotes.' : undefined),
};

/** `true` or `false`. */
export const flag: Shape<boolean> = {
  expected: 'true or false',
  takes: (value) => typeof value === 'boolean',
  hint: (value) => (value === 'true' || value === 'false' ? 'Write it without quotes.' : undefined),
};

/** An object in Kubernetes' own form, which the API server checks. */
export const kubernetesObject: Shape<Readonly<Record<string, unknown>>> = {
  expected: 'an object',
  takes: isObject,
};

/** A function. */
export function callable<F>(): Shape<F> {
  return { expected: 'a function', takes: (value) => typeof value === 'function' };
}

/** One value and no other. */
export function constant<const V extends string | number | boolean>(only: V): Shape<V> {
  return { expected: String(only), takes: (value) => value === only };
}

/** One of the strings in `values`; another is reported with the nearest. */
export function choice<const V extends string>(values: readonly V[]): Shape<V> {
  return {
    expected: oneOf(values.map((value) => `"${value}"`)),
    takes: text.takes,
    inside: (value, look) => oneOfKnown(value as string, values, '', (problem) => look.report(problem)),
  };
}

/** A list. */
export function list<V>(item: Shape<V>): Shape<readonly V[]> {
  return {
    expected: `a list`,
    takes: Array.isArray,
    // A loop by index: `forEach` would pass over holes.
    inside: (value, look) => {
      const items = value as readonly unknown[];
      for (let index = 0; index < items.length; index++) look.below(`[${index}]`, item, items[index]);
    },
    hint: (value) => (item.takes(value) ? 'Put it in a list: [ … ].' : undefined),
  };
}

/** An object whose keys are names that the user chooses. @param example how one is written */
export function mapOf<V>(values: Shape<V>, example?: string): Shape<Readonly<Record<string, V>>> {
  return {
    expected: 'an object',
    takes: isPlainRecord,
    inside: (value, look) => {
      const map = value as Readonly<Record<string, unknown>>;
      for (const key of Object.keys(map)) look.below(key, values, map[key]);
    },
    hint: (value) => {
      const name = Array.isArray(value) ? firstName(value) : undefined;
      if (name !== undefined) return `Write an object by name instead of a list: { ${name}: … }.`;
      return example === undefined ? undefined : `Write it as ${example}.`;
    },
  };
}

/** Labels or annotations. */
export const ENTRIES: Shape<Readonly<Record<string, string>>> = mapOf(
  { ...text, code: 'INVALID_LABEL' },
  "{ team: 'checkout' }",
);

/** How a record explains itself. */
export interface RecordOptions {
  /** To follow the word "expected". @default 'an object' */
  readonly expected?: string;
  /** How one is written, for values that are none: `{ host: 'shop.example' }`. @default nothing is said */
  readonly example?: string;
  /** What takes the place of keys that Kubernetes has, as it follows the word "Use". @default none */
  readonly words?: Words;
  /** What to do with a key that is neither known nor in `words`. @default the nearest known one is named */
  readonly elsewhere?: (key: string) => string | undefined;
}

/** What takes the place of Kubernetes' own words: `{ livenessProbe: '`probe.liveness`' }`. */
export type Words = Readonly<Record<string, string>>;

/** A record, with the shapes of its props. */
export interface RecordShape<out T> extends Shape<T> {
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly options: RecordOptions;
}

/** An object with the props of `T` and no others. */
export function record<T>(shapes: Shapes<T>, options: RecordOptions = {}): RecordShape<T> {
  const { expected = 'an object', example } = options;
  const known: Readonly<Record<string, Shape>> = shapes;
  return {
    expected,
    takes: isObject,
    inside: (value, look) => {
      const props = value as Readonly<Record<string, unknown>>;
      for (const key in props) inspectProp(key, props[key], { known, options }, look);
    },
    hint: () => (example === undefined ? undefined : `Write it as ${example}.`),
    shapes: known,
    options,
  };
}

/** Looks at one prop of a record; reports one that there is not, with what was meant. */
export function inspectProp(
  key: string,
  value: unknown,
  { known, options }: { readonly known: Readonly<Record<string, Shape>>; readonly options: RecordOptions },
  look: Look,
): void {
  if (value === undefined) return;
  const shape = Object.hasOwn(known, key) ? known[key] : undefined;
  if (shape !== undefined) look.below(key, shape, value);
  else
    look.report(
      { code: 'UNKNOWN_PROP', message: `unknown prop "${key}"`, hint: wayFor(key, known, options) },
      key,
    );
}

function wayFor(
  key: string,
  known: Readonly<Record<string, Shape>>,
  { words = {}, elsewhere }: RecordOptions,
): string {
  const said = wordFor(key, words) ?? elsewhere?.(key);
  if (said !== undefined) return said;
  const near = nearest(key, [...Object.keys(known), ...Object.keys(words)]);
  if (near === undefined) return `Known props: ${Object.keys(known).sort().join(', ')}.`;
  return wordFor(near, words) ?? `Did you mean "${near}"?`;
}

function wordFor(key: string, words: Words): string | undefined {
  return Object.hasOwn(words, key) ? `Use ${words[key]}.` : undefined;
}

/** An object with the props of `T`, which may have others. */
export function open<T>(shapes: Shapes<T>): Shape<T> {
  const known: Readonly<Record<string, Shape>> = shapes;
  return {
    expected: 'an object',
    takes: isObject,
    inside: (value, look) => {
      const props = value as Readonly<Record<string, unknown>>;
      for (const key of Object.keys(known))
        if (props[key] !== undefined) look.below(key, known[key] ?? kubernetesObject, props[key]);
    },
  };
}

/** How a choice of shapes explains itself. */
export interface ChoiceOptions {
  /** To follow the word "expected". @default what each of the shapes expects */
  readonly expected?: string;
  /** How to write a value, where none of the shapes says so. @default nothing is said */
  readonly hint?: string;
  /** @default 'INVALID_PROP' */
  readonly code?: ErrorCode;
}

/** Whatever one of `shapes` takes; the first that takes a value looks inside. */
export function anyOf<V>(
  shapes: readonly Shape<V>[],
  { expected, hint, code }: ChoiceOptions = {},
): Shape<V> {
  const shapeOf = (value: unknown): Shape<V> | undefined => shapes.find(({ takes }) => takes(value));
  return {
    expected: expected ?? oneOf([...new Set(shapes.map((shape) => shape.expected))]),
    takes: (value) => shapeOf(value) !== undefined,
    inside: (value, look) => shapeOf(value)?.inside?.(value, look),
    hint: (value) => firstOf(shapes, (shape) => shape.hint?.(value)) ?? hint,
    ...optional('code', code),
  };
}

function firstOf<T, R>(items: readonly T[], look: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * One of several records, each known by the prop that it is named by in `table`: `{ http: …, tcp: … }`.
 *
 * @param words Kubernetes' words for the names, for an object that has none of them
 */
export function forms<T>(table: Readonly<Record<string, RecordShape<T>>>, words: Words = {}): Shape<T> {
  const marks = Object.keys(table);
  const marksIn = (value: object): readonly string[] => marks.filter((mark) => mark in value);
  return {
    expected: oneOf(marks.map((mark) => `{ ${mark} }`)),
    takes: (value) => isObject(value) && marksIn(value).length > 0,
    inside: (value, look) => {
      const [first = '', ...others] = marksIn(value as object);
      const shape = table[first];
      const other = others.find((mark) => shape !== undefined && !Object.hasOwn(shape.shapes, mark));
      if (other === undefined) shape?.inside?.(value, look);
      else {
        const message = `Forbidden: may not specify both "${first}" and "${other}"`;
        look.report({ code: 'INVALID_PROP', message }, other);
      }
    },
    hint: (value) => {
      if (!isObject(value)) return undefined;
      const keys = Object.keys(value);
      const said = firstOf(keys, (key) => wordFor(key, words));
      const near = firstOf(keys, (key) => nearest(key, marks));
      return said ?? (near === undefined ? undefined : `Did you mean "${near}"?`);
    },
  };
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
}

/** The name of the first item of a list as Kubernetes has it: `[{ name, value }]`. */
function firstName(items: readonly unknown[]): string | undefined {
  const [first] = items;
  const name: unknown = isPlainRecord(first) ? first['name'] : undefined;
  return typeof name === 'string' && /^[\w-]{1,40}$/.test(name) ? name : undefined;
}
