/** Counts over recorded objects, of one kind or of all. */
export interface Tally {
  total: number;
  agree: number;
  refused: number;
  caught: number;
  accepted: number;
  falseAlarms: number;
  applied: number;
  applyAgree: number;
  /** Objects that the server's validation refused with causes, and so did we. */
  located: number;
  pathAgree: number;
  pathsEqual: number;
  /** Warnings: of the server, of ours, and those that are both. */
  theirWarnings: number;
  ourWarnings: number;
  sameWarnings: number;
}

export const ZERO: Tally = {
  total: 0,
  agree: 0,
  refused: 0,
  caught: 0,
  accepted: 0,
  falseAlarms: 0,
  applied: 0,
  applyAgree: 0,
  located: 0,
  pathAgree: 0,
  pathsEqual: 0,
  theirWarnings: 0,
  ourWarnings: 0,
  sameWarnings: 0,
};

/** Counts over a recording: of all its objects, by kind, and what is left out because the cluster decides it. */
export interface Totals {
  readonly all: Tally;
  readonly byKind: ReadonlyMap<string, Tally>;
  readonly byCluster: ReadonlyMap<string, number>;
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)}%`;
}

/** How many verdicts the cluster decided, with the reasons; empty if there are none. */
export function clusterWords(byCluster: ReadonlyMap<string, number>): string {
  if (byCluster.size === 0) return '';
  const total = [...byCluster.values()].reduce((sum, count) => sum + count, 0);
  return `${total} left out, which the cluster decides: ${[...byCluster].map(([reason, count]) => `${count} × ${reason}`).join('; ')}`;
}
