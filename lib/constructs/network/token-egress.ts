import type { IConstruct } from 'constructs';
import type { ConnectionRule } from './referenced';

/** Where nodes hand out the tokens of a cloud to their pods. */
export interface TokenSource {
  readonly cidr: string;
  readonly ports: readonly number[];
}

const sources = new WeakMap<IConstruct, readonly TokenSource[]>();

/** Says where the pods of a workload get the tokens of their cloud identity. */
export function getTokensFrom(workload: IConstruct, from: readonly TokenSource[]): void {
  sources.set(workload, from);
}

/** The egress rules for those places, which are on the node and so no addresses of the internet. */
export function tokenRules(workload: IConstruct): readonly ConnectionRule[] {
  return (sources.get(workload) ?? []).map(({ cidr, ports }) => ({
    to: [{ ipBlock: { cidr } }],
    ports: ports.map((port) => ({ protocol: 'TCP', port })),
  }));
}
