import { recordIn } from '../apiserver/defaults/plain';
import { scaled, type IntOrString } from '../kube/int-or-string';
import type { PlainRecord } from '../manifest/data';

/** How a workload replaces its pods, in numbers. */
export interface RollingUpdate {
  readonly replicas: number;
  /** How many more pods than `replicas` there may be at a time. */
  readonly surge: number;
  /** How many of them may not serve. */
  readonly unavailable: number;
}

/**
 * The rolling update of a Deployment with `replicas` pods; nothing where it stops all pods first.
 *
 * Source: ResolveFenceposts of kubernetes `pkg/controller/deployment/util`: where both come to none, one may be missing.
 */
export function rollingUpdateOf(spec: PlainRecord, replicas: number): RollingUpdate | undefined {
  const strategy = recordIn(spec, 'strategy') ?? {};
  if (strategy['type'] === 'Recreate') return undefined;
  const rolling = recordIn(strategy, 'rollingUpdate') ?? {};
  const surge = share(rolling['maxSurge'] ?? BY_DEFAULT, replicas, true);
  const unavailable = Math.min(share(rolling['maxUnavailable'] ?? BY_DEFAULT, replicas, false), replicas);
  const isStuck = surge === 0 && unavailable === 0;
  return { replicas, surge, unavailable: isStuck ? 1 : unavailable };
}

/** Source: SetDefaults_Deployment of kubernetes `pkg/apis/apps/v1`. */
const BY_DEFAULT = '25%';

/** How many of `total` an int-or-string means; none where it is neither. */
export function share(value: unknown, total: number, roundUp: boolean): number {
  return scaled(value as IntOrString, total, roundUp) ?? 0;
}
