import { listIn, type DeployerSetting, type Marks } from './marks';

/** How a deployer replaces an object instead of changing it. */
export interface Recreation extends DeployerSetting {
  /** `always`, or only where the API server refuses the change. */
  readonly when: 'always' | 'refused';
  /** What has to be so with the last run of a hook, that it is gone by then: `succeeded`, `failed`. */
  readonly after?: 'succeeded' | 'failed';
  /** When a hook runs, where that is not with each change: `helm test`. */
  readonly event?: string;
}

export const ARGO_HOOK = 'argocd.argoproj.io/hook';
export const HELM_HOOK = 'helm.sh/hook';

/** What runs a hook at another time than with a change. */
const EVENTS: Readonly<Record<string, string>> = {
  test: 'helm test',
  'test-success': 'helm test',
  'pre-install': 'an install',
  'post-install': 'an install',
  'pre-delete': 'helm uninstall',
  'post-delete': 'helm uninstall',
  'pre-rollback': 'helm rollback',
  'post-rollback': 'helm rollback',
  PreDelete: 'the deletion of the Application',
  PostDelete: 'the deletion of the Application',
  SyncFail: 'a sync that fails',
};

/** Those that run with a change. */
const RUNNING = new Set(['PreSync', 'Sync', 'PostSync', 'pre-upgrade', 'post-upgrade']);

/**
 * A hook is deleted before it is created again, unless its policies delete it only when it has succeeded or failed. What
 * is skipped is no hook.
 *
 * Source: `hook/delete_policy.go` of gitops-engine, and `pkg/action/hooks.go` of Helm.
 */
export function hookOf({ annotations }: Marks): Recreation | undefined {
  const argo = listIn(annotations, ARGO_HOOK).filter((each) => each !== 'Skip');
  const helm = listIn(annotations, HELM_HOOK).filter((each) => each !== 'crd-install');
  const [key, types] = argo.length > 0 ? [ARGO_HOOK, argo] : [HELM_HOOK, helm];
  if (types.length === 0) return undefined;
  const deployer = key === ARGO_HOOK ? 'Argo CD' : 'Helm';
  const policies = [
    ...listIn(annotations, 'argocd.argoproj.io/hook-delete-policy'),
    ...listIn(annotations, 'helm.sh/hook-delete-policy'),
  ].map((policy) => policy.toLowerCase().replaceAll('-', ''));
  const has = (policy: string): boolean => policies.includes(policy);
  const isGone = has('beforehookcreation') || has('hooksucceeded') === has('hookfailed');
  const event = types.some((type) => RUNNING.has(type)) ? undefined : EVENTS[types[0] ?? ''];
  return {
    deployer,
    setting: `${key}: ${types.join(',')}`,
    when: 'always',
    ...(!isGone && { after: has('hooksucceeded') ? 'succeeded' : 'failed' }),
    ...(event !== undefined && { event }),
  };
}
