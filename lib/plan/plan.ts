import type { ApplyMethod } from '../apiserver/apply/method';
import { Definitions } from '../apiserver/admission/custom/definitions';
import { findingsOf } from '../check/admission';
import type { FieldError } from '../apiserver/admission/review';
import type { Finding } from '../check/finding';
import type { Cluster } from '../graph/cluster';
import { clusterPairs } from '../graph/clusters';
import { readOptions } from '../manifest/foreign';
import type { Manifest } from '../manifest/manifest';
import { checkedSet, scopedBy, type ManifestSet } from '../manifest/set';
import { applyMethod } from './apply-methods';
import type { Change, ClusterPlan, Plan } from './change';
import { changedFields } from './changed-fields';
import { consequencesOf } from './consequences/registry';
import type { Step } from './consequences/rule';
import { effectOf } from './effect';
import { ChangedKinds, isDefinitionManifest } from './definitions';
import { expansionErrors } from './expansion';
import { keptObjects } from './kept';
import { pairsOf, type Pair } from './pairs';
import { podSecurityErrors } from './pod-security';
import { recreated } from './recreated';
import { unservedError } from '../apiserver/update/served';
import { joinSuccessors } from './join-successors';
import { predecessorsOf } from './successors';
import { equal } from '../apiserver/update/equal';
import { serverKind, type Server } from '../apiserver/update/kind';
import { create, update, type Update } from '../apiserver/update/update';

export interface PlanOptions {
  /**
   * The release of every cluster: `1.31`, `v1.31.4`.
   *
   * @default that of each environment's profile, else the newest that Seaworthy knows
   */
  readonly kubernetes?: string;
  /**
   * How the objects are applied: with `kubectl apply --server-side`, with `kubectl apply`, or with Helm 3.
   *
   * @default 'server-side'
   */
  readonly apply?: ApplyMethod;
}

/**
 * What happens in clusters that hold `before` when `after` is applied over it by whoever had applied `before`, and what
 * is no longer there is deleted: what becomes of each object as the API server sees it, and what follows from that for
 * pods, data, traffic and permissions. Each environment is a cluster of its own, unless one of the sets names none.
 *
 * @throws SeaworthyError UNKNOWN_KUBERNETES for a release that is not known; INVALID_PROP for an unknown way to apply; DUPLICATE_IDENTITY where one of the sets
 * holds an object twice; NOT_AN_OBJECT for what is no set
 */
export function plan(before: ManifestSet, after: ManifestSet, options: PlanOptions = {}): Plan {
  const given = [checkedSet(before, 'before'), checkedSet(after, 'after')] as const;
  const [old, now] = [scopedBy(...given), scopedBy(given[1], given[0])];
  const { apply, ...facts } = readOptions(options, ['kubernetes', 'apply']);
  const method = applyMethod(apply);
  const clusters = clusterPairs(old, now, facts).map((pair): ClusterPlan => {
    const { environment } = pair.after;
    return {
      ...(environment !== undefined && { environment }),
      changes: planCluster(pair.before, pair.after, method),
    };
  });
  const changes = clusters.flatMap((cluster) => cluster.changes);
  return { changes: clusters.length === 1 ? changes : inOrder(changes, old, now), clusters };
}

/** The changes of one cluster: in the order of the new set; objects that are deleted come last, in their old order. */
export function planCluster(before: Cluster, after: Cluster, method?: ApplyMethod): Change[] {
  const pairs = pairsOf(before.set, after.set);
  const kept = keptObjects(
    pairs.flatMap((pair) => (pair.after === undefined && pair.before ? [pair.before] : [])),
  );
  const stepIn = (world: World, pair: Pair): Step =>
    pair.after === undefined ? goneStep(pair, kept) : stepOf(pair, world);
  const first = worldOf(before, after, method);
  // What becomes of definitions decides how objects of their kinds are read.
  const definitions = new Map(
    pairs.filter(isDefinitionManifest).map((pair) => [pair, stepIn(first, pair)] as const),
  );
  const kinds = new ChangedKinds([...definitions.values()].map(({ change }) => change));
  const world = worldOf(before, after, method, kinds);
  const made = pairs.map((pair) => definitions.get(pair) ?? stepIn(world, pair));
  const steps = joinSuccessors(made, predecessorsOf(pairs, before, after), world.server);
  const consequences = consequencesOf({ steps, before, after });
  return steps.map((step) => ({ ...step.change, consequences: consequences.get(step) ?? [] }));
}

function inOrder(changes: readonly Change[], before: ManifestSet, after: ManifestSet): Change[] {
  const [old, now] = [before, after].map(
    (set) => new Map<Manifest | undefined, number>([...set].map((manifest, index) => [manifest, index])),
  );
  const place = (change: Change): number =>
    now?.get(change.after) ?? after.size + (old?.get(change.before) ?? 0);
  return changes.toSorted((a, b) => place(a) - place(b));
}

/** What decides about a change, apart from the object itself. */
interface World {
  readonly server: Server;
  readonly kinds: ChangedKinds;
  readonly after: Cluster;
  readonly method?: ApplyMethod;
}

function worldOf(
  before: Cluster,
  after: Cluster,
  method?: ApplyMethod,
  kinds: ChangedKinds = new ChangedKinds([]),
): World {
  const { kubernetes } = after;
  const server = {
    kubernetes,
    definitions: new Definitions(kubernetes, kinds.standing, after.set, before.set),
    before: new Definitions(kubernetes, before.set, after.set),
  };
  return { server, kinds, after, ...(method !== undefined && { method }) };
}

function stepOf({ before, after }: Pair, world: World): Step {
  if (after === undefined) throw new Error('A pair has one side at least.');
  const { server, method, kinds } = world;
  if (before === undefined) {
    const fresh = create(after.object, server, method);
    const made = { ...fresh, violations: [...fresh.violations, ...podSecurityErrors(after, world.after)] };
    return { change: changeOf('created', made, { after }, world), now: made.now };
  }
  // Most objects do not change, and need no more than a look.
  const isRead = !kinds.has(after.object) && unservedError(after.object, server) === undefined;
  if (isRead && equal(before.object, after.object)) return { change: describe('none', { before, after }) };
  const updated = update(before.object, after.object, server, method);
  const inPlace = {
    ...updated,
    violations: [...updated.violations, ...expansionErrors(updated, world.after)],
  };
  const again = recreated({ before, after }, inPlace, server, method);
  const made = again?.made ?? inPlace;
  const changed = changeOf(again?.effect ?? effectOf(made), made, { before, after }, world);
  const change = again === undefined ? changed : { ...changed, recreated: again.recreated };
  return { change, now: made.now, ...(made.was !== undefined && { was: made.was }) };
}

function goneStep(pair: Pair, settings: ReadonlyMap<Manifest, string>): Step {
  const kept = pair.before && settings.get(pair.before);
  if (kept === undefined) return { change: describe('deleted', pair) };
  return { change: { ...describe('none', pair), kept } };
}

type Bare = Omit<Change, 'consequences'>;

function changeOf(
  effect: Change['effect'],
  made: Update,
  pair: Required<Pick<Pair, 'after'>> & Pair,
  { server, kinds }: World,
): Bare {
  const { after } = pair;
  const { was, now } = made;
  const violations = kinds.explain(after.object, made.violations);
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
