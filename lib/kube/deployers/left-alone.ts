import {
  annotation,
  firstOf,
  label,
  listIn,
  mark,
  type DeployerSetting,
  type Marks,
  type Rows,
} from './marks';
import { ARGO_HOOK } from './hooks';

/** What a deployer neither creates, changes nor prunes. */
const ALWAYS: Rows = [
  ['Flux', mark('kustomize.toolkit.fluxcd.io/reconcile', /^disabled$/i)],
  ['Flux', mark('kustomize.toolkit.fluxcd.io/ssa', /^ignore$/i)],
  ['Argo CD', (marks) => skipped(marks)],
  ['kapp', annotation('kapp.k14s.io/noop', /^\s*$/)],
  ['kapp', annotation('kapp.k14s.io/exists', /^\s*$/)],
  ['Config Sync', annotation('configmanagement.gke.io/managed', /^disabled$/)],
];

/** What it creates where it is missing, and never changes. */
const ONCE: Rows = [
  ['Flux', mark('kustomize.toolkit.fluxcd.io/ssa', /^ifnotpresent$/i)],
  ['kapp', annotation('kapp.k14s.io/update-strategy', /^skip$/)],
  ['Addon Manager', label('addonmanager.kubernetes.io/mode', /^EnsureExists$/)],
];

/** A setting by which a deployer leaves an object as it is. */
export interface LeftAlone extends DeployerSetting {
  /** `always`, or once it is there. */
  readonly when: 'always' | 'there';
}

/** The setting by which a deployer leaves an object with these marks as it is. */
export function leftAloneBy(marks: Marks): LeftAlone | undefined {
  const always = firstOf(ALWAYS, marks);
  if (always !== undefined) return { ...always, when: 'always' };
  const once = firstOf(ONCE, marks);
  return once && { ...once, when: 'there' };
}

/** Beside another type of hook, `Skip` says nothing. */
function skipped({ annotations }: Marks): string | undefined {
  const [type, ...others] = listIn(annotations, ARGO_HOOK);
  return type === 'Skip' && others.length === 0 ? `${ARGO_HOOK}: Skip` : undefined;
}
