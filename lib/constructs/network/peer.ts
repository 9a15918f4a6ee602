import { Chart as Cdk8sChart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Pods that connections lead to or come from: a workload of ours or of cdk8s-plus, anything with these labels. */
export interface Peer extends IConstruct {
  /** Labels that select the pods. */
  readonly matchLabels: Readonly<Record<string, string>>;
}

/** The namespace of the pods; `undefined` where whoever applies them decides. */
export function namespaceOf(peer: Peer): string | undefined {
  const { namespace } = peer as { readonly namespace?: string };
  return namespace ?? Cdk8sChart.of(peer).namespace;
}
