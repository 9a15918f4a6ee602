import { isUtf8 } from 'node:buffer';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { SeaworthyError, type Problem } from '../../errors';
import { startsJson } from '../../manifest/yaml/json-start';
import { reasonOf } from '../../output/failure';

/** Bytes. A string holds twice as many, and no set of manifests is near it: this is a device, or a mistake. */
const LARGEST = 2 ** 28;

/**
 * The text of a file. A pipe is read like a file, as in `seaworthy check <(kubectl kustomize .)`.
 *
 * @param shown its name in messages
 * @throws SeaworthyError INPUT_UNREADABLE, also if it is too large; INVALID_YAML
 */
export async function readInput(path: string, shown: string): Promise<string> {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return await readStream(createReadStream(path), shown);
    if (stats.size > LARGEST) throw tooLarge(shown);
    return decoded(readFileSync(path), shown);
  } catch (error) {
    if (error instanceof SeaworthyError) throw error;
    throw unreadable(shown, reasonOf(error));
  }
}

/**
 * The text of a stream.
 *
 * @throws SeaworthyError INPUT_UNREADABLE, also if it is too large; INVALID_YAML
 */
export async function readStream(stream: AsyncIterable<unknown>, shown: string): Promise<string> {
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk as Buffer);
      size += bytes.length;
      if (size > LARGEST) throw tooLarge(shown);
      chunks.push(bytes);
    }
    return decoded(Buffer.concat(chunks), shown);
  } catch (error) {
    throw error instanceof SeaworthyError ? error : unreadable(shown, reasonOf(error));
  }
}

/** A file is not UTF-8. */
export class NotUtf8 extends SeaworthyError {
  /** What it may say in UTF-16 or Latin-1; never for a message, since it may be secret. */
  readonly text: string;

  constructor(problem: Problem, text: string) {
    super(problem);
    this.text = text;
  }
}

/** UTF-16 mostly has a mark; without one, every other byte of plain text is zero. */
function guessed(bytes: Buffer): string {
  const [first, second] = bytes;
  if ((first === 0xfe && second === 0xff) || first === 0)
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le');
  if ((first === 0xff && second === 0xfe) || second === 0) return bytes.toString('utf16le');
  return bytes.toString('latin1');
}

/**
 * The text of bytes. kubectl rejects YAML that is not UTF-8; in JSON, it reads other bytes as the replacement character.
 *
 * @throws SeaworthyError INVALID_YAML, with the line
 */
function decoded(bytes: Buffer, shown: string): string {
  const text = bytes.toString('utf8');
  if (isUtf8(bytes) || startsJson(text)) return text;
  const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
  const problem: Problem = {
    code: 'INVALID_YAML',
    place: shown,
    message: 'the text is not UTF-8',
    hint: 'Save the file as UTF-8. PowerShell writes UTF-16 with >; use Set-Content -Encoding utf8.',
    source: `${shown}:${line}`,
  };
  throw new NotUtf8(problem, guessed(bytes));
}

function tooLarge(shown: string): SeaworthyError {
  return unreadable(shown, `too large: the limit is ${LARGEST / 2 ** 20} MiB`);
}

function unreadable(place: string, message: string): SeaworthyError {
  return new SeaworthyError({ code: 'INPUT_UNREADABLE', place, message });
}
