/**
 * Compares `parseDocuments` with what kubectl reads in recorded documents:
 *
 *     npm run corpus:yaml -- [yaml.jsonl]
 *
 * Prints how many agree, and the others. Empty documents do not count, and numbers count as the doubles of the recording.
 */
import { parseArgs, isDeepStrictEqual } from 'node:util';
import { SeaworthyError } from '../../lib/errors';
import { parseDocuments } from '../../lib/manifest/yaml/parse';
import { readRecorded } from './recorded';

/** A document, and the values that kubectl reads in it, or its error. */
interface RecordedDocument {
  readonly name: string;
  readonly text: string;
  readonly kubectl: { readonly ok?: readonly unknown[]; readonly err?: string };
}

const { positionals } = parseArgs({ allowPositionals: true });
const documents = readRecorded<RecordedDocument>('yaml.jsonl', positionals[0]);
const different = documents.flatMap(({ name, text, kubectl: { ok, err } }) => {
  const found = reading(text);
  const isSame =
    ok === undefined
      ? found instanceof SeaworthyError
      : isDeepStrictEqual(
          found,
          ok.filter((value) => value !== null),
        );
  if (isSame) return [];
  const ours = found instanceof SeaworthyError ? found.message : JSON.stringify(found);
  return [`${name}: ${JSON.stringify(text)}\n  kubectl: ${err ?? JSON.stringify(ok)}\n  here:    ${ours}`];
});

for (const each of different) console.log(each);
const agreed = documents.length - different.length;
console.log(`${agreed} of ${documents.length} agree, ${((100 * agreed) / documents.length).toFixed(2)}%`);

/** The values of the documents in `text`, or why it is refused. */
function reading(text: string): unknown[] | SeaworthyError {
  try {
    return parseDocuments(text).map(({ value }) => asRecorded(value));
  } catch (error) {
    if (error instanceof SeaworthyError) return error;
    throw error;
  }
}

function asRecorded(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? Number(part) : part));
  return JSON.parse(text) as unknown;
}
