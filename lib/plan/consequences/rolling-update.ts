import { recordIn } from '../../apiserver/defaults/plain';
import type { PlainRecord } from '../../manifest/data';
import { numberIn, scaled } from './workload';

/** How a Deployment replaces its pods, in numbers. */
export interface RollingUpdate {
  readonly replicas: number;
  /** How many more pods than `replicas` there may be at a time. */
  readonly surge: number;
  /** How many fewer there may be that serve. */
  readonly unavailable: number;
}

/**
 * The rolling update of a Deployment with `replicas` pods; nothing where it stops all pods first.
 *
 * Source: ResolveFenceposts of kubernetes `pkg/controller/deployment/util`: where both come to none, one may be missing.
 */
export function rollingUpdateOf(
  spec: PlainRecord,
  replicas = numberIn(spec, 'replicas', 1),
): RollingUpdate | undefined {
  const strategy = recordIn(spec, 'strategy') ?? {};
  if (strategy['type'] === 'Recreate') return undefined;
  const rolling = recordIn(strategy, 'rollingUpdate') ?? {};
  const surge = scaled(rolling['maxSurge'], replicas, 'up');
  const unavailable = Math.min(scaled(rolling['maxUnavailable'], replicas, 'down'), replicas);
  const isStuck = surge === 0 && unavailable === 0;
  return { replicas, surge, unavailable: isStuck ? 1 : unavailable };
}
