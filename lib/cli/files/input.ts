import { createReadStream, readFileSync, statSync } from 'node:fs';
import { SeaworthyError } from '../../errors';
import { reasonOf } from '../../output/failure';

/** Bytes. A string holds twice as many, and no set of manifests is near it: this is a device, or a mistake. */
const LARGEST = 2 ** 28;

/**
 * The text of a file. A pipe is read like a file, as in `seaworthy check <(kubectl kustomize .)`.
 *
 * @param shown its name in messages
 * @throws SeaworthyError INPUT_UNREADABLE, also if it is too large
 */
export async function readInput(path: string, shown: string): Promise<string> {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return await readStream(createReadStream(path), shown);
    if (stats.size > LARGEST) throw tooLarge(shown);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof SeaworthyError) throw error;
    throw unreadable(shown, reasonOf(error));
  }
}

/**
 * The text of a stream.
 *
 * @throws SeaworthyError INPUT_UNREADABLE, also if it is too large
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
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    throw error instanceof SeaworthyError ? error : unreadable(shown, reasonOf(error));
  }
}

function tooLarge(shown: string): SeaworthyError {
  return unreadable(shown, `too large: the limit is ${LARGEST / 2 ** 20} MiB`);
}

function unreadable(place: string, message: string): SeaworthyError {
  return new SeaworthyError({ code: 'INPUT_UNREADABLE', place, message });
}
