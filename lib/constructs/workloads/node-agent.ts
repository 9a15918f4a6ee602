import type { Construct } from 'constructs';
import type { Storage } from './container/storage';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import type { Keys } from '../core/props';
import type { RevisionProps } from '../rollout/revisions';
import type { RollingUpdate } from '../rollout/rolling-update';
import { renderNodeUpdate } from '../rollout/rolling-update';
import { COMMON_TRAITS, NODE_AGENT_TRAITS } from './trait-lists';
import type { WorkloadKind, WorkloadProps } from './workload';
import { Workload, WORKLOAD_KEYS } from './workload';

/** Props of a NodeAgent. */
export interface NodeAgentProps extends WorkloadProps, RevisionProps {
  /**
   * How pods are replaced: the old one stops first (`maxUnavailable`), the new one starts first (`maxSurge`), or only when
   * they are deleted. @default one node at a time, the old one first
   */
  readonly rollout?: RollingUpdate | 'on-delete';
}

const KEYS: Keys<NodeAgentProps> = { ...WORKLOAD_KEYS, ...NODE_AGENT_TRAITS.keys, rollout: true };

const NODE_AGENT: WorkloadKind<NodeAgentProps> = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  keys: KEYS,
  traits: [...COMMON_TRAITS.list, ...NODE_AGENT_TRAITS.list],
};

/**
 * One pod on every node that it may run on.
 *
 * | object | when | why |
 * |---|---|---|
 * | DaemonSet | always | runs a pod on each node |
 */
export class NodeAgent extends Workload<Storage, NodeAgentProps> {
  constructor(scope: Construct, id: string, props: NodeAgentProps) {
    super(scope, id, props, NODE_AGENT);
  }

  /** @internal */
  protected override renderSpec(report: Reporter): Readonly<Record<string, unknown>> {
    const { rollout } = this.props;
    return {
      selector: { matchLabels: this.matchLabels },
      template: this.renderTemplate(report),
      ...(rollout === undefined ? {} : { updateStrategy: renderRollout(rollout, below('rollout', report)) }),
    };
  }
}

function renderRollout(rollout: RollingUpdate | 'on-delete', report: Reporter): object {
  if (rollout === 'on-delete') return { type: 'OnDelete' };
  return { type: 'RollingUpdate', rollingUpdate: renderNodeUpdate(rollout, report) };
}
