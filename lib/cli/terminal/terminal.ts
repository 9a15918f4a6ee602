import type { Readable, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { createColors } from 'picocolors';
import { SeaworthyError } from '../../errors';
import { columnsOf } from '../../report/columns';
import { inert, visible } from '../../text';

/** A stream that may be a terminal. */
export type Output = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** What the command line reads and writes; nothing else of the process reaches it. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** @default nothing to read */
  readonly stdin?: Readable;
  readonly env: NodeJS.ProcessEnv;
  /** Working directory, absolute. */
  readonly cwd: string;
  /** Aborted when the user interrupts while signals are held; the reason is the name of the signal. */
  readonly signal?: AbortSignal;
  /** Holds signals, which otherwise end the process at once. @returns releases them */
  readonly holdSignals?: () => () => void;
}

/** Columns of a terminal; undefined where that does not say, as one of `script` with 0. */
export function widthOf({ columns = 0 }: Output): number | undefined {
  return columns > 0 ? columns : undefined;
}

/** Characters gathered before a write. */
const BATCH = 1 << 16;

/** Data goes to stdout, progress and errors go to stderr. */
export class Terminal {
  readonly out: Paint;
  readonly err: Paint;
  /** Whether stderr is a terminal, where a line can be shown for a while. */
  readonly live: boolean;
  private readonly io: Io;
  /** The lines of `show` or `draw` that are on the screen. */
  private shown: readonly string[] = [];
  /** The app may have left its last line open. */
  private lineOpen = false;
  /** Whether the reader of stdout is gone (`| head`): what is left to print is dropped, and the command goes on. */
  private unread = false;

  constructor(io: Io) {
    this.io = io;
    this.out = createColors(hasColors(io.stdout, io.env));
    this.err = createColors(hasColors(io.stderr, io.env));
    this.live = io.stderr.isTTY === true && io.env['TERM'] !== 'dumb';
    // A write reports its own error; an error event without a listener would end the process.
    for (const stream of [io.stdout, io.stderr]) stream.on('error', () => undefined);
  }

  /**
   * Writes data to stdout, waiting for a slow reader. A reader that is gone is no error: the exit code is that of the
   * command, not of the pipe.
   *
   * @throws SeaworthyError OUTPUT_UNWRITABLE
   */
  async print(...chunks: readonly string[]): Promise<void> {
    await this.printAll(chunks);
  }

  /** As `print`, for more than one string can hold. */
  async printAll(chunks: Iterable<string>): Promise<void> {
    this.clear();
    let batch = '';
    for (const chunk of chunks) {
      if (this.unread) return;
      batch += chunk;
      if (batch.length < BATCH) continue;
      await this.write(batch);
      batch = '';
    }
    if (batch !== '') await this.write(batch);
  }

  private async write(text: string): Promise<void> {
    if (this.unread) return;
    const error = await write(this.io.stdout, text);
    if (error === undefined) return;
    if (!isGone(error, this.io.stdout)) throw unwritable(error);
    this.unread = true;
  }

  /** Writes a line to stderr: one line, whatever a name in it holds. */
  say(line: string, paint = same): void {
    this.report(paint(visible(line)));
  }

  /** Writes lines to stderr in which nothing is left to escape: their breaks and colours are ours. */
  report(lines: string): void {
    this.clear();
    if (this.lineOpen) this.io.stderr.write('\n');
    this.lineOpen = false;
    this.io.stderr.write(`${inert(lines)}\n`);
  }

  /** Passes on what the app prints, as it comes. */
  forward(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.clear();
    this.lineOpen = bytes[bytes.length - 1] !== 0x0a;
    this.io.stderr.write(bytes);
  }

  /** The size of the terminal that stderr is. */
  get screen(): { readonly columns: number; readonly rows: number } {
    const { rows = 0 } = this.io.stderr;
    return { columns: widthOf(this.io.stderr) ?? 80, rows: rows > 0 ? rows : 24 };
  }

  /** Shows a line on a terminal until something else is written. */
  show(line: string): void {
    this.draw([this.err.dim(visible(line))]);
  }

  /**
   * Shows lines in place of those before them, until something else is written: in one step, so that nothing flickers.
   *
   * @param lines with nothing left to escape, each no wider than the screen
   */
  draw(lines: readonly string[]): void {
    if (!this.live || this.lineOpen) return;
    const drawn = lines.map((line) => `${inert(line)}\u001b[K`).join('\n');
    this.io.stderr.write(`${this.home()}${drawn}\u001b[J`);
    this.shown = lines;
  }

  /** Removes what `show` or `draw` wrote. */
  clear(): void {
    if (this.shown.length > 0) this.io.stderr.write(`${this.home()}\u001b[J`);
    this.shown = [];
  }

  /** Moves to the beginning of what is shown: a terminal that became narrower shows a line in several rows. */
  private home(): string {
    if (this.shown.length === 0) return '';
    const { columns } = this.screen;
    const rows = this.shown.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(columnsOf(stripVTControlCharacters(line)) / columns)),
      0,
    );
    return rows > 1 ? `\r\u001b[${rows - 1}A` : '\r';
  }
}

function same(text: string): string {
  return text;
}

/** Colours that are no-ops where the stream shows none. */
export type Paint = ReturnType<typeof createColors>;

/** https://no-color.org and its counterpart: any value that is not empty counts, and NO_COLOR wins. */
function hasColors(stream: Output, env: NodeJS.ProcessEnv): boolean {
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** Resolves to the error if there was one. */
function write(stream: Output, text: string): Promise<Error | undefined> {
  return new Promise((resolve) => stream.write(text, (error) => resolve(error ?? undefined)));
}

function unwritable({ message }: Error): SeaworthyError {
  return new SeaworthyError({
    code: 'OUTPUT_UNWRITABLE',
    place: 'stdout',
    message,
    hint: 'Free some space, or send the output elsewhere.',
  });
}

/** Whether nobody reads `stream` any more: a pipe or socket without its other end, a terminal that was closed. */
function isGone({ code }: NodeJS.ErrnoException, { isTTY }: Output): boolean {
  return (
    code === 'EPIPE' ||
    code === 'ECONNRESET' ||
    code === 'ERR_STREAM_DESTROYED' ||
    (code === 'EIO' && isTTY === true)
  );
}
