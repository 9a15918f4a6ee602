import { leftAloneBy } from './left-alone';
import {
  annotation,
  argoOptions,
  firstOf,
  label,
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
