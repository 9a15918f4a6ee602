import { matches, type LabelSelector } from '../../../kube/labels';
import type { PrometheusSelection } from '../../../profiles/cluster-profile';
import { groupOf, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { namespaceOf } from '../../../graph/namespace';
import { Field } from '../../../manifest/field';
import { worldOf } from '../../../graph/references';
import { selectorAt } from '../../../graph/selectors';
import { describeSelector } from '../../../graph/words';
import type { World } from '../../../graph/world';

const GROUP = 'monitoring.coreos.com';

export const monitorIgnored: Rule = {
  name: 'wiring/monitor-ignored',
  severity: 'error',
  about:
    'Finds ServiceMonitors, PodMonitors and PrometheusRules that Prometheus does not look at, by their own labels or those of their namespace: the Prometheus objects in the set say so, or the profile of the cluster.',
  why: 'Nothing is scraped and no alert fires, and nobody says so.',
  run(cluster, report) {
    const selections = selectionsOf(cluster);
    if (selections.length === 0) return;
    const world = worldOf(cluster);
    for (const manifest of cluster.set) {
      const kind = KINDS.get(manifest.id.kind);
      if (kind === undefined || groupOf(manifest.id.apiVersion) !== GROUP) continue;
      const complaints = selections.map((selection) => complaintOf(world, manifest, selection, kind));
      const [first] = complaints;
      if (first === undefined || complaints.includes(undefined)) continue;
      report(manifest, first.path, `no Prometheus looks at it: ${first.message}`, first.hint);
    }
  },
};

const KINDS: ReadonlyMap<string, 'serviceMonitor' | 'podMonitor' | 'rule'> = new Map([
  ['ServiceMonitor', 'serviceMonitor'],
  ['PodMonitor', 'podMonitor'],
  ['PrometheusRule', 'rule'],
]);

/** Selectors of one Prometheus, and where it runs. */
interface Selection {
  readonly selectors: PrometheusSelection;
  /** The namespace that a Prometheus without a selector of namespaces keeps to; nothing for that of the profile. */
  readonly namespace?: string;
}

function selectionsOf({ set, assumed, profile }: Cluster): Selection[] {
  const objects = [...set, ...assumed].filter(
    ({ id }) => id.kind === 'Prometheus' && groupOf(id.apiVersion) === GROUP,
  );
  const known = objects.map((manifest): Selection => {
    const spec = Field.root(manifest.object).at('spec');
    const selectors = Object.fromEntries(
      spec.entries
        .filter(({ name, isSet }) => name.endsWith('Selector') && isSet)
        .map((field) => [field.name, selectorAt(field)]),
    );
    return { selectors: selectors, namespace: namespaceOf(manifest) };
  });
  return profile.prometheus === undefined ? known : [...known, { selectors: profile.prometheus }];
}

interface Complaint {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * Why a Prometheus does not look at an object. Source: `PrometheusSpec`: without a selector it looks at none, without
 * a selector of namespaces at those of its own.
 */
function complaintOf(
  world: World,
  manifest: Manifest,
  { selectors, namespace }: Selection,
  kind: 'serviceMonitor' | 'podMonitor' | 'rule',
): Complaint | undefined {
  const own = selectors[`${kind}Selector`];
  const labels = Field.root(manifest.object).at('metadata', 'labels').labels;
  if (own === undefined && namespace !== undefined) {
    const hint = `Set spec.${kind}Selector of the Prometheus, {} for all.`;
    return { path: 'metadata.labels', message: `it has no ${kind}Selector`, hint };
  }
  if (own !== undefined && !matches(own, labels))
    return { path: 'metadata.labels', ...wanted(`its ${kind}Selector`, own, 'it') };
  const there = selectors[`${kind}NamespaceSelector`];
  const name = namespaceOf(manifest);
  if (there === undefined) {
    if (namespace === undefined || namespace === name) return undefined;
    const message = `it keeps to its own namespace "${namespace}"`;
    return {
      path: 'metadata.namespace',
      message,
      hint: `Set spec.${kind}NamespaceSelector of the Prometheus.`,
    };
  }
  const known = world.labelsOf(name);
  // A namespace that is made elsewhere has labels that nobody here knows.
  if (known === undefined || matches(there, known)) return undefined;
  return {
    path: 'metadata.namespace',
    ...wanted(`its ${kind}NamespaceSelector`, there, `the namespace "${name}"`),
  };
}

function wanted(what: string, selector: LabelSelector, who: string): Omit<Complaint, 'path'> {
  const labels = describeSelector(selector);
  return { message: `${what} wants ${labels}`, hint: `Give ${who} the labels ${labels}.` };
}
