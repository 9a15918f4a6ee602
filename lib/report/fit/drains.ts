import type { NodeDrain } from '../../fit/drain';
import { formatId, type ObjectId } from '../../manifest/manifest';
import { counted } from '../counts';

/** What keeps a node from being drained: a line of a report. */
export interface DrainTrouble {
  readonly node: string;
  readonly what: 'blocked' | 'no new node';
  readonly pod: ObjectId;
  readonly message: string;
}

export function drainTroubles(drains: readonly NodeDrain[]): DrainTrouble[] {
  return drains.flatMap(({ node, blocked, homeless }) => [
    ...blocked.map(({ pod, message }): DrainTrouble => ({ node, what: 'blocked', pod, message })),
    ...homeless.map(({ pod, message }): DrainTrouble => ({ node, what: 'no new node', pod, message })),
  ]);
}

/** `2 of 3 nodes can be drained`. */
export function drainSummary(drains: readonly NodeDrain[]): string {
  const fine = drains.filter(({ blocked, homeless }) => blocked.length + homeless.length === 0).length;
  return `${fine} of ${counted(drains.length, 'node')} can be drained`;
}

/** What kubectl asks for before it evicts pods with an `emptyDir`; nothing where there are none. */
export function emptyDirNote(drains: readonly NodeDrain[]): string | undefined {
  const pods = new Set(drains.flatMap(({ emptyDirs }) => emptyDirs.map(formatId)));
  if (pods.size === 0) return undefined;
  return `${counted(pods.size, 'pod')} would lose the data of an emptyDir: kubectl drain needs --delete-emptydir-data`;
}
