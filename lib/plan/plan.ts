import { Definitions } from '../apiserver/admission/custom/definitions';
import { findingsOf } from '../check/admission';
import type { FieldError } from '../apiserver/admission/review';
import type { Finding } from '../check/finding';
import { Cluster } from '../graph/cluster';
import { latestRelease, release } from '../kube/schema';
import type { Manifest } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import type { Change, Plan } from './change';
import { changedFields } from './changed-fields';
import { consequencesOf } from './consequences/registry';
import type { Step } from './consequences/rule';
import { effectOf } from './effect';
import { pairsOf, type Pair } from './pairs';
import { equal } from '../apiserver/update/equal';
import { serverKind, type Server } from '../apiserver/update/kind';
import { create, update, type Update } from '../apiserver/update/update';

export interface PlanOptions {
  /**
   * The release of the cluster: `1.31`, `v1.31.4`.
   *
   * @default the newest that Seaworthy knows
   */
  readonly kubernetes?: string;
}

/**
 * What happens in a cluster that holds `before` when `after` is applied in its place by whoever had applied `before`,
 * and what is no longer there is deleted: what becomes of each object as the API server sees it, and what follows from
 * that for pods, data, traffic and permissions.
 *
 * @throws SeaworthyError UNKNOWN_KUBERNETES for a release that is not known; DUPLICATE_IDENTITY where one of the sets
 * holds an object twice
 */
export function plan(before: ManifestSet, after: ManifestSet, options: PlanOptions = {}): Plan {
  const kubernetes = options.kubernetes === undefined ? latestRelease : release(options.kubernetes);
  const server = { kubernetes, definitions: new Definitions(kubernetes, after, before) };
  const steps = pairsOf(before, after).map((pair) => stepOf(pair, server));
  const [was, now] = [before, after].map((set) => new Cluster(set, {}, { kubernetes })) as [Cluster, Cluster];
  const consequences = consequencesOf({ steps, before: was, after: now });
  return {
    changes: steps.map((step) => ({ ...step.change, consequences: consequences.get(step) ?? [] })),
  };
}

function stepOf({ before, after }: Pair, server: Server): Step {
  if (after === undefined) return goneStep(before);
  if (before === undefined) {
    const made = create(after.object, server);
    return { change: changeOf('created', made, { after }, server), now: made.now };
  }
  // Most objects do not change, and need no more than a look.
  if (equal(before.object, after.object)) return { change: describe('none', { before, after }) };
  const made = update(before.object, after.object, server);
  const change = changeOf(effectOf(made), made, { before, after }, server);
  return { change, now: made.now, ...(made.was !== undefined && { was: made.was }) };
}

function goneStep(before: Manifest | undefined): Step {
  if (before === undefined) throw new Error('A pair has one side at least.');
  return { change: describe('deleted', { before }) };
}

type Bare = Omit<Change, 'consequences'>;

function changeOf(
  effect: Change['effect'],
  made: Update,
  pair: Required<Pick<Pair, 'after'>> & Pair,
  server: Server,
): Bare {
  const { after } = pair;
  const { was, now, violations } = made;
  const { schema, isKnown } = serverKind(after.id.apiVersion, after.id.kind, server);
  const fields = was === undefined ? [] : changedFields(was, now, schema);
  if (violations.length === 0)
    return {
      ...describe(effect, pair),
      fields,
      ...(!isKnown && pair.before !== undefined && { byStructure: true }),
    };
  return { ...describe('rejected', pair), fields, reasons: reasonsOf(after, violations) };
}

function describe(effect: Change['effect'], { before, after }: Pair): Bare {
  const manifest = after ?? before;
  if (manifest === undefined) throw new Error('A pair has one side at least.');
  const { id, origin } = manifest;
  return {
    id,
    effect,
    fields: [],
    ...(origin !== undefined && { origin }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

function reasonsOf({ object, id, origin }: Manifest, violations: readonly FieldError[]): Finding[] {
  const findings = findingsOf(object, violations);
  return findings.map((finding) => ({ ...finding, id, ...(origin !== undefined && { origin }) }));
}
