import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { SeaworthyError } from '../../../lib/errors';
import { parseDocuments } from '../../../lib/manifest/yaml/parse';

/** A document, and what kubectl reads in it: scripts/yaml/README.md. */
interface Fact {
  readonly name: string;
  readonly text: string;
  readonly kubectl: { readonly values?: readonly unknown[]; readonly error?: string };
}

const facts = readFileSync(join(__dirname, 'facts.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Fact);

/** What Seaworthy reads otherwise, and why. The list may only shrink. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'tag/6.10': 'binary data that is no text: Go writes a replacement character for each byte of it',
};

/** What `parseDocuments` reads, in the form of a fact. */
function reading(text: string): { values?: unknown[]; isError?: true } {
  try {
    const values = parseDocuments(text).map(({ value }) => written(value));
    return values.length === 0 ? {} : { values };
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    return { isError: true };
  }
}

/** Integers that a float64 cannot hold as facts have them; JSON has no negative zero. */
function written(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? { int64: String(part) } : part,
  );
  return JSON.parse(text) as unknown;
}

function agrees({ text, kubectl: { values, error } }: Fact): boolean {
  if (error !== undefined) return reading(text).isError === true;
  const expected = values?.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  return isDeepStrictEqual(reading(text), expected === undefined ? {} : { values: expected });
}

it('reads what kubectl reads, and refuses what it refuses', () => {
  const different = facts.filter((fact) => !agrees(fact)).map(({ name }) => name);
  expect(different).toEqual(Object.keys(DIFFERENCES));
});

it('knows many documents, each once', () => {
  expect(new Set(facts.map(({ name }) => name)).size).toBe(facts.length);
  expect(new Set(facts.map(({ text }) => text)).size).toBe(facts.length);
  expect(facts.length).toBeGreaterThan(1500);
});
