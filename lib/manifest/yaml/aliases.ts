import type { SeaworthyError } from '../../errors';
import type { AliasNode, Node } from './nodes';

/** The error at `node`. */
export type Blame = (node: Node, message: string, hint?: string) => SeaworthyError;

/**
 * From how many nodes on, and up to which share, nodes may come from aliases: kubectl's own bounds
 * (`allowedAliasRatio` in decode.go of go-yaml v2). They hold a bomb of aliases below 400,000 nodes.
 */
const ALIASES_UNSUSPECTED = 100;
const NODES_UNSUSPECTED = 1000;
const SMALL_DOCUMENT = 400_000;
const LARGE_DOCUMENT = 4_000_000;

/** Characters that aliases may repeat; the count of nodes says nothing about a long text that is repeated. */
const LONGEST_ALIASED_TEXT = 10_000_000;

/** The aliases of one document, and how much they repeat. */
export class Aliases {
  private readonly blame: Blame;
  /** The aliases that are being followed, the outermost first. */
  private readonly open = new Set<AliasNode>();
  private nodes = 0;
  private aliasedNodes = 0;
  private aliasedText = 0;

  constructor(blame: Blame) {
    this.blame = blame;
  }

  /** Counts a node that is read. */
  enter(): void {
    this.nodes++;
    if (this.open.size === 0) return;
    this.aliasedNodes++;
    if (this.aliasedNodes <= ALIASES_UNSUSPECTED || this.nodes <= NODES_UNSUSPECTED) return;
    if (this.aliasedNodes / this.nodes > allowedShare(this.nodes)) throw this.excess();
  }

  /** Counts the text of a scalar. */
  enterText(text: string): void {
    if (this.open.size > 0) this.aliasedText += text.length;
    if (this.aliasedText > LONGEST_ALIASED_TEXT) throw this.excess();
  }

  /** Whether the nodes that are read now are repeated by an alias. */
  get areFollowed(): boolean {
    return this.open.size > 0;
  }

  /** The result of `read` for the node that `alias` refers to. */
  follow<T>(alias: AliasNode, read: (target: Node) => T): T {
    if (this.open.has(alias)) throw this.blame(alias, 'an anchor contains itself', 'Write the value out.');
    this.open.add(alias);
    const value = read(alias.target);
    this.open.delete(alias);
    return value;
  }

  private excess(): SeaworthyError {
    const [outermost] = this.open;
    if (outermost === undefined) throw new Error('text is counted while an alias is followed');
    return this.blame(
      outermost,
      'aliases repeat too much of the document',
      'Write it out, or split the document.',
    );
  }
}

/** 99% in small documents, falling to 10% in large ones. */
function allowedShare(nodes: number): number {
  const progress = (nodes - SMALL_DOCUMENT) / (LARGE_DOCUMENT - SMALL_DOCUMENT);
  return 0.99 - 0.89 * Math.min(1, Math.max(0, progress));
}
