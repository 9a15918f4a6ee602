import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What an API server answered to a request. */
export interface Answer {
  readonly ok: boolean;
  readonly code: number;
  readonly message?: string;
  readonly warnings?: readonly string[];
  readonly causes?: readonly { readonly field?: string; readonly reason: string; readonly message: string }[];
}

/** An object with the answers that an API server of Kubernetes 1.36 gave to creating and to applying it. */
export interface Recorded {
  readonly id: string;
  readonly object: { readonly apiVersion: string; readonly kind: string };
  readonly create: Answer;
  readonly apply?: Answer;
}

const FOLDER = join(__dirname, '../../../shared/corpus');

/** Names of recordings: of one release by its name, of 1.36 where there is none, of two where the answers differ. */
const ADMISSION = /^(?:(?:admission|gated|cel)-(1\.\d+)|(admission)|changes-(1\.\d+))\.jsonl(?:\.gz)?$/;

/** The recordings of what a release said of objects, by file name. */
export function recordingsOf(release: string): string[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .sort()
    .filter((file) => {
      const [, named, unnamed, changed] = ADMISSION.exec(file) ?? [];
      if (changed !== undefined) return release === changed || release === '1.36';
      return release === (unnamed === undefined ? named : '1.36');
    });
}

/** Reads the answers of a release; a recording of two releases has those of each by the name of the release. */
export function readAnswers(file: string, release: string): Recorded[] {
  return readRecorded<Recorded & Readonly<Record<string, Answer>>>(file).map((each) => ({
    ...each,
    create: each[release] ?? each.create,
  }));
}

/**
 * Reads a recording, a line each, from where recordings usually are unless told; ends the process where there is none.
 */
export function readRecorded<T = Recorded>(name = 'admission.jsonl.gz', file = join(FOLDER, name)): T[] {
  if (!existsSync(file)) {
    console.error(`There is no recording at ${file}. Say where it is: … ${name}`);
    process.exit(2);
  }
  const content = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(content) : content)
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
