/** The nodes of one document. Tags of collections mean nothing to kubectl and are left out. */
export type Node = ScalarNode | SequenceNode | MappingNode | AliasNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly offset: number;
  readonly text: string;
  /** Its tag in full; '' for none. */
  readonly tag: string;
  /** Whether its text decides its type: it is plain, or tagged `!`. */
  readonly isPlain: boolean;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly offset: number;
  readonly items: Node[];
}

export interface MappingNode {
  readonly kind: 'mapping';
  readonly offset: number;
  readonly entries: Entry[];
}

export interface Entry {
  readonly key: Node;
  readonly value: Node;
}

export interface AliasNode {
  readonly kind: 'alias';
  readonly offset: number;
  /** The last node before it with that anchor. */
  readonly target: Node;
}

/** The node of a place where nothing stands: null. */
export function nothingAt(offset: number): ScalarNode {
  return { kind: 'scalar', offset, text: '', tag: '', isPlain: true };
}
