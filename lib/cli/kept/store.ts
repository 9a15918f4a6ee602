import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ignoreFailure } from '../../output/swap';

/** Bytes of one entry; a larger one is not kept. */
const LARGEST = 2 ** 24;

/** Bytes of all entries, of which those that were written last stay. */
const MOST = 2 ** 26;

/** Hexadecimal digits of the checksum that an entry begins with. */
const CHECKSUM = 64;

/** A kept value, and what it was made of. */
interface Entry {
  /** Digest of everything that the value follows from. */
  readonly key: string;
  readonly value: unknown;
}

/**
 * Values that are kept between runs, one for each name: a later one replaces it. What is damaged, or belongs to another
 * user, is not used, and a disk that cannot be written to changes nothing.
 */
export class Store {
  readonly #folder: string;

  /** @param folder one that only this user can write to */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The value that was kept by this name for this key. */
  read(name: string, key: string): unknown {
    try {
      const path = this.#pathOf(name);
      if (!isOwn(path)) return undefined;
      const bytes = readFileSync(path);
      const text = bytes.subarray(CHECKSUM);
      if (digest(text) !== bytes.toString('latin1', 0, CHECKSUM)) return undefined;
      const entry = JSON.parse(text.toString('utf8')) as Entry;
      return entry.key === key ? entry.value : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps a value of JSON. The entry is renamed to its place once it is whole, so that other runs never see a part. */
  write(name: string, key: string, value: unknown): void {
    const entry: Entry = { key, value };
    const text = Buffer.from(JSON.stringify(entry));
    if (text.length > LARGEST) return;
    const path = this.#pathOf(name);
    const draft = `${path}.${process.pid}`;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      rmSync(draft, { force: true });
      writeFileSync(draft, Buffer.concat([Buffer.from(digest(text), 'latin1'), text]), {
        mode: 0o600,
        flag: 'wx',
      });
      renameSync(draft, path);
      this.#prune(path);
    } catch {
      // A full or read-only disk: the next run does the work once more.
      ignoreFailure(() => rmSync(draft, { force: true }));
    }
  }

  #pathOf(name: string): string {
    return join(this.#folder, digest(name));
  }

  /** Removes the entries that were written first, drafts of killed runs among them, and never `own`, whatever the clock says. */
  #prune(own: string): void {
    const entries = readdirSync(this.#folder).map((name) => sizeOf(join(this.#folder, name)));
    let bytes = 0;
    for (const { path, size } of entries.sort((a, b) => rankOf(b, own) - rankOf(a, own))) {
      bytes += size;
      // A folder is none of ours, and hides nothing of what is behind it.
      if (bytes > MOST) ignoreFailure(() => rmSync(path, { force: true }));
    }
  }
}

/** A file among the entries. */
interface Stored {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** When, in milliseconds since 1970. */
  readonly written: number;
}

function rankOf({ path, written }: Stored, own: string): number {
  return path === own ? Number.MAX_VALUE : written;
}

/** A file that another run has removed in the meantime has no size. */
function sizeOf(path: string): Stored {
  const stats = statSync(path, { throwIfNoEntry: false });
  return { path, size: stats?.size ?? 0, written: stats?.mtimeMs ?? 0 };
}

function isOwn(path: string): boolean {
  const stats = lstatSync(path);
  const user = process.geteuid?.();
  return stats.isFile() && stats.size <= LARGEST + CHECKSUM && (user === undefined || stats.uid === user);
}

function digest(text: Buffer | string): string {
  return createHash('sha256').update(text).digest('hex');
}
