import { fault, LineCursor, type Chunk } from './chunk';
import { GO_SPACE } from './json-start';

const SEPARATOR = '---';
const BYTE_ORDER_MARK = '\ufeff';

/** A line that may begin with a separator and holds nothing else, to Go's `TrimSpace`. */
const NOTHING_BEHIND = new RegExp(`^${GO_SPACE.source}*(?:#|$)`);

/** A part of a stream. */
interface Part {
  readonly text: string;
  readonly line: number;
  readonly read: () => Chunk;
}

/**
 * The parts of a YAML stream between lines that begin with `---`, as kubectl cuts it before it parses anything
 * (`YAMLReader` in k8s.io/apimachinery): also in quoted text, and only where nothing but a comment follows. A first such
 * line belongs to its part. `read` throws SeaworthyError INVALID_YAML where the stream is cut wrongly.
 */
export function* chunksOf(stream: Chunk): Generator<Part> {
  const { text } = stream;
  const lines = new LineCursor(stream);
  let start = 0;
  const part = (end?: number): Part => {
    const from = text.startsWith(BYTE_ORDER_MARK, start) ? start + 1 : start;
    const chunk = { ...stream, text: text.slice(from, end), line: lines.at(start) };
    return { text: chunk.text, line: chunk.line, read: () => chunk };
  };
  for (let at = separatorFrom(text, 0); at >= 0; at = separatorFrom(text, at + SEPARATOR.length)) {
    const end = text.indexOf('\n', at);
    const isClean = NOTHING_BEHIND.test(text.slice(at + SEPARATOR.length, end));
    // kubectl never reads the part before a wrong separator.
    if (!isClean)
      yield {
        text: text.slice(start, end),
        line: lines.at(start),
        read: () => wrongSeparator(stream, at),
      };
    else if (at > start) yield part(at);
    if (!isClean || at > start) start = end + 1;
  }
  if (start < text.length) yield part();
}

/** The first separator at or behind `from`; -1 if there is none. */
function separatorFrom(text: string, from: number): number {
  if (from === 0 && text.startsWith(SEPARATOR)) return 0;
  const found = text.indexOf(`\n${SEPARATOR}`, Math.max(0, from - 1));
  return found < 0 ? -1 : found + 1;
}

function wrongSeparator(stream: Chunk, at: number): never {
  throw fault(
    stream,
    at,
    'invalid Yaml document separator',
    'Begin the document on the line after ---; indent text that starts with ---.',
  );
}
