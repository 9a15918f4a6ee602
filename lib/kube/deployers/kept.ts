import { leftAloneBy } from './left-alone';
import {
  annotation,
  ARGO_OPTIONS,
  argoOptions,
  firstOf,
  label,
  listIn,
  mark,
  type DeployerSetting,
  type Marks,
  type Rows,
} from './marks';

/** What keeps an object in the cluster when its manifest goes. */
const KEEPS: Rows = [
  ['Argo CD', argoOptions('Prune=false')],
  ['Helm', annotation('helm.sh/resource-policy', /^\s*keep\s*$/i)],
  ['Flux', mark('kustomize.toolkit.fluxcd.io/prune', /^disabled$/i)],
  ['kapp', annotation('kapp.k14s.io/delete-strategy', /^orphan$/)],
  ['kpt', annotation('client.lifecycle.config.k8s.io/deletion', /^detach$/)],
  ['kpt', annotation('cli-utils.sigs.k8s.io/on-remove', /^keep$/)],
  ['Addon Manager', label('addonmanager.kubernetes.io/mode', /^EnsureExists$/)],
];

/** The setting that keeps an object in the cluster when its manifest goes. */
export function keptBy(marks: Marks): DeployerSetting | undefined {
  const found = firstOf(KEEPS, marks);
  if (found !== undefined) return found;
  const alone = leftAloneBy(marks);
  return alone?.when === 'always' ? { deployer: alone.deployer, setting: alone.setting } : undefined;
}

/** Options in a list of Argo CD; each replaces another of the same name. */
const ARGO_KEEPS = ['Prune=false', 'Delete=false'];

/**
 * `annotations`, with those that keep an object in the cluster: when its manifest goes, and when the whole Application,
 * release or Kustomization does. What deployers read otherwise stays.
 *
 * Sources: "No Prune Resources" and "No Resource Deletion" in "Sync Options" of Argo CD; "Tell Helm Not To Uninstall a
 * Resource" of Helm; "Garbage collection" in "Kustomization" of Flux.
 */
export function keeping(annotations: Readonly<Record<string, string>> = {}): Record<string, string> {
  const names = ARGO_KEEPS.map((option) => option.split('=')[0]);
  const others = listIn(annotations, ARGO_OPTIONS).filter((each) => !names.includes(each.split('=')[0]));
  return {
    ...annotations,
    [ARGO_OPTIONS]: [...others, ...ARGO_KEEPS].join(','),
    'helm.sh/resource-policy': 'keep',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  };
}
