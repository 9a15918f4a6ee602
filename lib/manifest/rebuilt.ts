import { isDeepStrictEqual } from 'node:util';
import { isPlainRecord } from './data';
import type { Manifest } from './manifest';

type Steps = readonly (string | number)[];

/** The objects in files that objects are built from, the base before its patches. They are kept outside the objects. */
const originals = new WeakMap<object, readonly Manifest[]>();

/** Keeps what `built` is built from. */
export function keepOriginals(built: object, from: readonly Manifest[]): void {
  originals.set(built, from);
}

/** Whether an object is built from others, known or not, and its own text is in no file. */
export function isRebuilt(object: object): boolean {
  return originals.has(object);
}

/** What an object is built from; nothing for one that stands in a file itself. */
export function originalsOf(built: object): readonly Manifest[] {
  return originals.get(built) ?? [];
}

/** Where the field of a built object is written. */
export interface Written {
  readonly manifest: Manifest;
  /** As far as it is certain. */
  readonly steps: Steps;
}

/**
 * Where the field at `steps` of a built object is written: in the original with the same value there, else in the one that
 * has most of the steps, the base first. `undefined` for an object that stands in a file itself.
 */
export function writtenAt(built: object, steps: Steps): Written | undefined {
  const candidates = originalsOf(built).map((manifest) => ({
    manifest,
    ...stepsIn(manifest.object, built, steps),
  }));
  const same = candidates.find(
    ({ steps: own, value, wanted }) => own.length === steps.length && isDeepStrictEqual(value, wanted),
  );
  if (same !== undefined) return same;
  return candidates.reduce<Written | undefined>(
    (best, each) => (best === undefined || each.steps.length > best.steps.length ? each : best),
    undefined,
  );
}

/** The same place in an original, as far as it can be told, and the values there and in the built object. */
function stepsIn(original: unknown, built: unknown, steps: Steps) {
  const found: (string | number)[] = [];
  let [value, wanted] = [original, built];
  for (const step of steps) {
    const next = stepIn(value, wanted, step);
    if (next === undefined) break;
    found.push(next);
    value = (value as Readonly<Record<string | number, unknown>>)[next];
    wanted = (wanted as Readonly<Record<string | number, unknown>>)[step];
  }
  return { steps: found, value, wanted };
}

function stepIn(original: unknown, built: unknown, step: string | number): string | number | undefined {
  if (typeof step === 'string') return isPlainRecord(original) && step in original ? step : undefined;
  return Array.isArray(original) && Array.isArray(built) ? indexIn(original, built, step) : undefined;
}

/** Fields that tell an item of a list from the others, the clearest first. */
const KEYS = [
  'name',
  'key',
  'containerPort',
  'mountPath',
  'devicePath',
  'port',
  'host',
  'path',
  'ip',
  'topologyKey',
];

/** The index in `original` of the item that is at `index` in `built`: patches add items before others, and remove some. */
function indexIn(original: readonly unknown[], built: readonly unknown[], index: number): number | undefined {
  const item = built[index];
  for (const key of KEYS) {
    const named = isPlainRecord(item) ? item[key] : undefined;
    if (named === undefined || typeof named === 'object') continue;
    const isSame = (each: unknown): boolean => isPlainRecord(each) && each[key] === named;
    const found = onlyIndex(original, isSame);
    if (found !== undefined && onlyIndex(built, isSame) !== undefined) return found;
  }
  const isEqual = (each: unknown): boolean => isDeepStrictEqual(each, item);
  const found = onlyIndex(original, isEqual);
  if (found !== undefined && onlyIndex(built, isEqual) !== undefined) return found;
  const isAlone =
    original.length === built.length &&
    original.every((each, other) => other === index || isDeepStrictEqual(each, built[other]));
  return isAlone ? index : undefined;
}

/** The index of the only item that `matches`. */
function onlyIndex(list: readonly unknown[], matches: (item: unknown) => boolean): number | undefined {
  const first = list.findIndex(matches);
  return first < 0 || list.findLastIndex(matches) !== first ? undefined : first;
}
