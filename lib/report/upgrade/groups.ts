import { formatId, type ObjectId } from '../../manifest/manifest';
import { CHANGE_KINDS, type UpgradeChange } from '../../upgrade/result';
import type { UpgradePart } from './report';

/** One change, and the objects that it is the same for. */
export interface ChangeGroup {
  readonly change: UpgradeChange;
  readonly ids: readonly ObjectId[];
}

/** The changes of some objects, each once, the worst kind first. */
export function grouped(
  found: readonly { readonly id: ObjectId; readonly change: UpgradeChange }[],
): readonly ChangeGroup[] {
  const groups = new Map<string, { readonly change: UpgradeChange; readonly ids: ObjectId[] }>();
  for (const { id, change } of found) {
    const key = JSON.stringify([id.kind, change.kind, change.path, change.message]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { change, ids: [id] });
    else if (!group.ids.includes(id)) group.ids.push(id);
  }
  const rank = ({ change }: ChangeGroup): number => CHANGE_KINDS.indexOf(change.kind);
  return [...groups.values()].toSorted((a, b) => rank(a) - rank(b));
}

/** What is wrong before the upgrade. */
export function already({ objects }: UpgradePart): readonly ChangeGroup[] {
  return grouped(objects.flatMap(({ id, already: found }) => found.map((change) => ({ id, change }))));
}

/** What one release changes. */
export function changesIn({ objects }: UpgradePart, kubernetes: string): readonly ChangeGroup[] {
  return grouped(
    objects.flatMap(({ id, changes }) =>
      changes.filter((change) => change.kubernetes === kubernetes).map((change) => ({ id, change })),
    ),
  );
}

const MOST_NAMED = 3;

/** `Deployment shop/web, Deployment shop/api and 4 more`. */
export function named(ids: readonly ObjectId[]): string {
  const shown = ids.slice(0, MOST_NAMED).map(formatId);
  const more = ids.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
