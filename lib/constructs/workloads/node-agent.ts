import type { Construct } from 'constructs';
import type { Storage } from './container/storage';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import type { Keys } from '../core/props';
import { optional, wholeNumber } from '../core/props';
import type { RollingUpdate } from '../rollout/rolling-update';
import { renderNodeUpdate } from '../rollout/rolling-update';
import type { WorkloadProps } from './workload';
import { Workload, WORKLOAD_KEYS } from './workload';

/** What a NodeAgent is made with. */
export interface NodeAgentProps extends WorkloadProps {
  /**
   * How pods are replaced: the old one goes first (`maxUnavailable`), the new one comes first (`maxSurge`), or only when
   * they are deleted. @default one node at a time, the old one first
   */
  readonly rollout?: RollingUpdate | 'on-delete';
  /** Seconds that a new pod must stay ready before it counts. @default 0, as the API server fills in */
  readonly minReady?: number;
  /** How many earlier revisions are kept. @default 10, as the API server fills in */
  readonly revisionHistory?: number;
}

const KEYS: Keys<NodeAgentProps> = { ...WORKLOAD_KEYS, rollout: true, minReady: true, revisionHistory: true };

/** One pod on every node that it may run on: a DaemonSet and its ServiceAccount. */
export class NodeAgent extends Workload<Storage, NodeAgentProps> {
  constructor(scope: Construct, id: string, props: NodeAgentProps) {
    super(scope, id, props, { apiVersion: 'apps/v1', kind: 'DaemonSet', keys: KEYS });
  }

  protected override renderSpec(report: Reporter): Readonly<Record<string, unknown>> {
    const { rollout, minReady, revisionHistory } = this.props;
    return {
      selector: { matchLabels: this.matchLabels },
      template: this.renderTemplate(report),
      ...(rollout === undefined ? {} : { updateStrategy: renderRollout(rollout, below('rollout', report)) }),
      ...optional('minReadySeconds', wholeNumber(minReady, 'minReady', 0, report)),
      ...optional('revisionHistoryLimit', wholeNumber(revisionHistory, 'revisionHistory', 0, report)),
    };
  }
}

function renderRollout(rollout: RollingUpdate | 'on-delete', report: Reporter): object {
  if (rollout === 'on-delete') return { type: 'OnDelete' };
  return { type: 'RollingUpdate', rollingUpdate: renderNodeUpdate(rollout, report) };
}
