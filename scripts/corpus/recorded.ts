import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What an API server answered to a request. */
export interface Answer {
  readonly ok: boolean;
  readonly code: number;
  readonly message?: string;
  readonly causes?: readonly { readonly field?: string; readonly reason: string; readonly message: string }[];
}

/** An object with the answers that an API server of Kubernetes 1.36 gave to creating and to applying it. */
export interface Recorded {
  readonly id: string;
  readonly object: { readonly apiVersion: string; readonly kind: string };
  readonly create: Answer;
  readonly apply?: Answer;
}

/** Reads recorded objects, from where they usually are unless told; ends the process where there are none. */
export function readRecorded(
  file = join(__dirname, '../../../shared/corpus/admission.jsonl.gz'),
): Recorded[] {
  if (!existsSync(file)) {
    console.error(`There are no recorded objects at ${file}. Say where they are: … admission.jsonl.gz`);
    process.exit(2);
  }
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
}
