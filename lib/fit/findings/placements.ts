import { identityKey, type ObjectId } from '../../manifest/manifest';
import type { Placement } from '../result';

/** Placements by the identity of their workload. */
export function byWorkload(placements: readonly Placement[]): ReadonlyMap<string, readonly Placement[]> {
  const groups = new Map<string, Placement[]>();
  for (const placement of placements) {
    const key = identityKey(placement.workload);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [placement]);
    else group.push(placement);
  }
  return groups;
}

/** Those of one workload. */
export function ofWorkload(
  groups: ReadonlyMap<string, readonly Placement[]>,
  workload: ObjectId,
): readonly Placement[] {
  return groups.get(identityKey(workload)) ?? [];
}

/** Placements by why they have no node; the pods of a StatefulSet that wait for the one before count with that one. */
export function byReason(placements: readonly Placement[]): Placement[][] {
  const groups = new Map<string, Placement[]>();
  let last: Placement[] | undefined;
  for (const placement of placements) {
    const { message = '' } = placement;
    const group = last !== undefined && message.startsWith(WAITS) ? last : (groups.get(message) ?? []);
    group.push(placement);
    if (group !== last) groups.set(message, group);
    last = group;
  }
  return [...groups.values()];
}

const WAITS = 'not created: it waits for';
