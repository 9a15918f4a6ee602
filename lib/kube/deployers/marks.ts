/**
 * What tools that apply manifests do to single objects because a label or annotation asks for it.
 *
 * Sources: "Sync Options" and "Resource Hooks" of Argo CD, with `pkg/sync` of gitops-engine; "Kustomization" of Flux, with
 * `ssa` of fluxcd/pkg; "Chart Hooks" and "Tell Helm Not To Uninstall a Resource" of Helm; "Apply" and "Apply Ordering" of
 * kapp; "Manage Kubernetes resources" of Spinnaker; "Lifecycle directives" of cli-utils; "Manage and unmanage objects" of
 * Config Sync; `cluster/addons/addon-manager` of kubernetes.
 */

/** A map of labels or annotations, whose values may be anything. */
type Settings = Readonly<Record<string, unknown>>;

/** Labels and annotations of an object. */
export interface Marks {
  readonly annotations?: Settings;
  readonly labels?: Settings;
}

/** A setting, and whose it is. */
export interface DeployerSetting {
  readonly deployer: string;
  /** As it is written: `argocd.argoproj.io/sync-options: Prune=false`. */
  readonly setting: string;
}

type Reader = (marks: Marks) => string | undefined;

/** Settings of one meaning, each with the deployer that knows it. */
export type Rows = readonly (readonly [deployer: string, read: Reader])[];

export const ARGO_OPTIONS = 'argocd.argoproj.io/sync-options';

export const annotation =
  (key: string, pattern: RegExp): Reader =>
  ({ annotations }) =>
    setting(annotations, key, pattern);

export const label =
  (key: string, pattern: RegExp): Reader =>
  ({ labels }) =>
    setting(labels, key, pattern);

/** A setting that can be an annotation or a label. */
export const mark =
  (key: string, pattern: RegExp): Reader =>
  ({ annotations, labels }) =>
    setting(annotations, key, pattern) ?? setting(labels, key, pattern);

export const argoOptions =
  (...wanted: readonly string[]): Reader =>
  ({ annotations }) => {
    const options = listIn(annotations, ARGO_OPTIONS);
    return wanted.every((option) => options.includes(option))
      ? `${ARGO_OPTIONS}: ${wanted.join(',')}`
      : undefined;
  };

/** The first of some settings that an object has. */
export function firstOf(rows: Rows, marks: Marks): DeployerSetting | undefined {
  for (const [deployer, read] of rows) {
    const found = read(marks);
    if (found !== undefined) return { deployer, setting: found };
  }
  return undefined;
}

function setting(settings: Settings | undefined, key: string, pattern: RegExp): string | undefined {
  const value = settings?.[key];
  return typeof value === 'string' && pattern.test(value) ? `${key}: ${value.trim() || '""'}` : undefined;
}

/** The parts of a value that is a list, separated by commas. */
export function listIn(settings: Settings | undefined, key: string): string[] {
  const value = settings?.[key];
  return typeof value === 'string'
    ? value
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '')
    : [];
}
