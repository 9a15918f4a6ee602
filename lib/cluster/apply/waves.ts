import { references } from '../../graph/references';
import { applyOrder, scopeOf } from '../../kube/kinds';
import { groupOf, identityKey, type Manifest, type ObjectId } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';

/** Objects that are applied at once. */
export interface Wave {
  readonly manifests: readonly Manifest[];
  /** What the next wave waits for: definitions until they are served, Jobs of migrations until they are done. */
  readonly awaited: readonly ObjectId[];
}

/**
 * The last kind of each stage, in the order of `applyOrder`: namespaces; definitions; what decides how pods are created;
 * what they need; their addresses, which they read once when they start; pods; what sends requests to them, or scales
 * them. What may refuse or change other objects comes last: nothing is asked of a webhook whose pods are about to start.
 */
const STAGES = [
  'Namespace',
  'CustomResourceDefinition',
  'LimitRange',
  'ResourceClaimTemplate',
  'EndpointSlice',
  'CronJob',
  'Ingress',
].map(applyOrder);

const [DEFINITIONS, NEEDED_BY_PODS, BEHIND_PODS] = [1, 3, 6];

/** Groups of custom resources that pods need: what makes their Secrets, and what says who may talk to them. */
const EARLY_GROUPS: ReadonlySet<string> = new Set([
  'bitnami.com',
  'cert-manager.io',
  'cilium.io',
  'external-secrets.io',
  'generators.external-secrets.io',
  'policy.linkerd.io',
  'secrets-store.csi.x-k8s.io',
  'secrets.hashicorp.com',
  'security.istio.io',
]);

function stageOf({ apiVersion, kind }: ObjectId): number {
  if (scopeOf(apiVersion, kind) === undefined)
    return EARLY_GROUPS.has(groupOf(apiVersion)) ? NEEDED_BY_PODS : BEHIND_PODS;
  const order = applyOrder(kind);
  const stage = STAGES.findIndex((last) => order <= last);
  return stage === -1 ? STAGES.length : stage;
}

/** Where an object stands among the others. */
interface Place {
  /** How many migrations come before it, one after another. */
  readonly segment: number;
  readonly stage: number;
  /** How many objects of its segment and stage, one after another, it names. */
  readonly depth: number;
}

/**
 * The objects of a set in the order in which they are applied, one wave after another: by their kinds, what is named before
 * what names it, and after each migration what it precedes. Deleting takes them the other way round.
 */
export function waves(set: ManifestSet): readonly Wave[] {
  const places = placesIn(set);
  const found = new Map<string, { readonly place: Place; readonly manifests: Manifest[] }>();
  for (const manifest of set) {
    const place = places.get(manifest);
    if (place === undefined) continue;
    const key = `${place.segment} ${place.stage} ${place.depth}`;
    const wave = found.get(key) ?? { place, manifests: [] };
    wave.manifests.push(manifest);
    found.set(key, wave);
  }
  const sorted = [...found.values()].sort((a, b) => compare(a.place, b.place));
  const precedingKeys = new Set([...set].flatMap(({ after = [] }) => after.map(identityKey)));
  const jobs = new Map<number, ObjectId[]>();
  for (const [{ id }, { segment }] of places)
    if (precedingKeys.has(identityKey(id))) jobs.set(segment, [...(jobs.get(segment) ?? []), id]);
  return sorted.map(({ place, manifests }, index) => {
    const definitions = manifests.filter(({ id }) => stageOf(id) === DEFINITIONS).map(({ id }) => id);
    const isLast = sorted[index + 1]?.place.segment !== place.segment;
    return { manifests, awaited: [...definitions, ...(isLast ? (jobs.get(place.segment) ?? []) : [])] };
  });
}

/** The same waves, after one of an object alone. */
export function withFirst(all: readonly Wave[], first: ObjectId | undefined): readonly Wave[] {
  const key = first && identityKey(first);
  const isFirst = ({ id }: Manifest): boolean => identityKey(id) === key;
  const manifests = all.flatMap((wave) => wave.manifests.filter(isFirst));
  if (manifests.length === 0) return all;
  const others = all.map((wave) => ({ ...wave, manifests: wave.manifests.filter((each) => !isFirst(each)) }));
  return [{ manifests, awaited: [] }, ...others.filter((wave) => wave.manifests.length > 0)];
}

function compare(a: Place, b: Place): number {
  return a.segment - b.segment || a.stage - b.stage || a.depth - b.depth;
}

function placesIn(set: ManifestSet): ReadonlyMap<Manifest, Place> {
  const named = namedIn(set);
  const segments = segmentsOf(set, named);
  const stages = new Map([...set].map((manifest) => [manifest, stageOf(manifest.id)]));
  const isBeside = (a: Manifest, b: Manifest): boolean =>
    stages.get(a) === stages.get(b) && segments.get(a) === segments.get(b);
  const depths = new Map<Manifest, number>();
  const depthOf = (manifest: Manifest, path: ReadonlySet<Manifest>): number => {
    const known = depths.get(manifest);
    if (known !== undefined) return known;
    // Objects that name each other have no order.
    if (path.has(manifest)) return -1;
    const inside = new Set([...path, manifest]);
    const beside = (named.get(manifest) ?? []).filter((other) => isBeside(manifest, other));
    const depth = Math.max(0, ...beside.map((other) => depthOf(other, inside) + 1));
    depths.set(manifest, depth);
    return depth;
  };
  return new Map(
    [...set].map((manifest): [Manifest, Place] => [
      manifest,
      {
        segment: segments.get(manifest) ?? 0,
        stage: stages.get(manifest) ?? 0,
        depth: depthOf(manifest, new Set()),
      },
    ]),
  );
}

/** What each object names in the set. */
function namedIn(set: ManifestSet): ReadonlyMap<Manifest, readonly Manifest[]> {
  const named = new Map<Manifest, Manifest[]>();
  for (const reference of references(set).references) {
    if (reference.type !== 'names' || reference.found === undefined || reference.found === reference.from)
      continue;
    named.set(reference.from, [...(named.get(reference.from) ?? []), reference.found]);
  }
  return named;
}

/** How many migrations come before each object, by itself or by what it names. */
function segmentsOf(
  set: ManifestSet,
  named: ReadonlyMap<Manifest, readonly Manifest[]>,
): ReadonlyMap<Manifest, number> {
  const byKey = new Map([...set].map((manifest) => [identityKey(manifest.id), manifest]));
  const segments = new Map([...set].map((manifest) => [manifest, 0]));
  const migrations = new Set([...set].flatMap(({ after = [] }) => after.map(identityKey)));
  const later = [...set].filter(({ id }) => stageOf(id) > DEFINITIONS);
  // Each round reaches one step further; more rounds than migrations there are only where these wait for each other.
  for (let isMoving = migrations.size > 0, rounds = 0; isMoving && rounds <= set.size; rounds++) {
    isMoving = false;
    for (const manifest of later) {
      const jobs = (manifest.after ?? []).map((id) => byKey.get(identityKey(id)));
      const least = Math.max(
        0,
        ...jobs.map((job) => (job === undefined ? 0 : (segments.get(job) ?? 0) + 1)),
        ...(named.get(manifest) ?? []).map((other) => segments.get(other) ?? 0),
      );
      const now = Math.min(least, migrations.size);
      if (now <= (segments.get(manifest) ?? 0)) continue;
      segments.set(manifest, now);
      isMoving = true;
    }
  }
  return segments;
}
