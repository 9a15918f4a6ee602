import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import type { Storage } from './container/storage';
import type { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import type { RollingUpdate } from '../rollout/rolling-update';
import { renderNodeUpdate, ROLLING_UPDATE } from '../rollout/rolling-update';
import { REVISION_FIELDS } from '../rollout/revisions';
import { wordsOf } from '../core/fields';
import { anyOf, choice } from '../core/shapes';
import { exposeMembers } from './trait';
import type { MonitoredTraitProps, MonitoredTraits, NodeAgentTraitProps } from './trait-lists';
import { COMMON_TRAITS, MONITORED_TRAITS, NODE_AGENT_TRAITS } from './trait-lists';
import type { Recommended } from '../scaling/recommendations';
import type { WorkloadKind, WorkloadProps } from './workload';
import { Workload, WORKLOAD_SHAPES, workloadShape } from './workload';

/** Props of a NodeAgent. */
export interface NodeAgentProps extends WorkloadProps, NodeAgentTraitProps, MonitoredTraitProps {
  /**
   * How pods are replaced: the old one stops first (`maxUnavailable`), the new one starts first (`maxSurge`), or only when
   * they are deleted. @default one node at a time, the old one first
   */
  readonly rollout?: RollingUpdate | 'on-delete';
}

const PROPS = workloadShape<NodeAgentProps>(
  {
    ...WORKLOAD_SHAPES,
    ...NODE_AGENT_TRAITS.shapes,
    ...MONITORED_TRAITS.shapes,
    rollout: anyOf<RollingUpdate | 'on-delete'>([choice(['on-delete']), ROLLING_UPDATE], {
      hint: "Write it as { maxUnavailable: 1 }, or 'on-delete'.",
    }),
  },
  wordsOf(REVISION_FIELDS),
);

const NODE_AGENT: WorkloadKind<NodeAgentProps> = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  shape: PROPS,
  traits: [...COMMON_TRAITS.list, ...NODE_AGENT_TRAITS.list, ...MONITORED_TRAITS.list],
};

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- exposeMembers gives these to the class
export interface NodeAgent extends Recommended, MonitoredTraits {}

/**
 * One pod on every node that it may run on.
 *
 * | object | when | why |
 * |---|---|---|
 * | DaemonSet | always | runs a pod on each node |
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
export class NodeAgent extends Workload<Storage, NodeAgentProps> {
  declare readonly object: KubeObject<Patches['DaemonSet']>;

  constructor(scope: Construct, id: string, props: NodeAgentProps) {
    super(scope, id, props, NODE_AGENT);
  }

  /** The DaemonSet. */
  get daemonSet(): KubeObject<Patches['DaemonSet']> {
    return this.object;
  }

  /** Merges into the rendered DaemonSet; see KubeObject. */
  override override(patch: Patches['DaemonSet']): this {
    return super.override(patch);
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

exposeMembers(NodeAgent, [...NODE_AGENT_TRAITS.list, ...MONITORED_TRAITS.list]);

function renderRollout(rollout: RollingUpdate | 'on-delete', report: Reporter): object {
  if (rollout === 'on-delete') return { type: 'OnDelete' };
  return { type: 'RollingUpdate', rollingUpdate: renderNodeUpdate(rollout, report) };
}
