import type { FitNode } from './node';

/** The nodes by the value of one label. */
export class Topology {
  /** By node, the number of its domain; -1 for a node without the label. */
  readonly domainOf: Int32Array;
  readonly values: readonly string[];
  /** Whether some node has no such label. */
  readonly isPartial: boolean;

  constructor(nodes: readonly FitNode[], key: string) {
    const numbers = new Map<string, number>();
    this.domainOf = new Int32Array(nodes.length).fill(-1);
    for (const node of nodes) {
      const value = node.label(key);
      if (value === undefined) continue;
      const number = numbers.get(value) ?? numbers.size;
      numbers.set(value, number);
      this.domainOf[node.index] = number;
    }
    this.values = [...numbers.keys()];
    this.isPartial = this.domainOf.includes(-1);
  }

  /** The number of the domain of a node; -1 for one without the label. */
  domain(node: FitNode): number {
    return this.domainOf[node.index] ?? -1;
  }
}
