import type { LabelSelector } from '../../kube/labels';
import { formatId } from '../../manifest/manifest';
import type { Rule } from '../rule';
import type { Selecting, SelectingReference } from '../../graph/reference';
import { referencesIn, worldOf } from '../../graph/references';
import { describeSelector } from '../../graph/describe';
import { firstIn, selectionDoubt, type Selectable } from '../../graph/selection-doubt';
import type { World } from '../../graph/world';
import type { LabelIndex, Labelled } from '../../graph/label-index';

/** More namespaces than this are counted. */
const MOST_NAMED = 20;

/**
 * Reports each selector of the given roles that matches nothing: as a warning where something may create what it matches
 * that the set does not show.
 */
export function selectsNothing(roles: readonly Selecting[], things: Selectable = 'pods'): Rule['run'] {
  return (cluster, report) => {
    const world = worldOf(cluster);
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'selects' || !roles.includes(reference.role)) continue;
      if (reference.found.length > 0) continue;
      if (cluster.around?.selects(reference.selector, reference.namespaces, things) === true) continue;
      const message = `selector ${describeSelector(reference.selector)} matches no ${things}${where(reference)}`;
      const doubt = selectionDoubt(cluster, reference, things);
      if (doubt === undefined)
        report(reference.from, reference.path, message, nearMiss(world, reference, things));
      else report(reference.from, reference.path, `${message}, but ${doubt}`, undefined, 'warning');
    }
  };
}

function where({ from, namespaces }: SelectingReference): string {
  if (namespaces === undefined || from.id.namespace === undefined) return '';
  const names = namespaces
    .slice(0, MOST_NAMED)
    .map((name) => `"${name}"`)
    .join(', ');
  if (namespaces.length === 1) return ` in namespace ${names}`;
  const rest = namespaces.length - MOST_NAMED;
  return ` in namespaces ${names}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Suggests the object with the most matching labels, or the only one there is. */
function nearMiss(
  world: World,
  { selector, namespaces }: SelectingReference,
  things: Selectable,
): string | undefined {
  const index: LabelIndex<Labelled & { readonly manifest: { readonly id: Parameters<typeof formatId>[0] } }> =
    things === 'pods' ? world.pods : world.services;
  const candidates = firstIn(index, namespaces ?? []);
  const ranked = candidates
    .map((thing) => ({ thing, shared: sharedLabels(selector, thing.labels) }))
    .sort((a, b) => b.shared - a.shared);
  const [best] = ranked;
  if (best === undefined || (best.shared === 0 && candidates.length > 1)) return undefined;
  const labels = describeSelector({ matchLabels: best.thing.labels });
  return `The closest match is ${formatId(best.thing.manifest.id)} with ${labels === '' ? 'no labels' : labels}.`;
}

/** Pairs count twice, since every object may have a key. */
function sharedLabels(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Labelled['labels'],
): number {
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  const has = (key: string): boolean => Object.hasOwn(labels, key);
  const equal = Object.entries(matchLabels).filter(([key, value]) => has(key) && labels[key] === value);
  return keys.filter(has).length + equal.length;
}
