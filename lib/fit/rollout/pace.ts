import { rollingUpdateOf, share } from '../../graph/rolling-update';
import { recordIn } from '../../apiserver/defaults/plain';
import { Field } from '../../manifest/field';
import type { WorkloadPods } from '../workloads/workload';

/** How fast a rollout replaces pods. */
export interface Pace {
  readonly replicas: number;
  readonly surge: number;
  readonly unavailable: number;
  /** How many of the first pods keep their revision. */
  readonly kept: number;
  /** Whether each new pod takes the place of a certain old one. */
  readonly isPaired: boolean;
}

/** How a workload whose template changes replaces its pods; nothing where it replaces none by itself. */
export function paceOf({ manifest, pods }: WorkloadPods): Pace | undefined {
  if (manifest === undefined) return undefined;
  const spec = Field.root(manifest.object).child('spec');
  const replicas = pods.length;
  switch (manifest.id.kind) {
    case 'Deployment': {
      const rolling = rollingUpdateOf(spec.record, replicas);
      const { surge, unavailable } = rolling ?? { surge: 0, unavailable: replicas };
      return { replicas, surge, unavailable, kept: 0, isPaired: false };
    }
    case 'StatefulSet': {
      if (isOnDelete(spec)) return undefined;
      const partition = spec.at('updateStrategy', 'rollingUpdate', 'partition').number;
      const start = spec.at('ordinals', 'start').number;
      const kept = Math.min(Math.max(partition - start, 0), replicas);
      return { replicas, surge: 0, unavailable: 1, kept, isPaired: true };
    }
    case 'DaemonSet': {
      if (isOnDelete(spec)) return undefined;
      const rolling = recordIn(recordIn(spec.record, 'updateStrategy') ?? {}, 'rollingUpdate') ?? {};
      const surge = share(rolling['maxSurge'], replicas, true);
      const unavailable = surge > 0 ? 0 : Math.max(1, share(rolling['maxUnavailable'] ?? 1, replicas, true));
      return { replicas, surge, unavailable, kept: 0, isPaired: true };
    }
    default:
      return undefined;
  }
}

function isOnDelete(spec: Field): boolean {
  return spec.at('updateStrategy', 'type').text === 'OnDelete';
}
