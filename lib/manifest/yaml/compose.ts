import type * as Yaml from 'yaml';
import { DEEPEST, fault, LineCursor, type Chunk, type ParsedDocument, type Recorder } from './chunk';
import { Reading } from './reading';
import { reindentQuoted } from './reindent';

/**
 * The documents of `chunk`, parsed by the `yaml` package and interpreted as kubectl does.
 *
 * @param record takes the offsets of keys and items. @default they are not kept
 * @throws SeaworthyError INVALID_YAML with the first fault of the chunk.
 */
export function composeDocuments(chunk: Chunk, record?: Recorder): ParsedDocument[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- on first use: programs that only write never load it
  const yaml = require('yaml') as typeof Yaml;
  const documents: ParsedDocument[] = [];
  const lines = new LineCursor(chunk);
  for (const document of compose(yaml, chunk)) {
    const [error] = document.errors;
    if (error !== undefined) {
      const text = UNCLOSED_QUOTE.test(error.message) ? reindentQuoted(chunk.text) : chunk.text;
      if (text !== chunk.text) return composeDocuments({ ...chunk, text }, record);
      throw fault(
        chunk,
        error.pos[0],
        error.message.replace(/^./, (first) => first.toLowerCase()),
      );
    }
    if (document.contents === null) continue;
    const value = new Reading(yaml, chunk, record).value(document.contents);
    if (value === null) continue;
    const [start, , end] = document.contents.range;
    documents.push({ value, line: lines.at(start), text: { text: chunk.text, start, end } });
  }
  return documents;
}

const UNCLOSED_QUOTE = /^Missing closing .quote/;

/** Scalars stay text here: the `Reading` says what they mean, and looks for keys that stand twice in linear time. */
function compose(yaml: typeof Yaml, chunk: Chunk): Iterable<Yaml.Document.Parsed> {
  const options = {
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: false,
  } as const;
  return new yaml.Composer(options).compose(tokens(yaml, chunk));
}

function* tokens(yaml: typeof Yaml, chunk: Chunk): Generator<Yaml.CST.Token> {
  const parser = new yaml.Parser();
  for (const lexeme of new yaml.Lexer().lex(chunk.text)) {
    if (parser.stack.length > DEEPEST) throw fault(chunk, parser.offset, `nested more than ${DEEPEST} deep`);
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}
