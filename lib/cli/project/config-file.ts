import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, type Document, type YAMLParseError } from 'yaml';
import { SeaworthyError, type ErrorCode } from '../../errors';
import { reasonOf } from '../../output/failure';

/** A YAML mapping from a file, and the lines of its keys. */
export interface ConfigFile {
  readonly values: Readonly<Record<string, unknown>>;
  /** `cdk8s.yaml:3`, the line of the key that `path` leads to. */
  source(path: readonly string[]): string;
}

/** Bytes. A thousand lines are 50 kB. */
const MAX_SIZE = 1 << 20;

/** How often an anchor may be used; a file with more is made to fill the memory. */
const MAX_ALIASES = 100;

/**
 * Reads a configuration file: one YAML document, a mapping with keys that are strings.
 *
 * @throws SeaworthyError CONFIG_TOO_LARGE, before anything large is read or built; CONFIG_INVALID
 */
export function readConfigFile(file: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? 1;
    throw failure(
      'CONFIG_INVALID',
      file,
      error.code === 'MULTIPLE_DOCS' ? 'expected one YAML document' : `invalid YAML: ${messageOf(error)}`,
      `${basename(file)}:${line}`,
    );
  }
  return {
    values: toRecord(document, file),
    source: (path) => {
      const line = lineOf(document, path, lines);
      return line === undefined ? basename(file) : `${basename(file)}:${line}`;
    },
  };
}

function readText(file: string): string {
  try {
    const stats = statSync(file);
    if (!stats.isFile())
      throw failure('CONFIG_INVALID', file, stats.isDirectory() ? 'this is a folder' : 'this is not a file');
    if (stats.size > MAX_SIZE) {
      throw failure('CONFIG_TOO_LARGE', file, `too large: ${stats.size} bytes; the limit is ${MAX_SIZE}`);
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof SeaworthyError) throw error;
    throw failure('CONFIG_INVALID', file, `cannot be read: ${reasonOf(error)}`);
  }
}

function toRecord(document: Document, file: string): Readonly<Record<string, unknown>> {
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return {};
  if (!isMap(contents)) throw failure('CONFIG_INVALID', file, 'expected a mapping of keys to values');
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as Record<string, unknown>;
  } catch (error) {
    // What the parser throws for an alias without an anchor, which it names, and for those that expand too far.
    if (error instanceof ReferenceError && error.message.startsWith('Unresolved alias'))
      throw failure('CONFIG_INVALID', file, 'invalid YAML: an alias that no anchor stands before');
    if (error instanceof ReferenceError)
      throw failure('CONFIG_TOO_LARGE', file, 'too large: its aliases expand too far');
    throw error;
  }
}

/** Line of the key at the end of `path`, or of the nearest key above it. */
function lineOf(document: Document, path: readonly string[], lines: LineCounter): number | undefined {
  let node: unknown = document.contents;
  let line: number | undefined;
  for (const name of path) {
    if (!isMap(node)) break;
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === name);
    if (pair === undefined || !isScalar(pair.key)) break;
    line = lines.linePos(pair.key.range?.[0] ?? 0).line;
    node = pair.value;
  }
  return line;
}

function failure(code: ErrorCode, file: string, message: string, source?: string): SeaworthyError {
  return new SeaworthyError({ code, place: file, message, ...(source !== undefined && { source }) });
}

/** What the parser says where its own message would quote the file, in which a plugin may keep a password. */
const MESSAGES: Partial<Record<YAMLParseError['code'], string>> = {
  BAD_COLLECTION_TYPE: 'a tag that does not fit its value',
  BAD_DIRECTIVE: 'invalid directive',
  BAD_DQ_ESCAPE: 'invalid escape sequence in double quotes',
  BAD_SCALAR_START: 'text without quotes cannot start with this character',
  TAG_RESOLVE_FAILED: 'unknown tag, or a value that does not fit it',
  UNEXPECTED_TOKEN: 'unexpected text',
};

/** The first line of the parser's message, without the position, which is reported separately. */
function messageOf({ code, message }: YAMLParseError): string {
  return MESSAGES[code] ?? message.split('\n', 1)[0]?.replace(/( at line \d+, column \d+)?:?$/, '') ?? '';
}
