import type { IConstruct } from 'constructs';
import { Environment } from '../core/environment';
import { isStepped } from './strategy';

/**
 * What rolls out the pods of a workload in steps, by the profile: Argo Rollouts where it has both; `undefined` where it has
 * neither, or the Deployment does it.
 */
export function rollsOutBy(
  workload: IConstruct,
  { rollout }: { readonly rollout?: unknown },
): 'argo-rollouts' | 'flagger' | undefined {
  if (!isStepped(rollout)) return undefined;
  const environment = Environment.of(workload);
  if (environment === undefined) return 'argo-rollouts';
  return (['argo-rollouts', 'flagger'] as const).find((name) => environment.has(name));
}
