import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXPECTED } from '../child/protocol';

/** What the apps of a run handed over, before it is read. */
export interface HandedOver {
  /** The bytes of each result file, in their order. */
  readonly apps: readonly SharedArrayBuffer[];
  /** The digests of the image lock, by image. */
  readonly pinned: readonly (readonly [image: string, digest: string])[];
}

/** Whoever reads the results of a run as well, and begins with it before this thread does. None of it decides what a run comes to. */
export interface Ahead {
  /** The app has begun to render about so many objects. */
  begin(objects: number): void;
  /** Whether results of that size are wanted. */
  wants(bytes: number): boolean;
  /** All that was handed over, once the app has ended well. Resolves when others can begin to read it. */
  take(handedOver: HandedOver): Promise<void>;
}

/** Milliseconds between two looks at what the app says of itself. */
const PACE = 50;

/** Waits for the app to say that it renders many objects. @returns ends it */
export function expectObjects(folder: string, ahead: Ahead): () => void {
  const timer = setInterval(() => {
    const counts = countsIn(folder);
    if (counts.length === 0) return;
    clearInterval(timer);
    ahead.begin(counts.reduce((sum, count) => sum + count));
  }, PACE);
  return () => clearInterval(timer);
}

function countsIn(folder: string): number[] {
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith(EXPECTED));
    return names.map((name) => Number(name.slice(EXPECTED.length)));
  } catch {
    // The app has removed it, which is reported when it ends.
    return [];
  }
}

/** The bytes of files, for several threads; nothing if they are not wanted. */
export function sharedBytes(
  folder: string,
  names: readonly string[],
  ahead: Ahead,
): SharedArrayBuffer[] | undefined {
  const paths = names.map((name) => join(folder, name));
  const sizes = paths.map((path) => statSync(path).size);
  if (!ahead.wants(sizes.reduce((sum, size) => sum + size, 0))) return undefined;
  return paths.map((path, index) => readShared(path, sizes[index] ?? 0));
}

function readShared(path: string, size: number): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(size);
  const bytes = new Uint8Array(shared);
  const descriptor = openSync(path, 'r');
  try {
    for (let read = 0; read < size;) {
      const more = readSync(descriptor, bytes, read, size - read, read);
      if (more === 0) break;
      read += more;
    }
    return shared;
  } finally {
    closeSync(descriptor);
  }
}
