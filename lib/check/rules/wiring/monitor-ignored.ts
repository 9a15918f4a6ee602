import { grouped } from '../../../kube/grouped';
import { matches, type LabelSelector } from '../../../kube/labels';
import type { PrometheusSelection } from '../../../profiles/cluster-profile';
import { formatId, groupOf, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { folderDoubt } from '../../../graph/folders';
import { isLoose } from '../../../graph/loose';
import { namespaceOf } from '../../../graph/namespace';
import { hasSlip } from '../../../graph/selection-doubt';
import { Field } from '../../../manifest/field';
import { worldOf } from '../../../graph/references';
import { selectorAt } from '../../../graph/selectors';
import { deployerOf } from '../../../graph/makers/open';
import { describeSelector } from '../../../graph/describe';
import type { World } from '../../../graph/world';

const GROUP = 'monitoring.coreos.com';

export const monitorIgnored: Rule = {
  name: 'wiring/monitor-ignored',
  severity: 'error',
  about:
    'Finds ServiceMonitors, PodMonitors and PrometheusRules that no Prometheus of the set or of the cluster profile selects, by their labels or those of their namespace.',
  why: 'Nothing is scraped and no alert fires, without any error. An error where the labels are a letter off, or the Prometheus is of the cluster profile, the same app or the same folder; a warning where a chart or repository in the set may bring another Prometheus.',
  run(cluster, report) {
    const { profile } = cluster;
    const ofProfile = profile.prometheus === undefined ? [] : [{ selectors: profile.prometheus }];
    const selections = [...selectionsOf(cluster, 'Prometheus'), ...ofProfile];
    if (selections.length === 0) return;
    // A ThanosRuler selects rules in the same way: `ThanosRulerSpec`.
    const rulers = selectionsOf(cluster, 'ThanosRuler');
    const world = worldOf(cluster);
    const candidates = {
      serviceMonitor: candidatesOf(selections, 'serviceMonitor'),
      podMonitor: candidatesOf(selections, 'podMonitor'),
      rule: candidatesOf(selections, 'rule'),
    };
    for (const manifest of cluster.set) {
      const kind = KINDS.get(manifest.id.kind);
      if (kind === undefined || groupOf(manifest.id.apiVersion) !== GROUP) continue;
      const main = selections.find(isBeside(manifest)) ?? selections[0];
      const first = main && mismatchOf(world, manifest, main, kind);
      if (main === undefined || first === undefined) continue;
      const others = candidates[kind](manifest);
      if (others.some((selection) => mismatchOf(world, manifest, selection, kind) === undefined)) continue;
      if (kind === 'rule' && rulers.some((ruler) => mismatchOf(world, manifest, ruler, kind) === undefined))
        continue;
      const message = `no Prometheus selects it: ${first.message}`;
      const doubt = doubtOf(cluster, manifest, main, first);
      if (doubt === undefined) report(manifest, first.path, message, first.hint);
      else report(manifest, first.path, `${message}, but ${doubt}`, first.hint, 'warning');
    }
  },
};

/** Whether a selection is that of the cluster, or of a Prometheus that is applied together with an object. */
function isBeside(manifest: Manifest): (selection: Selection) => boolean {
  return ({ by }) => by === undefined || folderDoubt(by, manifest) === undefined;
}

/** Why a Prometheus may select an object that those of the set do not. None for one that is a letter off. */
function doubtOf(
  cluster: Cluster,
  manifest: Manifest,
  selection: Selection,
  { byNamespaceOf = [], isSlip = false }: Mismatch,
): string | undefined {
  if (isSlip) return undefined;
  const deployer = deployerOf(cluster, { group: GROUP }, manifest);
  if (deployer !== undefined) return `${formatId(deployer.id)} may create another Prometheus`;
  const loose = byNamespaceOf.find((each) => isLoose(cluster, each));
  if (loose !== undefined) return `whoever applies ${formatId(loose.id)} chooses its namespace`;
  return isBeside(manifest)(selection) ? undefined : 'it may be for a Prometheus that is not here';
}

/** The selections that may take an object: those that ask for one of its labels, or for none by its value. */
function candidatesOf(
  selections: readonly Selection[],
  kind: MonitorKind,
): (manifest: Manifest) => readonly Selection[] {
  const pairOf = ({ selectors }: Selection): string | undefined => {
    const [pair] = Object.entries(selectors[`${kind}Selector`]?.matchLabels ?? {});
    return pair && JSON.stringify(pair);
  };
  const byPair = grouped(selections, pairOf);
  return ({ object }) => {
    const labels = Object.entries(Field.root(object).at('metadata', 'labels').labels);
    return [undefined, ...labels.map((pair) => JSON.stringify(pair))].flatMap(
      (pair) => byPair.get(pair) ?? [],
    );
  };
}

type MonitorKind = 'serviceMonitor' | 'podMonitor' | 'rule';

const KINDS: ReadonlyMap<string, MonitorKind> = new Map<string, MonitorKind>([
  ['ServiceMonitor', 'serviceMonitor'],
  ['PodMonitor', 'podMonitor'],
  ['PrometheusRule', 'rule'],
]);

/** The selectors of one Prometheus, and where it runs. */
interface Selection {
  readonly selectors: PrometheusSelection;
  /** The namespace of the Prometheus; `undefined` for the one of the profile. */
  readonly namespace?: string;
  /** The object of the set that has them; `undefined` for what the cluster has. */
  readonly by?: Manifest;
}

/** The selections of the objects of a kind. */
function selectionsOf({ set, assumed }: Cluster, kind: 'Prometheus' | 'ThanosRuler'): Selection[] {
  const isOne = ({ id }: Manifest): boolean => id.kind === kind && groupOf(id.apiVersion) === GROUP;
  const own = set.manifests.filter(isOne).map((manifest) => ({ ...selectionOf(manifest), by: manifest }));
  return [...own, ...assumed.manifests.filter(isOne).map(selectionOf)];
}

function selectionOf(manifest: Manifest): Selection {
  const spec = Field.root(manifest.object).at('spec');
  const selectors = Object.fromEntries(
    spec.entries
      .filter(({ name, isSet }) => name.endsWith('Selector') && isSet)
      .map((field) => [field.name, selectorAt(field)]),
  );
  return { selectors, namespace: namespaceOf(manifest) };
}

interface Mismatch {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
  /** The objects whose namespaces do not match. */
  readonly byNamespaceOf?: readonly Manifest[];
  /** Whether the labels are those that are asked for but for a slip. */
  readonly isSlip?: boolean;
}

/**
 * Why a Prometheus does not select an object. Source: `PrometheusSpec`: without a selector it selects none, without a
 * namespace selector only from its own namespace.
 */
function mismatchOf(
  world: World,
  manifest: Manifest,
  { selectors, namespace, by }: Selection,
  kind: MonitorKind,
): Mismatch | undefined {
  const own = selectors[`${kind}Selector`];
  const labels = Field.root(manifest.object).at('metadata', 'labels').labels;
  if (own === undefined && namespace !== undefined) {
    const hint = `Set spec.${kind}Selector of the Prometheus; {} selects all.`;
    return { path: 'metadata.labels', message: `${kind}Selector is not set`, hint };
  }
  if (own !== undefined && !matches(own, labels))
    return { path: 'metadata.labels', ...wanted(`${kind}Selector`, own, ''), isSlip: hasSlip(own, labels) };
  const there = selectors[`${kind}NamespaceSelector`];
  const name = namespaceOf(manifest);
  if (there === undefined) {
    if (namespace === undefined || namespace === name) return undefined;
    const message = `it selects only from its own namespace "${namespace}"`;
    return {
      path: 'metadata.namespace',
      message,
      hint: `Set spec.${kind}NamespaceSelector of the Prometheus.`,
      byNamespaceOf: by === undefined ? [manifest] : [manifest, by],
    };
  }
  const known = world.labelsOf(name);
  // The labels of a namespace outside the set are unknown.
  if (known === undefined || matches(there, known)) return undefined;
  return {
    path: 'metadata.namespace',
    ...wanted(`${kind}NamespaceSelector`, there, ` to namespace "${name}"`),
    byNamespaceOf: [manifest],
  };
}

function wanted(name: string, selector: LabelSelector, where: string): Omit<Mismatch, 'path'> {
  const labels = describeSelector(selector);
  return { message: `${name} requires ${labels}`, hint: `Add the labels ${labels}${where}.` };
}
