import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { nearest, SeaworthyError, type Problem } from '../../errors';
import {
  pinNameProblem,
  type Pin,
  type PinRead,
  type PinSection,
  type PinSections,
  type PinUse,
  type PinValue,
} from '../../pins/pins';
import { readPins } from '../../pins/read';
import { Environment } from './environment';
import { reportPlaced, report } from './problems';
import { shown } from './props';
import { anyOf, flag, mapOf, number, text } from './shapes';

/** Pins in code, by environment and name: `{ production: { 'api.replicas': 3 } }`. */
export type Pins = Readonly<Record<string, Readonly<Record<string, PinValue>>>>;

/** The type of a pin, which is that of its default: `string`, `number` or `boolean`. */
export type Pinned<T extends PinValue> = T extends string ? string : T extends number ? number : boolean;

/** How a pin is handled. */
export interface PinOptions {
  /** Whether `seaworthy promote` moves it to the next environment. @default true */
  readonly promote?: boolean;
}

/** What an App takes as `pins`. */
export const PINS = anyOf<string | Pins>([text, mapOf(mapOf(anyOf<PinValue>([text, number, flag])))], {
  expected: 'the path of a file, or pins by environment and name',
  hint: "Write them as { production: { 'api.replicas': 3 } }.",
});

/** The file of pins, in the folder where the app runs: that of cdk8s.yaml. */
const FILE = 'pins.yaml';

/** The pins of an app, and what of them was read. */
interface Book {
  readonly file?: string;
  readonly sections: PinSections;
  readonly reads: Map<string, PinRead>;
}

/** Where the pins of an app come from. */
interface PinSource {
  readonly given?: string | Pins | undefined;
  /** Instead of what the file holds. */
  readonly text?: string | undefined;
}

const sources = new WeakMap<IConstruct, PinSource>();
const books = new WeakMap<IConstruct, Book>();

/** Says where the pins of `app` come from. @default pins.yaml in the current folder, which may be missing */
export function setPins(app: IConstruct, source: PinSource): void {
  sources.set(app, source);
}

/**
 * The value that the pins file has for the environment of `scope`, or the default: what `seaworthy promote` moves from one
 * environment to the next. The file is `pins.yaml` beside `cdk8s.yaml`, or what `pins` of the App says.
 *
 * A value of another type than the default, and a file that cannot be read, are reported at synth as PINS_INVALID.
 *
 * @param scope a construct of the environment; outside of any, there are no pins
 * @param name letters, digits and `. _ - /`, such as `api.image`; one name is one value in an environment
 * @param fallback the value where the environment has no such pin
 */
export function pin<T extends PinValue>(
  scope: IConstruct,
  name: string,
  fallback: T,
  { promote = true }: PinOptions = {},
): Pinned<T> {
  if (!Construct.isConstruct(scope)) throw notAConstruct(name);
  const wrong = pinNameProblem(name) ?? valueProblem(name, fallback);
  if (wrong !== undefined) report(scope, { code: 'INVALID_PROP', path: 'pin', message: wrong });
  const environment = Environment.of(scope)?.node.id;
  if (wrong !== undefined || environment === undefined) return fallback as unknown as Pinned<T>;
  const book = bookOf(scope.node.root);
  const key = `${environment} ${name}`;
  const known = book.reads.get(key);
  const found = book.sections.get(environment)?.pins.get(name);
  const fault = typeProblem(found, fallback);
  if (fault !== undefined && known === undefined) refusePin(scope, `${environment}.${name}`, fault, book);
  if (known !== undefined && typeof known.fallback !== typeof fallback) {
    const message = `pin "${name}" is read with two types of defaults: ${shown(known.fallback)} and ${shown(fallback)}`;
    report(scope, { code: 'INVALID_PROP', path: 'pin', message, hint: 'Give one of them another name.' });
  }
  const value = found === undefined || fault !== undefined ? fallback : found.value;
  if (known === undefined)
    book.reads.set(key, { environment, name, value, fallback, ...(!promote && { stays: true }) });
  return value as Pinned<T>;
}

/** What `app` has read of which file. */
export function pinsOf(app: IConstruct): PinUse | undefined {
  const { file, reads } = books.get(app) ?? {};
  if (reads === undefined) return undefined;
  return { ...(file !== undefined && { file }), reads: [...reads.values()] };
}

/**
 * Reports pins in code that nothing reads, once the app is complete. Those of a file may be for another App of the project:
 * the command line reports them.
 */
export function unreadPins(app: IConstruct): Problem[] {
  const { given } = sources.get(app) ?? {};
  if (typeof given !== 'object') return [];
  const reads = pinsOf(app)?.reads ?? [];
  return Object.entries(given).flatMap(([environment, pins]) => {
    const names = reads.filter((read) => read.environment === environment).map(({ name }) => name);
    return Object.keys(pins).flatMap((name): Problem[] => {
      if (names.includes(name)) return [];
      const near = nearest(name, names);
      const hint = near === undefined ? 'Remove it.' : `Did you mean "${near}"?`;
      const path = `pins.${environment}.${name}`;
      return [{ code: 'PINS_INVALID', path, message: 'nothing in this environment reads the pin', hint }];
    });
  });
}

function bookOf(app: IConstruct): Book {
  const known = books.get(app);
  if (known !== undefined) return known;
  const { given, text: instead } = sources.get(app) ?? {};
  const book =
    typeof given === 'object'
      ? { sections: sectionsIn(given), reads: new Map<string, PinRead>() }
      : fileBook(app, given, instead);
  books.set(app, book);
  return book;
}

function fileBook(app: IConstruct, given: string | undefined, instead: string | undefined): Book {
  const file = resolve(given ?? FILE);
  const reads = new Map<string, PinRead>();
  try {
    return { file, reads, sections: readPins(instead ?? textOf(file, given !== undefined), basename(file)) };
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    for (const problem of error.problems) reportPlaced(app, problem);
    return { file, reads, sections: new Map() };
  }
}

/** @param isNamed whether the app names the file, which is then there */
function textOf(file: string, isNamed: boolean): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !isNamed) return '';
    throw new SeaworthyError({
      code: 'PINS_INVALID',
      place: file,
      message: `cannot be read: ${code}`,
      hint: code === 'ENOENT' ? 'Create the file, which may be empty, or correct `pins` of the App.' : '',
    });
  }
}

function sectionsIn(pins: Pins): PinSections {
  return new Map(
    Object.entries(pins).map(([environment, values]): [string, PinSection] => {
      const entries = Object.entries(values).map(([name, value]): [string, Pin] => [
        name,
        { value, source: '', written: String(value) },
      ]);
      return [environment, { source: '', pins: new Map(entries) }];
    }),
  );
}

interface Fault {
  readonly message: string;
  readonly hint: string;
  readonly source: string;
}

/** What is wrong with a pin that has another type than its default. */
function typeProblem(pin: Pin | undefined, fallback: PinValue): Fault | undefined {
  if (pin === undefined || typeof pin.value === typeof fallback) return undefined;
  const { value, written, source } = pin;
  const message = `Invalid value: ${shown(value)}: expected ${typeof fallback}, got ${typeof value}`;
  const way =
    typeof fallback === 'string'
      ? `Put it in quotes: ${JSON.stringify(written)}.`
      : `Write it as the default in the code: ${shown(fallback)}.`;
  return { message, hint: way, source };
}

function refusePin(scope: IConstruct, path: string, { source, ...fault }: Fault, { file }: Book): void {
  if (file === undefined) report(scope, { code: 'PINS_INVALID', path: `pins.${path}`, ...fault });
  else reportPlaced(scope, { code: 'PINS_INVALID', place: basename(file), path, source, ...fault });
}

function valueProblem(name: string, fallback: unknown): string | undefined {
  const isValue = typeof fallback === 'string' || typeof fallback === 'boolean' || Number.isFinite(fallback);
  return isValue
    ? undefined
    : `Required value: the default of pin "${name}", a string, a number, or true or false`;
}

function notAConstruct(name: unknown): SeaworthyError {
  return new SeaworthyError({
    code: 'INVALID_PROP',
    message: `Invalid value: pin ${shown(name)} has no construct as its scope`,
    hint: "Pass a construct of the environment first: pin(this, 'api.image', 'ghcr.io/acme/api:1.4.2').",
  });
}
