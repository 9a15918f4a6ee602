import { admit } from '../../../lib/check/admit';
import { clusterReason } from './cluster-dependent';
import { ZERO, type Tally, type Totals } from './tally';
import type { Answer, Recorded } from '../recorded';

/** How our verdict about a recorded object compares with the server's. */
export interface Comparison {
  readonly verdict: boolean;
  /** Whether the paths are the same; nothing where one of the two does not name any. */
  readonly path?: boolean;
  /** What is on one side only, where the warnings differ. */
  readonly warnings?: { readonly ours: readonly string[]; readonly theirs: readonly string[] };
  /** Why the cluster decides the verdict, where it differs. */
  readonly byCluster?: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** Compares each object of a recording, and passes each comparison to `see`. */
export function compareAll(
  recorded: readonly Recorded[],
  kubernetes: string,
  see: (each: Recorded, comparison: Comparison) => void,
): Totals {
  const all = { ...ZERO };
  const byKind = new Map<string, Tally>();
  const byCluster = new Map<string, number>();
  for (const each of recorded) {
    const tally = byKind.get(each.object.kind) ?? { ...ZERO };
    const comparison = compare(each, kubernetes, [all, tally]);
    if (comparison.byCluster === undefined) byKind.set(each.object.kind, tally);
    else byCluster.set(comparison.byCluster, (byCluster.get(comparison.byCluster) ?? 0) + 1);
    see(each, comparison);
  }
  return { all, byKind, byCluster };
}

function compare(
  { object, create, apply }: Recorded,
  kubernetes: string,
  tallies: readonly Tally[],
): Comparison {
  const findings = admit(object, { kubernetes });
  const fine = findings.length === 0;
  const words = {
    ours: findings.map(({ path, message }) => `${path}: ${message}`),
    theirs: describe(create),
  };
  const byCluster = fine === create.ok ? undefined : clusterReason(create, findings);
  if (byCluster !== undefined) return { verdict: false, byCluster, ...words };
  const warnings = create.ok ? compareWarnings(object, create, kubernetes, tallies) : undefined;
  const theirs = new Set((create.causes ?? []).map(({ field }) => field ?? ''));
  const ours = [...new Set(findings.map(({ path }) => path))];
  const located = !fine && !create.ok && theirs.size > 0;
  const pathAgree = ours.some((path) => theirs.has(path));
  const pathsEqual = pathAgree && ours.length === theirs.size && ours.every((path) => theirs.has(path));
  for (const tally of tallies) {
    tally.total++;
    if (fine === create.ok) tally.agree++;
    if (create.ok) {
      tally.accepted++;
      if (!fine) tally.falseAlarms++;
    } else {
      tally.refused++;
      if (!fine) tally.caught++;
    }
    if (apply !== undefined) {
      tally.applied++;
      if (fine === apply.ok) tally.applyAgree++;
    }
    if (located) tally.located++;
    if (located && pathAgree) tally.pathAgree++;
    if (located && pathsEqual) tally.pathsEqual++;
  }
  return {
    verdict: fine === create.ok,
    ...(warnings !== undefined && { warnings }),
    ...(located && { path: pathsEqual }),
    ...words,
  };
}

/** The warnings of the server and of ours about an object, where they are not the same. */
function compareWarnings(
  object: object,
  { warnings = [] }: Answer,
  kubernetes: string,
  tallies: readonly Tally[],
): Comparison['warnings'] {
  const ours = admit(object, { kubernetes, warnings: true }).filter(({ severity }) => severity === 'warning');
  // Some warnings of the server begin with the field, some name it later, or not at all.
  const isSame = (theirs: string, { path, message }: (typeof ours)[number]): boolean =>
    theirs === message || theirs === `${path}: ${message}`;
  const same = warnings.filter((theirs) => ours.some((each) => isSame(theirs, each))).length;
  for (const tally of tallies) {
    tally.theirWarnings += warnings.length;
    tally.ourWarnings += ours.length;
    tally.sameWarnings += same;
  }
  if (same === warnings.length && same === ours.length) return undefined;
  return { ours: ours.map(({ path, message }) => `${path}: ${message}`), theirs: warnings };
}

function describe({ ok, message, causes = [] }: Answer): string[] {
  if (ok) return ['accepted'];
  if (causes.length === 0) return [message ?? ''];
  return causes.map(({ field, message: words }) => `${field}: ${words}`);
}
