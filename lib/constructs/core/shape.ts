import type { ErrorCode } from '../../errors';
import { describeType, isPlainRecord } from '../../manifest/data';
import type { Reporter, UnplacedProblem } from './problems';

/**
 * What a value has to look like before anything reads it. TypeScript says so to its own programs; programs in JavaScript,
 * casts and values from elsewhere are told at run time.
 *
 * `T` is what may be relied on where a value is of the shape, so that the compiler holds the shape of a prop to its type.
 */
export interface Shape<out T = unknown> {
  /** What it takes, to follow the word "expected": `a string`. */
  readonly expected: string;
  /** Whether a value is of this form, without what is inside it. */
  readonly takes: (value: unknown) => boolean;
  /** Looks at what is inside a value that it takes. */
  readonly inside?: (value: unknown, look: Look) => void;
  /** Code of a value that it does not take. @default 'INVALID_PROP' */
  readonly code?: ErrorCode;
  /** How to write a value that it does not take. */
  readonly hint?: (value: unknown) => string | undefined;
  /** Never set: holds `T`. */
  readonly type?: T;
}

/** The shape of each prop of `T`, named once: the compiler holds the table to the interface. */
export type Shapes<T> = { readonly [K in keyof T]-?: Shape<Exclude<T[K], undefined>> };

/** A look at one value and all that is inside it, which reports what it finds with its place. */
export class Look {
  /** How many values were not of their shape. */
  misshapen = 0;
  readonly #trail: string[];
  readonly #report: Reporter;

  /** @param at the place of the value: a prop, or a call such as `expose('public')` */
  constructor(report: Reporter, ...at: readonly string[]) {
    this.#report = report;
    this.#trail = [...at];
  }

  /** Looks at `value`; reports one that is not of `shape`. */
  inspect(shape: Shape, value: unknown): void {
    if (shape.takes(value)) shape.inside?.(value, this);
    else this.#refuse(shape, value);
  }

  /** Looks at what stands at `step` of the current value: the name of a prop, or `[0]`. */
  below(step: string, shape: Shape, value: unknown): void {
    this.#trail.push(step);
    this.inspect(shape, value);
    this.#trail.pop();
  }

  /** Reports a problem of the current value that does not stop anyone from reading it. */
  report(problem: Omit<UnplacedProblem, 'path'>, step?: string): void {
    const steps = step === undefined ? this.#trail : [...this.#trail, step];
    this.#report({ ...problem, path: pathOf(steps) });
  }

  #refuse(shape: Shape, value: unknown): void {
    this.misshapen++;
    const name = this.#trail.at(-1);
    if (value === undefined) {
      const hint = name === undefined ? {} : { hint: `Set a value, or leave out \`${name}\`.` };
      return this.report({ code: 'MISSING_PROP', message: 'Required value: it is undefined', ...hint });
    }
    const hint = shape.hint?.(value) ?? (value === null ? 'Leave it out to have the default.' : undefined);
    this.report({
      code: shape.code ?? 'INVALID_PROP',
      message: `Invalid value: expected ${shape.expected}, got ${typeOf(value)}`,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

function pathOf(steps: readonly string[]): string {
  return steps.reduce(
    (path, step) => (path === '' || step.startsWith('[') ? path + step : `${path}.${step}`),
    '',
  );
}

/** What a value is, for messages about one that may be a secret. */
export function typeOf(value: unknown): string {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : describeType(value);
}

/**
 * Whether `value` holds props: an object literal or an instance of a class of the user, and not a list, a Map, a Promise or
 * another exotic object, nor a construct, whose fields are nobody's props.
 */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (isPlainRecord(value)) return true;
  return Object.prototype.toString.call(value) === '[object Object]' && !('node' in (value as object));
}
