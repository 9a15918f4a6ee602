import type { Cluster } from '../graph/cluster';
import { clustersOf } from '../graph/clusters';
import type { ObjectReference } from '../graph/reference';
import { referencesIn } from '../graph/references';
import { scalersIn } from '../graph/scalers';
import type { Manifest } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import type { Deployment } from './target';

/** Kinds that only have to be there: they come no later than what refers to them. */
const REFERRED: ReadonlySet<string> = new Set([
  'ConfigMap',
  'ExternalSecret',
  'PersistentVolumeClaim',
  'Role',
  'ClusterRole',
  'SealedSecret',
  'Secret',
  'SecretProviderClass',
  'ServiceAccount',
]);

/** Kinds that deployers do not know to be needed by pods, and apply after them. */
const CLASSES: ReadonlySet<string> = new Set(['PriorityClass', 'RuntimeClass']);

/** What others are in, or of. */
const FOUNDATIONS: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'Namespace']);

type Waves = Map<Manifest, number>;

/**
 * The wave of each object, from 0 without gaps. A deployer that knows waves begins one when all that is in those before is
 * healthy; within one it goes by kinds.
 *
 * What has to be done before something else has a lower wave, by the declared dependencies. Chosen for all objects together,
 * so that no wave waits for a later one:
 * - what an object refers to is in no later wave than that object, so that a Migration finds its configuration, and neither
 *   are its permissions and policies;
 * - a claim is in the wave of its first pods, since it may be bound only when a pod uses it;
 * - an autoscaler is in no earlier wave than what it scales, without which it is degraded;
 * - namespaces and definitions are in the first one, classes of pods in one before them.
 */
export function wavesOf({ manifests, profile }: Deployment): ReadonlyMap<Manifest, number> {
  const [cluster] = clustersOf(ManifestSet.from(manifests), { profile });
  if (cluster === undefined) return new Map();
  const waves: Waves = new Map(cluster.set.manifests.map((each) => [each, each.stage ?? 0]));
  lowerReferred(cluster, waves);
  placeClaims(cluster, waves);
  raiseScalers(cluster, waves);
  placeFirst(waves);
  const used = [...new Set(waves.values())].sort((a, b) => a - b);
  // The set may hold copies, in the order of the manifests.
  return new Map(
    cluster.set.manifests.map((each, index) => [
      manifests[index] ?? each,
      used.indexOf(waves.get(each) ?? 0),
    ]),
  );
}

function lowerReferred(cluster: Cluster, waves: Waves): void {
  const { references } = referencesIn(cluster);
  const lower = (manifest: Manifest, to: Manifest): boolean => {
    const [wave, limit] = [waves.get(manifest), waves.get(to)];
    if (wave === undefined || limit === undefined || wave <= limit) return false;
    waves.set(manifest, limit);
    return true;
  };
  // Each round lowers what the last one made needed earlier: an account of a Job, then the role of the account.
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const reference of references) {
      for (const found of foundBy(reference)) {
        const { from } = reference;
        const isChild = REFERRED.has(found.id.kind) && lower(found, from);
        const isServing = servesFound(reference, found) && lower(from, found);
        if (isChild || isServing) isChanged = true;
      }
    }
  }
}

function foundBy(reference: ObjectReference): readonly Manifest[] {
  if (reference.type === 'selects') return reference.found;
  return reference.found === undefined ? [] : [reference.found];
}

/** Whether an object is there for what it refers to: permissions for their subject, policies for their pods. */
function servesFound({ from, role }: ObjectReference, found: Manifest): boolean {
  if (/RoleBinding$/.test(from.id.kind)) return found.id.kind === 'ServiceAccount';
  return from.id.kind === 'NetworkPolicy' && role === 'policy-pods';
}

function placeClaims(cluster: Cluster, waves: Waves): void {
  const graph = referencesIn(cluster);
  for (const manifest of waves.keys()) {
    if (manifest.id.kind !== 'PersistentVolumeClaim') continue;
    const users = graph.to(manifest).flatMap(({ from }) => waves.get(from) ?? []);
    if (users.length > 0) waves.set(manifest, Math.min(...users));
  }
}

function raiseScalers(cluster: Cluster, waves: Waves): void {
  for (const { manifest, scaled } of scalersIn(cluster)) {
    const [wave, target] = [waves.get(manifest), waves.get(scaled)];
    if (wave !== undefined && target !== undefined) waves.set(manifest, Math.max(wave, target));
  }
}

/** Namespaces and definitions come before all that may be in them or of them, classes before all pods. */
function placeFirst(waves: Waves): void {
  let least = Infinity;
  for (const [{ id }, wave] of waves) if (!CLASSES.has(id.kind)) least = Math.min(least, wave);
  for (const [manifest, wave] of waves) {
    const { kind } = manifest.id;
    if (CLASSES.has(kind) && wave >= least) waves.set(manifest, least - 1);
    if (FOUNDATIONS.has(kind)) waves.set(manifest, least);
  }
}
