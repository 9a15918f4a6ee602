/** Bytes of a block: a header is one, and contents are padded to whole ones. */
const BLOCK = 512;

const MOST_NAME = 100;
const MOST_PREFIX = 155;

/** The type of an entry: a regular file, or the records that a later entry is described by. */
type EntryType = '0' | 'x';

/**
 * An archive of regular files, in the order of their paths, which a reader makes the folders for. Nothing of this machine or
 * this moment is in it: the mode is 0644, owner and group are 0, and the time is 1970. A path that the header cannot hold has
 * a record before it.
 *
 * Source: the formats ustar and pax in "pax - portable archive interchange" of POSIX.1-2017.
 */
export function tar(files: ReadonlyMap<string, string>): Buffer {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.flatMap(([path, text]) => {
    const content = Buffer.from(text);
    const place = placeOf(path);
    if (place !== undefined) return entry(place, '0', content);
    const record = Buffer.from(pathRecord(path));
    return [...entry({ name: 'path', prefix: '' }, 'x', record), ...entry(shortened(path), '0', content)];
  });
  return Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);
}

interface Place {
  readonly name: string;
  readonly prefix: string;
}

/** How the header holds a path; `undefined` where it cannot. */
function placeOf(path: string): Place | undefined {
  if (!/^[\x20-\x7e]*$/.test(path)) return undefined;
  if (path.length <= MOST_NAME) return { name: path, prefix: '' };
  const slash = path.indexOf('/', path.length - MOST_NAME - 1);
  return slash <= 0 || slash > MOST_PREFIX
    ? undefined
    : { name: path.slice(slash + 1), prefix: path.slice(0, slash) };
}

/** The name for a reader that does not know records. */
function shortened(path: string): Place {
  return { name: path.replace(/[^\x20-\x7e]/g, '_').slice(-MOST_NAME), prefix: '' };
}

/** `27 path=…` and a line end, where the number counts its own digits. */
function pathRecord(path: string): string {
  const rest = ` path=${path}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + 1;
  while (bytes + String(length).length !== length) length++;
  return `${length}${rest}`;
}

function entry(place: Place, type: EntryType, content: Buffer): Buffer[] {
  const padding = (BLOCK - (content.length % BLOCK)) % BLOCK;
  return [header(place, type, content.length), content, Buffer.alloc(padding)];
}

function header({ name, prefix }: Place, type: EntryType, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${octal(size, 11)}\0`, 124);
  block.write(`${octal(0, 11)}\0`, 136);
  // The checksum is that of the block with spaces in its place.
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257);
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}

function octal(number: number, digits: number): string {
  return number.toString(8).padStart(digits, '0');
}
