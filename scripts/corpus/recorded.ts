import { existsSync, readFileSync } from 'node:fs';
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

/**
 * Reads a recording, a line each, from where recordings usually are unless told; ends the process where there is none.
 */
export function readRecorded<T = Recorded>(
  name = 'admission.jsonl.gz',
  file = join(__dirname, '../../../shared/corpus', name),
): T[] {
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
