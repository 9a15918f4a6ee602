import type { Alias, Node } from 'yaml';
import type { SeaworthyError } from '../../errors';

/** The error at `node`. */
export type Blame = (node: Node | null, message: string, hint?: string) => SeaworthyError;

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

/** The anchors of one document, and how much its aliases repeat. */
export class Aliases {
  private readonly blame: Blame;
  /** The node that each anchor names so far, and the target of each alias at its first use. */
  private readonly anchors = new Map<string, Node>();
  private readonly targets = new Map<Alias, Node>();
  /** The aliases that are being followed, the outermost first. */
  private readonly open = new Set<Alias>();
  private nodes = 0;
  private aliasedNodes = 0;
  private aliasedText = 0;

  constructor(blame: Blame) {
    this.blame = blame;
  }

  /** Records a node and its anchor. Nodes that an alias repeats are recorded already. */
  enter(node: Node | null): void {
    this.nodes++;
    if (this.open.size === 0) {
      if (node !== null && 'anchor' in node && node.anchor !== undefined) this.anchors.set(node.anchor, node);
      return;
    }
    this.aliasedNodes++;
    if (this.aliasedNodes <= ALIASES_UNSUSPECTED || this.nodes <= NODES_UNSUSPECTED) return;
    if (this.aliasedNodes / this.nodes > allowedShare(this.nodes)) throw this.excess();
  }

  /** Records the text of a scalar. */
  enterText(text: string): void {
    if (this.open.size > 0) this.aliasedText += text.length;
    if (this.aliasedText > LONGEST_ALIASED_TEXT) throw this.excess();
  }

  /** The result of `read` for the node that `alias` refers to. */
  follow<T>(alias: Alias, read: (target: Node) => T): T {
    const target = this.targets.get(alias) ?? this.anchors.get(alias.source);
    if (target === undefined) throw this.blame(alias, `no anchor '${alias.source}' stands before this alias`);
    if (this.open.has(alias)) throw this.blame(alias, `the anchor '${alias.source}' contains itself`);
    this.targets.set(alias, target);
    this.open.add(alias);
    const value = read(target);
    this.open.delete(alias);
    return value;
  }

  private excess(): SeaworthyError {
    const [outermost = null] = this.open;
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
