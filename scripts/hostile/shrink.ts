import { isPlainRecord, setOwn, type PlainRecord } from '../../lib/manifest/data';
import { attempt, type Failure, type Trial } from './attempt';

/** How long one input may be made smaller, in milliseconds. */
const PATIENCE = 15_000;

/** The smallest input found that fails for the same cause. */
export async function shrunk(trial: Trial, { cause }: Failure, patience = PATIENCE): Promise<PlainRecord> {
  const end = performance.now() + patience;
  let { input } = trial;
  for (let found = true; found;) {
    found = false;
    for (const smaller of smallerRecords(input, trial.target.shrinks)) {
      if (performance.now() > end) return input;
      const { failure } = await attempt({ ...trial, input: smaller });
      if (failure?.cause !== cause) continue;
      input = smaller;
      found = true;
      break;
    }
  }
  return input;
}

/** The input with one of its parts made smaller; `keys` are its parts. */
function* smallerRecords(input: PlainRecord, keys: readonly string[]): Generator<PlainRecord> {
  for (const key of keys) for (const value of smallerValues(input[key])) yield { ...input, [key]: value };
}

/** Smaller values, the smallest first. */
function* smallerValues(value: unknown): Generator {
  if (typeof value === 'string') yield* smallerStrings(value);
  else if (Array.isArray(value)) yield* smallerLists(value);
  else if (isPlainRecord(value)) yield* smallerMaps(value);
}

function* smallerStrings(text: string): Generator<string> {
  for (const [start, end] of cuts(text.length)) yield text.slice(0, start) + text.slice(end);
}

function* smallerLists(list: readonly unknown[]): Generator<unknown[]> {
  for (const [start, end] of cuts(list.length)) yield [...list.slice(0, start), ...list.slice(end)];
  for (const [index, item] of list.entries())
    for (const smaller of smallerValues(item)) yield list.with(index, smaller);
}

function* smallerMaps(map: PlainRecord): Generator<PlainRecord> {
  const entries = Object.entries(map);
  for (const [start, end] of cuts(entries.length))
    yield recordOf([...entries.slice(0, start), ...entries.slice(end)]);
  for (const [index, [key, value]] of entries.entries())
    for (const smaller of smallerValues(value)) yield recordOf(entries.with(index, [key, smaller]));
}

function recordOf(entries: readonly (readonly [string, unknown])[]): PlainRecord {
  const record: PlainRecord = {};
  for (const [key, value] of entries) setOwn(record, key, value);
  return record;
}

/** Parts to leave out: halves, quarters, and so on down to single ones. */
function* cuts(length: number): Generator<[start: number, end: number]> {
  for (let size = length; size >= 1; size = Math.floor(size / 2))
    for (let start = 0; start < length; start += size) yield [start, Math.min(length, start + size)];
}
