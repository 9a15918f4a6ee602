import { MANAGER } from '../../cluster/apply/types';
import type { Cluster } from '../../cluster/client/cluster';
import { blastRadius } from '../../draw/blast';
import { readLive, type Unread } from '../../cluster/live/read';
import { removedObjects } from '../../cluster/live/removed';
import { readSurroundings } from '../../cluster/live/surroundings';
import { withoutValues } from '../../cluster/live/without-values';
import { APPLYSET } from '../../kube/applyset';
import { identify, identityKey, type KubeObject, type Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { applierOf } from '../../plan/drift/managers';
import { planLive } from '../../plan/plan-live';
import type { LiveSide, PlanPart } from '../../report/plan/report';
import { inCluster } from '../cluster/session';
import { placedIn, sourceFor, type Source } from '../cluster/manifests';
import { releaseFor } from '../cluster/release';
import type { Context } from '../terminal/context';
import type { PlanFlags } from './flags';
import type { Comparison } from './side';

/** A plan over a cluster as it is. */
export interface LivePlan {
  readonly comparison: Comparison;
  readonly parts: readonly PlanPart[];
  readonly live: LiveSide;
}

/**
 * Plans the app or files over what a cluster has, with no more than read access: what applying changes, and what somebody
 * else has changed in the cluster.
 *
 * @throws SeaworthyError USAGE, and as `connect` and `readSurroundings` do
 */
export async function planOverCluster(
  paths: readonly string[],
  flags: PlanFlags,
  context: Context,
): Promise<LivePlan> {
  const source = await sourceFor(paths, flags, context);
  return inCluster(flags, context, async (cluster) => {
    const set = await placedIn(cluster, source.manifests, flags.namespace);
    const [{ objects, unread }, around] = await Promise.all([
      readLive(
        cluster,
        set.manifests.map(({ id }) => id),
        context.io.signal,
      ),
      readSurroundings(cluster, set, { ...(context.io.signal && { signal: context.io.signal }) }),
    ]);
    tellUnread(unread, context);
    const there = [...objects.values()];
    const manager = flags.fieldManager ?? applierOf(there);
    const removed = await removedObjects(cluster, there, set, manager, context.io.signal);
    const read = set.filter(isRead(unread));
    const known = labelled(read, there, removed?.label);
    const assume = assumedBeside(set, around.objects);
    const changes = planLive([...there, ...(removed?.gone ?? [])], known, {
      manager,
      method: flags.apply ?? 'server-side',
      kubernetes: flags.kubernetes ?? releaseFor(around.kubernetes, context),
      assume,
      ...(removed?.recorded !== undefined && manager === MANAGER && { recorded: removed.recorded }),
      ...(source.profile !== undefined && { profile: source.profile }),
    });
    return {
      comparison: comparisonOf(cluster, [...there, ...(removed?.gone ?? [])], known, source),
      parts: [{ place: source.place, changes, blast: () => blastRadius({ changes }, { assume }) }],
      live: {
        cluster: cluster.name,
        manager,
        removed: removed === undefined ? 'unknown' : 'known',
        unread: unread.map(unreadPlace),
      },
    };
  });
}

/**
 * The manifests with the label of an application: those that are there with the one that they have, which no apply takes
 * away, and others with `label`.
 */
function labelled(
  set: ManifestSet,
  there: readonly KubeObject[],
  label: (object: KubeObject) => KubeObject = (object) => object,
): ManifestSet {
  const live = new Map(there.map((object) => [identityKey(identify(object)), object]));
  return ManifestSet.from(
    set.manifests.map((manifest) => {
      const { object, id } = manifest;
      const found = live.get(identityKey(id));
      if (found === undefined) return { ...manifest, object: label(object) };
      const own = found.metadata.labels?.[APPLYSET.partOf];
      if (own === undefined) return manifest;
      const labels = { ...object.metadata.labels, [APPLYSET.partOf]: own };
      return { ...manifest, object: { ...object, metadata: { ...object.metadata, labels } } };
    }),
  );
}

/** What a cluster has beside the manifests: of what they have themselves, theirs counts. */
function assumedBeside(set: ManifestSet, objects: readonly KubeObject[]): ManifestSet {
  const own = new Set(set.manifests.map(({ id }) => identityKey(id)));
  const others = objects.map((object) => ({ object, id: identify(object) }));
  return ManifestSet.from(others.filter(({ id }) => !own.has(identityKey(id))));
}

function isRead(unread: readonly Unread[]): (manifest: Manifest) => boolean {
  const hidden = new Set(unread.flatMap(({ ids }) => ids.map(identityKey)));
  return ({ id }) => !hidden.has(identityKey(id));
}

function unreadPlace({ plural, namespace, ids }: Unread): LiveSide['unread'][number] {
  return {
    resource: plural,
    ...(namespace !== undefined && { namespace }),
    names: ids.map(({ name }) => name),
  };
}

function tellUnread(unread: readonly Unread[], { terminal }: Context): void {
  for (const { plural, namespace, ids } of unread) {
    const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
    const names = ids.map(({ name }) => name).join(', ');
    terminal.say(`Not compared, since you may not get or list ${plural}${where}: ${names}`);
  }
}

function comparisonOf(
  cluster: Cluster,
  there: readonly KubeObject[],
  { manifests }: ManifestSet,
  { name, place, problems }: Source,
): Comparison {
  // What a cluster writes by itself, such as status, would be another plan each time.
  const before = there.flatMap((object) => withoutValues(object) ?? []);
  return {
    before: {
      name: cluster.name || cluster.server,
      places: new Map([[place, before.map((object) => ({ object, id: identify(object) }))]]),
    },
    after: { name, places: new Map([[place, manifests]]) },
    clusters: new Map(),
    problems,
  };
}
