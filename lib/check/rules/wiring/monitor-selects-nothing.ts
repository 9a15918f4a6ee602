import { formatId, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import type { SelectingReference } from '../../../graph/reference';
import { referencesIn, worldOf } from '../../../graph/references';
import { selectsNothing } from '../selects-nothing';
import type { Cluster } from '../../../graph/cluster';

const inServices = selectsNothing(['monitor-services'], 'Services');
const inPods = selectsNothing(['monitor-pods']);

export const monitorSelectsNothing: Rule = {
  name: 'wiring/monitor-selects-nothing',
  severity: 'error',
  about:
    'Finds ServiceMonitors whose selector matches no Service, and PodMonitors whose selector matches no pod, in the namespaces they select.',
  why: 'Prometheus scrapes nothing, and alerts on those metrics never fire. A ServiceMonitor selects by the labels of the Service, not of its pods.',
  run(cluster, report) {
    const elsewhere = selectedElsewhere(cluster);
    const hinted: typeof report = (manifest, path, message, hint, severity) => {
      const place = elsewhere.get(manifest);
      if (place === undefined || severity !== undefined) report(manifest, path, message, hint, severity);
      else report(manifest, place.path, message, place.hint);
    };
    inServices(cluster, hinted);
    inPods(cluster, hinted);
  },
};

/** The monitors that would select something in other namespaces. */
function selectedElsewhere(
  cluster: Cluster,
): Map<Manifest, { readonly path: string; readonly hint: string }> {
  const found = new Map<Manifest, { readonly path: string; readonly hint: string }>();
  for (const reference of referencesIn(cluster).references) {
    if (reference.type !== 'selects' || !reference.role.startsWith('monitor') || reference.found.length > 0)
      continue;
    const [other] = anywhere(cluster, reference);
    if (other === undefined) continue;
    const hint = `${formatId(other.id)} has these labels. Add its namespace to spec.namespaceSelector.matchNames.`;
    found.set(reference.from, { path: 'spec.namespaceSelector', hint });
  }
  return found;
}

function anywhere(cluster: Cluster, { role, selector }: SelectingReference): Manifest[] {
  const world = worldOf(cluster);
  const index = role === 'monitor-pods' ? world.pods : world.services;
  return index.select(selector, undefined).map(({ manifest }) => manifest);
}
