import { Cursor, isBlankOrEnd, isBreak, SPACE, TAB, type Mark } from './cursor';
import { scanBlockScalar } from './scan-block';
import { scanPlain, scanQuoted } from './scan-flow';
import { scanAnchor, scanDirective, scanTag } from './scan-property';
import { SimpleKeys } from './simple-keys';
import type { Fail, Token, TokenType } from './token';

/**
 * Turns a text into the tokens of YAML 1.1, as libyaml does in Go (scannerc.go of go.yaml.in/yaml/v2), which kubectl
 * reads with. It looks ahead exactly as far: what it never looks at is never wrong.
 */
export class Scanner {
  private readonly cursor: Cursor;
  private readonly fail: Fail;
  private readonly simpleKeys: SimpleKeys;
  private tokens: Token[] = [];
  /** How many tokens were given out. */
  private given = 0;
  /** The column of the block collection here; -1 for none. */
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private simpleKeyAllowed = true;
  /** Whether the first token can be given out. */
  private ready = false;

  constructor(text: string, fail: Fail) {
    this.cursor = new Cursor(text);
    this.fail = fail;
    this.simpleKeys = new SimpleKeys(this.cursor, fail);
  }

  /** Where the scan has got to. */
  get offset(): number {
    return this.cursor.offset;
  }

  /** The next token, which stays. */
  peek(): Token {
    for (;;) {
      const [token] = this.tokens;
      if (token !== undefined && (this.ready || !this.simpleKeys.isPending(this.given))) {
        this.ready = true;
        return token;
      }
      this.fetch();
    }
  }

  /** The next token is passed. */
  skip(): void {
    this.peek();
    this.tokens.shift();
    this.given++;
    this.ready = false;
  }

  private fetch(): void {
    const { cursor } = this;
    this.passSpace();
    this.unrollIndent(cursor.column);
    if (cursor.isAtEnd) return this.fetchEnd();
    if (cursor.column === 0 && cursor.text[cursor.offset] === '%') return this.fetchDirective();
    if (cursor.isAtDocumentMarker('---')) return this.fetchDocumentMarker('document-start');
    if (cursor.isAtDocumentMarker('...')) return this.fetchDocumentMarker('document-end');
    this.fetchContent(cursor.text.charAt(cursor.offset));
  }

  private fetchContent(character: string): void {
    const { cursor } = this;
    const inFlow = this.flowLevel > 0;
    const beforeBlank = isBlankOrEnd(cursor.peek(1));
    switch (character) {
      case '[':
        return this.fetchFlowStart('flow-sequence-start');
      case '{':
        return this.fetchFlowStart('flow-mapping-start');
      case ']':
        return this.fetchFlowEnd('flow-sequence-end');
      case '}':
        return this.fetchFlowEnd('flow-mapping-end');
      case ',':
        return this.fetchFlowEntry();
      case '*':
      case '&':
        return this.fetchSimple(() => scanAnchor(cursor, character === '*' ? 'alias' : 'anchor', this.fail));
      case '!':
        return this.fetchSimple(() => scanTag(cursor, this.fail));
      case "'":
      case '"':
        return this.fetchSimple(() => scanQuoted(cursor, this.fail));
      case '|':
      case '>':
        if (!inFlow) return this.fetchBlockScalar();
        break;
      case '-':
        return beforeBlank ? this.fetchBlockEntry() : this.fetchPlain();
      case '?':
        return inFlow || beforeBlank ? this.fetchKey() : this.fetchPlain();
      case ':':
        return inFlow || beforeBlank ? this.fetchValue() : this.fetchPlain();
    }
    if ('#|>%@`\t'.includes(character)) this.failAtStart(character);
    this.fetchPlain();
  }

  private failAtStart(character: string): never {
    const hint = character === '\t' ? 'Indent with spaces.' : `Quote text that starts with ${character}.`;
    return this.fail('found character that cannot start any token', this.cursor.mark, hint);
  }

  /** Passes blanks, line breaks and comments. A tab is no indentation, so none may stand where a key may begin. */
  private passSpace(): void {
    const { cursor } = this;
    for (;;) {
      for (
        let code = cursor.peek();
        code === SPACE || (code === TAB && this.tabIsSpace);
        code = cursor.peek()
      )
        cursor.skip();
      cursor.skipComment();
      if (!isBreak(cursor.peek())) return;
      cursor.takeBreak();
      if (this.flowLevel === 0) this.simpleKeyAllowed = true;
    }
  }

  private get tabIsSpace(): boolean {
    return this.flowLevel > 0 || !this.simpleKeyAllowed;
  }

  private fetchEnd(): void {
    this.endLine();
    this.add('stream-end', this.cursor.mark);
  }

  private fetchDirective(): void {
    this.endLine();
    this.tokens.push(scanDirective(this.cursor, this.fail));
  }

  private fetchDocumentMarker(type: 'document-start' | 'document-end'): void {
    this.endLine();
    this.addMarker(type, 3);
  }

  /** What all that stands outside of documents has in common. */
  private endLine(): void {
    this.unrollIndent(-1);
    this.simpleKeys.remove();
    this.simpleKeyAllowed = false;
  }

  private fetchFlowStart(type: 'flow-sequence-start' | 'flow-mapping-start'): void {
    this.saveSimpleKey();
    this.simpleKeys.enterFlow(this.given + this.tokens.length);
    this.flowLevel++;
    this.simpleKeyAllowed = true;
    this.addMarker(type);
  }

  private fetchFlowEnd(type: 'flow-sequence-end' | 'flow-mapping-end'): void {
    this.simpleKeys.remove();
    this.simpleKeys.leaveFlow();
    this.flowLevel = Math.max(0, this.flowLevel - 1);
    this.simpleKeyAllowed = false;
    this.addMarker(type);
  }

  private fetchFlowEntry(): void {
    this.simpleKeys.remove();
    this.simpleKeyAllowed = true;
    this.addMarker('flow-entry');
  }

  private fetchBlockEntry(): void {
    this.startBlock('block-sequence-start', 'block sequence entries are not allowed in this context');
    this.simpleKeys.remove();
    this.simpleKeyAllowed = true;
    this.addMarker('block-entry');
  }

  private fetchKey(): void {
    this.startBlock('block-mapping-start', 'mapping keys are not allowed in this context');
    this.simpleKeys.remove();
    this.simpleKeyAllowed = this.flowLevel === 0;
    this.addMarker('key');
  }

  private fetchValue(): void {
    const key = this.simpleKeys.takeAtColon();
    if (key === undefined) {
      this.startBlock('block-mapping-start', 'mapping values are not allowed in this context');
      this.simpleKeyAllowed = this.flowLevel === 0;
    } else {
      // The token may have been given out already, and then libyaml adds behind the others.
      const position = key.token < this.given ? undefined : key.token - this.given;
      this.tokens.splice(position ?? this.tokens.length, 0, { type: 'key', start: key.mark });
      this.rollIndent('block-mapping-start', key.mark, position);
      this.simpleKeyAllowed = false;
    }
    this.addMarker('value');
  }

  private startBlock(type: 'block-sequence-start' | 'block-mapping-start', refusal: string): void {
    const { mark } = this.cursor;
    if (this.flowLevel > 0) return;
    if (!this.simpleKeyAllowed)
      this.fail(refusal, mark, 'Check the indentation, and quote text that contains ": ".');
    this.rollIndent(type, mark);
  }

  private fetchBlockScalar(): void {
    this.simpleKeys.remove();
    this.simpleKeyAllowed = true;
    this.tokens.push(scanBlockScalar(this.cursor, this.indent, this.fail));
  }

  private fetchPlain(): void {
    this.fetchSimple(() => {
      const { token, endsLine } = scanPlain(this.cursor, this.indent + 1, this.flowLevel > 0, this.fail);
      if (endsLine) this.simpleKeyAllowed = true;
      return token;
    });
  }

  /** A token that may be a key, or the beginning of one. */
  private fetchSimple(scan: () => Token): void {
    this.saveSimpleKey();
    this.simpleKeyAllowed = false;
    this.tokens.push(scan());
  }

  private saveSimpleKey(): void {
    if (!this.simpleKeyAllowed) return;
    const required = this.flowLevel === 0 && this.indent === this.cursor.column;
    this.simpleKeys.save(this.given + this.tokens.length, required);
  }

  /** Opens a block collection at `mark`, if it is deeper than the one here. */
  private rollIndent(
    type: 'block-sequence-start' | 'block-mapping-start',
    mark: Mark,
    position = this.tokens.length,
  ): void {
    if (this.flowLevel > 0 || this.indent >= mark.column) return;
    this.indents.push(this.indent);
    this.indent = mark.column;
    this.tokens.splice(position, 0, { type, start: mark });
  }

  /** Closes the block collections that are deeper than `column`. */
  private unrollIndent(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.add('block-end', this.cursor.mark);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private addMarker(type: MarkerType, width = 1): void {
    const { mark } = this.cursor;
    this.cursor.skip(width);
    this.add(type, mark);
  }

  private add(type: MarkerType, start: Mark): void {
    this.tokens.push({ type, start });
  }
}

type MarkerType = Exclude<
  TokenType,
  'scalar' | 'anchor' | 'alias' | 'tag' | 'version-directive' | 'tag-directive'
>;
