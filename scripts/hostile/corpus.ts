/** Real manifests of this repository, which the generators change: a document each, as text and as an object. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeaworthyError } from '../../lib/errors';
import { parseDocuments } from '../../lib/manifest/yaml/parse';

const ROOT = join(__dirname, '..', '..');
const FOLDERS = ['dist', 'examples', 'lib/check/rules'];

/** Longer documents cost more time than they find. */
const LONGEST = 2500;

export interface Corpus {
  /** Documents of YAML. */
  readonly texts: readonly string[];
  /** Files of few objects that have to do with each other. */
  readonly sets: readonly (readonly object[])[];
  readonly objects: readonly object[];
}

let read: Corpus | undefined;

export function corpus(): Corpus {
  return (read ??= readCorpus());
}

function readCorpus(): Corpus {
  const texts = new Set<string>();
  const sets: (readonly object[])[] = [];
  for (const folder of FOLDERS) {
    const files = (readdirSync(join(ROOT, folder), { recursive: true }) as string[])
      .filter((file) => file.endsWith('.yaml'))
      .sort();
    for (const file of files) {
      const text = readFileSync(join(ROOT, folder, file), 'utf8');
      for (const part of text.split(/^---$/m)) if (part.length < LONGEST) texts.add(part.trimStart());
      if (text.length < 2 * LONGEST) sets.push(objectsIn(text));
    }
  }
  const objects = [...texts].flatMap(objectsIn);
  return { texts: [...texts], sets: sets.filter((set) => set.length > 0), objects };
}

function objectsIn(text: string): object[] {
  try {
    return parseDocuments(text)
      .map(({ value }) => value)
      .filter((value): value is object => typeof value === 'object' && value !== null && 'kind' in value);
  } catch (error) {
    if (error instanceof SeaworthyError) return [];
    throw error;
  }
}
