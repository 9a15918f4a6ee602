import type { Manifest } from '../../../manifest/manifest';
import type { ParsedDocument, ParseOptions } from '../../../manifest/yaml/parse';
import type { Defined } from './document';

/** A file that was read before, all of which can be read. */
export interface Earlier {
  readonly text: string;
  readonly documents: readonly ParsedDocument[];
  /** Its objects, where all of its documents are some. */
  objects?: EarlierObjects;
}

/** The objects of a file, and what decided that they are objects. */
export interface EarlierObjects {
  /** The name of the file. */
  readonly shown: string;
  readonly defined: Defined;
  readonly manifests: readonly Manifest[];
}

type Known = NonNullable<ParseOptions['known']>;

/** Whole files beside the documents that are known: what is compared has mostly the same files on both sides. */
const files = new WeakMap<Known, Map<string, Earlier[]>>();

/** Files that look alike, of which the text is compared. */
const MOST_ALIKE = 4;

/** The file with this text that was read before, with the same documents to be known. */
export function earlierWith(text: string, known: Known | undefined): Earlier | undefined {
  const alike = known && files.get(known)?.get(lookOf(text));
  return alike?.find((file) => file.text === text);
}

/** Keeps what a file was read as. */
export function keepEarlier(text: string, documents: readonly ParsedDocument[], known: Known): Earlier {
  const file: Earlier = { text, documents };
  const kept = files.get(known) ?? new Map<string, Earlier[]>();
  files.set(known, kept);
  const look = lookOf(text);
  const alike = kept.get(look) ?? [];
  kept.set(look, alike);
  if (alike.length < MOST_ALIKE) alike.push(file);
  return file;
}

/** The objects of a file that was read before as those of `shown`, where the same is known of kinds. */
export function objectsAgain(
  { objects }: Earlier,
  shown: string,
  defined: Defined,
): readonly Manifest[] | undefined {
  if (objects === undefined || !isSame(objects.defined, defined)) return undefined;
  return objects.manifests.map((manifest) => ({
    ...manifest,
    origin: { source: `${shown}${(manifest.origin?.source ?? '').slice(objects.shown.length)}` },
  }));
}

function isSame(one: Defined, other: Defined): boolean {
  if (one === other) return true;
  return one.size === other.size && [...one].every((kind) => other.has(kind));
}

const PIECES = 32;
const PIECE = 8;

/** The length of a text and pieces of it: V8 takes texts that are as long for the same until it compares them whole. */
function lookOf(text: string): string {
  const step = Math.max(PIECE, Math.floor(text.length / PIECES));
  let look = `${text.length}`;
  for (let at = 0; at < text.length; at += step) look += text.slice(at, at + PIECE);
  return look;
}
