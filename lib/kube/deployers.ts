/**
 * What tools that apply manifests do to single objects because a label or annotation asks for it.
 *
 * Sources: "Sync Options" and "Resource Hooks" of Argo CD, with `pkg/sync` of gitops-engine; "Kustomization" of Flux, with
 * `ssa` of fluxcd/pkg; "Chart Hooks" and "Tell Helm Not To Uninstall a Resource" of Helm; "Apply Ordering" of kapp;
 * "Manage Kubernetes resources" of Spinnaker; "Lifecycle directives" of cli-utils.
 */

/** A map of labels or annotations, whose values may be anything. */
type Settings = Readonly<Record<string, unknown>>;

/** Labels and annotations of an object. */
export interface Marks {
  readonly annotations?: Settings;
  readonly labels?: Settings;
}

const ARGO_OPTIONS = 'argocd.argoproj.io/sync-options';

/** A setting, and whose it is. */
export interface DeployerSetting {
  readonly deployer: string;
  /** As it is written: `argocd.argoproj.io/sync-options: Prune=false`. */
  readonly setting: string;
}

type Reader = (marks: Marks) => string | undefined;

const annotation =
  (key: string, pattern: RegExp): Reader =>
  ({ annotations }) =>
    setting(annotations, key, pattern);

const mark =
  (key: string, pattern: RegExp): Reader =>
  ({ annotations, labels }) =>
    setting(annotations, key, pattern) ?? setting(labels, key, pattern);

const argoOptions =
  (...wanted: readonly string[]): Reader =>
  ({ annotations }) => {
    const options = listIn(annotations, ARGO_OPTIONS);
    return wanted.every((option) => options.includes(option))
      ? `${ARGO_OPTIONS}: ${wanted.join(',')}`
      : undefined;
  };

/** What keeps an object in the cluster when its manifest goes. */
const KEEPS: readonly (readonly [deployer: string, read: Reader])[] = [
  ['Argo CD', argoOptions('Prune=false')],
  ['Helm', annotation('helm.sh/resource-policy', /^\s*keep\s*$/i)],
  ['Flux', mark('kustomize.toolkit.fluxcd.io/prune', /^disabled$/i)],
  ['Flux', mark('kustomize.toolkit.fluxcd.io/reconcile', /^disabled$/i)],
  ['kapp', annotation('kapp.k14s.io/delete-strategy', /^orphan$/)],
  ['kpt', annotation('client.lifecycle.config.k8s.io/deletion', /^detach$/)],
  ['kpt', annotation('cli-utils.sigs.k8s.io/on-remove', /^keep$/)],
];

/** The setting that keeps an object in the cluster when its manifest goes. */
export function keptBy(marks: Marks): DeployerSetting | undefined {
  return firstOf(KEEPS, marks);
}

/** What deletes an object and creates it again with every change. */
const ALWAYS: readonly (readonly [deployer: string, read: Reader])[] = [
  ['Argo CD', argoOptions('Force=true', 'Replace=true')],
  ['kapp', annotation('kapp.k14s.io/update-strategy', /^always-replace$/)],
  ['Spinnaker', annotation('strategy.spinnaker.io/recreate', /^true$/)],
];

/** What does so where the API server refuses to change it. */
const REFUSED: readonly (readonly [deployer: string, read: Reader])[] = [
  ['Flux', mark('kustomize.toolkit.fluxcd.io/force', /^enabled$/i)],
  ['Argo CD', argoOptions('Force=true')],
  ['kapp', annotation('kapp.k14s.io/update-strategy', /^fallback-on-replace$/)],
];

/** How a deployer replaces an object instead of changing it. */
export interface Recreation extends DeployerSetting {
  /** `always`, or only where the API server refuses the change. */
  readonly when: 'always' | 'refused';
  /** What has to be so with the last run of a hook, that it is gone by then: `succeeded`, `failed`. */
  readonly after?: 'succeeded' | 'failed';
  /** When a hook runs, where that is not with each change: `helm test`. */
  readonly event?: string;
}

/**
 * How a deployer replaces the object with these marks.
 *
 * @param old the marks of the object that is there
 */
export function recreationOf(marks: Marks, old: Marks): Recreation | undefined {
  const hook = hookOf(marks);
  if (hook !== undefined) return hook;
  const always = firstOf(ALWAYS, marks);
  if (always !== undefined) return { ...always, when: 'always' };
  const refused = firstOf(REFUSED, marks) ?? firstOf(REFUSED.slice(0, 1), old);
  return refused && { ...refused, when: 'refused' };
}

const ARGO_HOOK = 'argocd.argoproj.io/hook';
const HELM_HOOK = 'helm.sh/hook';

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
 * A hook is deleted before it is created again, unless its policies delete it only when it has succeeded or failed.
 *
 * Source: `hook/delete_policy.go` of gitops-engine, and `pkg/action/hooks.go` of Helm.
 */
export function hookOf({ annotations }: Marks): Recreation | undefined {
  const argo = listIn(annotations, ARGO_HOOK);
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

function firstOf(
  rows: readonly (readonly [deployer: string, read: Reader])[],
  marks: Marks,
): DeployerSetting | undefined {
  for (const [deployer, read] of rows) {
    const found = read(marks);
    if (found !== undefined) return { deployer, setting: found };
  }
  return undefined;
}

function setting(settings: Settings | undefined, key: string, pattern: RegExp): string | undefined {
  const value = settings?.[key];
  return typeof value === 'string' && pattern.test(value) ? `${key}: ${value.trim()}` : undefined;
}

function listIn(settings: Settings | undefined, key: string): string[] {
  const value = settings?.[key];
  return typeof value === 'string'
    ? value
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '')
    : [];
}
