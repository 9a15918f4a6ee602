import { isAlias, isMap, isScalar, LineCounter, parseDocument, type Pair, type Scalar } from 'yaml';
import { SeaworthyError, type Problem } from '../errors';
import { pinNameProblem, type Pin, type PinSection, type PinSections } from './pins';

/** Characters of a file. A thousand pins have 50,000. */
const LONGEST = 1 << 20;

/** Where problems are told: the file's name in messages, its lines, and who takes them. */
interface Place {
  readonly name: string;
  readonly lines: LineCounter;
  readonly report: (problem: Omit<Problem, 'code' | 'place'>) => void;
}

/**
 * Reads a pins file: environments, each with values by name.
 *
 * @param name the file's name in messages
 * @throws SeaworthyError PINS_INVALID with all problems and their lines
 */
export function readPins(text: string, name: string): PinSections {
  const problems: Problem[] = [];
  const lines = new LineCounter();
  const place: Place = {
    name,
    lines,
    report: (problem) => problems.push({ code: 'PINS_INVALID', place: name, ...problem }),
  };
  const sections = text.length > LONGEST ? tooLong(text, place) : sectionsOf(text, place);
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return sections;
}

function tooLong(text: string, { report }: Place): PinSections {
  report({ message: `too large: ${text.length} characters; the limit is ${LONGEST}` });
  return new Map();
}

function sectionsOf(text: string, place: Place): PinSections {
  const { name, lines, report } = place;
  const document = parseDocument(text, { lineCounter: lines });
  for (const error of document.errors) {
    const [first = ''] = error.message.split('\n', 1);
    const message = first.replace(/( at line \d+, column \d+)?:?$/, '');
    report({ message: `invalid YAML: ${message}`, source: `${name}:${error.linePos?.[0].line ?? 1}` });
  }
  const { contents } = document;
  if (document.errors.length > 0 || contents === null) return new Map();
  if (isMap(contents))
    return new Map(
      contents.items.flatMap((pair) => {
        const environment = nameOf(pair, [], place);
        return environment === undefined ? [] : [[environment, sectionOf(pair, environment, place)]];
      }),
    );
  if (!isScalar(contents) || contents.value !== null)
    report({
      message: 'expected environments, each with its pins',
      hint: 'For example: production: { api.image: "ghcr.io/acme/api:1.4.2" }',
    });
  return new Map();
}

function sectionOf(pair: Pair, environment: string, place: Place): PinSection {
  const { value } = pair;
  const section = { source: lineOf(pair.key, place), pins: new Map<string, Pin>() };
  // `production:` with nothing below it.
  if (value === null || (isScalar(value) && value.value === null)) return section;
  if (!isMap(value)) {
    place.report({
      path: environment,
      source: section.source,
      message: isAlias(value)
        ? 'an alias cannot stand for the pins of an environment, since promote could not change them alone'
        : 'expected pins by name',
      hint: 'For example: api.image: "ghcr.io/acme/api:1.4.2"',
    });
    return section;
  }
  for (const each of value.items) {
    const name = nameOf(each, [environment], place);
    const pin = name === undefined ? undefined : pinOf(each, [environment, name], place);
    if (name !== undefined && pin !== undefined) section.pins.set(name, pin);
  }
  return section;
}

function pinOf({ key, value }: Pair, path: readonly string[], place: Place): Pin | undefined {
  const source = lineOf(key, place);
  const held = isScalar(value) ? value.value : undefined;
  if (typeof held === 'string' || typeof held === 'boolean' || isWritable(held)) {
    return { value: held, source, written: (value as Scalar).source ?? String(held) };
  }
  const found = isMap(value)
    ? 'a mapping'
    : isAlias(value)
      ? 'an alias'
      : isScalar(value)
        ? String(held)
        : 'a list';
  place.report({
    path: path.join('.'),
    source,
    message: `expected a text, a number, or true or false, not ${value === null ? 'nothing' : found}`,
    hint: isMap(value) ? 'Pin each value by a name of its own.' : 'Set a value, or remove the line.',
  });
  return undefined;
}

function isWritable(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The name that a key is, if it can be one. */
function nameOf({ key }: Pair, above: readonly string[], place: Place): string | undefined {
  const value = isScalar(key) ? (key.source ?? key.value) : undefined;
  const problem = typeof value === 'string' ? pinNameProblem(value) : 'expected a name';
  if (typeof value === 'string' && (problem === undefined || above.length === 0)) return value;
  place.report({
    ...(above.length > 0 && { path: above.join('.') }),
    source: lineOf(key, place),
    message: `Invalid value: ${JSON.stringify(value ?? null)}: ${problem ?? ''}`,
  });
  return undefined;
}

function lineOf(node: unknown, { name, lines }: Place): string {
  const range = (node as { readonly range?: readonly number[] | null } | null)?.range;
  return `${name}:${lines.linePos(range?.[0] ?? 0).line}`;
}
