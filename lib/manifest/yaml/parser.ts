import { DEEPEST } from './chunk';
import type { Mark } from './cursor';
import { passDirectives, type TagHandles } from './directives';
import {
  nothingAt,
  type Entry,
  type MappingNode,
  type Node,
  type ScalarNode,
  type SequenceNode,
} from './nodes';
import { Scanner } from './scanner';
import type { Fail, Token, TokenType } from './token';

/** The first document of a text, and where it ends: kubectl looks at nothing behind it. */
export interface FirstDocument {
  /** `undefined` for a text without a document. */
  readonly root: Node | undefined;
  readonly end: number;
}

const OUTSIDE: readonly TokenType[] = [
  'version-directive',
  'tag-directive',
  'document-start',
  'document-end',
  'stream-end',
];

/**
 * Parses the first document of a text by the grammar of libyaml (parserc.go of go.yaml.in/yaml/v2). Each step peeks at
 * tokens just where libyaml does, since an error is one only if a token is looked at.
 */
export class Parser {
  private readonly scanner: Scanner;
  private readonly fail: Fail;
  private tagHandles: TagHandles = new Map();
  private readonly anchors = new Map<string, Node>();
  private depth = 0;

  constructor(text: string, fail: Fail) {
    this.scanner = new Scanner(text, fail);
    this.fail = fail;
  }

  document(): FirstDocument {
    if (this.type === 'stream-end') return { root: undefined, end: this.scanner.offset };
    const isExplicit = ['version-directive', 'tag-directive', 'document-start'].includes(this.type);
    this.tagHandles = passDirectives(this.scanner, this.fail);
    const root = isExplicit && this.isAt(...OUTSIDE) ? this.nothing() : this.node(true, false);
    const { type, start } = this.token;
    if (type === 'document-end') this.scanner.skip();
    return { root, end: type === 'document-end' ? start.offset + 3 : start.offset };
  }

  private get token(): Token {
    return this.scanner.peek();
  }

  private get type(): TokenType {
    return this.scanner.peek().type;
  }

  private isAt(...types: readonly TokenType[]): boolean {
    return types.includes(this.type);
  }

  /**
   * A node with its anchor and tag.
   *
   * @param isBlock whether a block collection may stand here
   * @param indentless whether a list may be as deep as its key
   */
  private node(isBlock: boolean, indentless: boolean): Node {
    const first = this.token;
    if (first.type === 'alias') {
      const target = this.anchors.get(first.name);
      // Its name may be a password that starts with `*` and was not quoted.
      if (target === undefined)
        this.fail('unknown anchor referenced', first.start, 'Quote text that starts with *.');
      this.scanner.skip();
      return { kind: 'alias', offset: first.start.offset, target };
    }
    let anchor: string | undefined;
    let tag: string | undefined;
    for (let { token } = this; ; { token } = this) {
      if (token.type === 'anchor' && anchor === undefined) anchor = token.name;
      else if (token.type === 'tag' && tag === undefined) tag = this.tagOf(token);
      else break;
      this.scanner.skip();
    }
    return this.content(first.start, { anchor, tag }, isBlock, indentless);
  }

  private tagOf(token: Token & { type: 'tag' }): string {
    const { handle, suffix, start } = token;
    if (handle === '') return suffix;
    const prefix = this.tagHandles.get(handle);
    if (prefix === undefined || prefix + suffix === '')
      this.fail('found undefined tag handle', start, 'Quote text that starts with !.');
    return prefix + suffix;
  }

  private content(start: Mark, properties: Properties, isBlock: boolean, indentless: boolean): Node {
    const { offset } = start;
    const { anchor } = properties;
    const { type } = this;
    if (type === 'flow-sequence-start')
      return this.flowSequence(this.open(anchor, { kind: 'sequence', offset, items: [] }));
    if (type === 'flow-mapping-start')
      return this.flowMapping(this.open(anchor, { kind: 'mapping', offset, entries: [] }));
    if (isBlock && type === 'block-sequence-start')
      return this.blockSequence(this.open(anchor, { kind: 'sequence', offset, items: [] }));
    if (isBlock && type === 'block-mapping-start')
      return this.blockMapping(this.open(anchor, { kind: 'mapping', offset, entries: [] }));
    if (indentless && type === 'block-entry')
      return this.indentlessSequence(this.open(anchor, { kind: 'sequence', offset, items: [] }));
    return this.anchored(anchor, this.scalar(offset, properties));
  }

  /** A scalar; nothing at all is one as well if an anchor or a tag says that there is a node. */
  private scalar(offset: number, { anchor, tag = '' }: Properties): ScalarNode {
    const { token } = this;
    if (token.type === 'scalar') {
      this.scanner.skip();
      const isPlain = tag === '' ? token.style === 'plain' : tag === '!';
      return { kind: 'scalar', offset, text: token.value, tag, isPlain };
    }
    if (anchor === undefined && tag === '')
      this.fail(
        'did not find expected node content',
        token.start,
        token.type === 'stream-end'
          ? 'Close the bracket that is open.'
          : 'Quote text that starts with punctuation.',
      );
    return { ...nothingAt(offset), tag, isPlain: tag === '' };
  }

  /** Enters a collection; `close` leaves it. */
  private open<T extends SequenceNode | MappingNode>(anchor: string | undefined, node: T): T {
    if (++this.depth > DEEPEST) this.fail(`nested more than ${DEEPEST} deep`, this.token.start);
    this.anchored(anchor, node);
    return node;
  }

  private close<T extends SequenceNode | MappingNode>(node: T): T {
    this.depth--;
    return node;
  }

  private anchored(anchor: string | undefined, node: Node): Node {
    if (anchor !== undefined) this.anchors.set(anchor, node);
    return node;
  }

  private nothing(): Node {
    return nothingAt(this.token.start.offset);
  }

  private blockSequence(node: SequenceNode): Node {
    this.scanner.skip();
    while (this.type === 'block-entry') {
      this.scanner.skip();
      node.items.push(this.isAt('block-entry', 'block-end') ? this.nothing() : this.node(true, false));
    }
    this.closeBlock("did not find expected '-' indicator");
    return this.close(node);
  }

  private indentlessSequence(node: SequenceNode): Node {
    while (this.type === 'block-entry') {
      this.scanner.skip();
      const isEmpty = this.isAt('block-entry', 'key', 'value', 'block-end');
      node.items.push(isEmpty ? this.nothing() : this.node(true, false));
    }
    return this.close(node);
  }

  private blockMapping(node: MappingNode): Node {
    this.scanner.skip();
    while (this.isAt('key')) {
      const key = this.blockPart();
      node.entries.push({ key, value: this.isAt('value') ? this.blockPart() : this.nothing() });
    }
    this.closeBlock('did not find expected key');
    return this.close(node);
  }

  /** What stands behind the token of a key or value. */
  private blockPart(): Node {
    this.scanner.skip();
    return this.isAt('key', 'value', 'block-end') ? this.nothing() : this.node(true, true);
  }

  private closeBlock(refusal: string): void {
    const { type, start } = this.token;
    if (type !== 'block-end') this.fail(refusal, start, 'Indent the line like its siblings above.');
    this.scanner.skip();
  }

  private flowSequence(node: SequenceNode): Node {
    const opening = this.token.start;
    while (
      this.nextInFlow(
        'flow-sequence-end',
        "did not find expected ',' or ']'",
        opening,
        node.items.length === 0,
      )
    )
      node.items.push(this.type === 'key' ? this.flowPair() : this.node(false, false));
    return this.close(node);
  }

  /** A map of one entry in a list: `[a: b]`. */
  private flowPair(): Node {
    const { offset } = this.token.start;
    this.scanner.skip();
    const key = this.isAt('value', 'flow-entry', 'flow-sequence-end')
      ? this.passed()
      : this.node(false, false);
    return { kind: 'mapping', offset, entries: [{ key, value: this.flowValue('flow-sequence-end') }] };
  }

  /** libyaml passes the token that says that the key is missing. */
  private passed(): Node {
    const nothing = this.nothing();
    this.scanner.skip();
    return nothing;
  }

  private flowMapping(node: MappingNode): Node {
    const opening = this.token.start;
    while (
      this.nextInFlow(
        'flow-mapping-end',
        "did not find expected ',' or '}'",
        opening,
        node.entries.length === 0,
      )
    )
      node.entries.push(this.flowEntry());
    return this.close(node);
  }

  private flowEntry(): Entry {
    if (this.type !== 'key') return { key: this.node(false, false), value: this.nothing() };
    this.scanner.skip();
    const hasKey = !this.isAt('value', 'flow-entry', 'flow-mapping-end');
    return {
      key: hasKey ? this.node(false, false) : this.nothing(),
      value: this.flowValue('flow-mapping-end'),
    };
  }

  private flowValue(end: TokenType): Node {
    if (this.type !== 'value') return this.nothing();
    this.scanner.skip();
    return this.isAt('flow-entry', end) ? this.nothing() : this.node(false, false);
  }

  /**
   * Goes to the next entry, behind the opening bracket or the comma after the one before. False behind the closing
   * bracket, which may follow a comma.
   */
  private nextInFlow(end: TokenType, refusal: string, opening: Mark, isFirst: boolean): boolean {
    if (isFirst || this.type === 'flow-entry') this.scanner.skip();
    else if (this.type !== end)
      this.fail(refusal, this.isAt('stream-end') ? opening : this.token.start, UNCLOSED);
    const isEnd = this.type === end;
    if (isEnd) this.scanner.skip();
    return !isEnd;
  }
}

interface Properties {
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
}

const UNCLOSED =
  'Write a comma between entries, close the bracket, and quote text that contains , ? [ ] { or }.';
