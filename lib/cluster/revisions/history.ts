import { nearest, SeaworthyError } from '../../errors';
import { formatId, type KubeObject } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { Cluster } from '../client/cluster';
import { deleteObject, getObject, listObjects } from '../client/objects';
import { failed } from '../client/refusal';
import { idOf, textAt } from '../fields';
import { recordId, SECRETS, type AppName } from '../owned/record';
import { unpack } from './content';
import { contentOf, partId, placeOf, revisionIn, selectorOf, type Revision } from './revision';

/**
 * What an application was, the newest revision first. No data of Secrets is read.
 *
 * @throws SeaworthyError INVALID_NAME, CLUSTER_FORBIDDEN, CLUSTER_FAILED
 */
export async function history(cluster: Cluster, app: AppName, signal?: AbortSignal): Promise<Revision[]> {
  return revisionsIn(await partsOf(cluster, app, signal)).map(({ revision }) => revision);
}

/** The revisions that Secrets hold, the newest first, each with the Secret that says what it is. */
function revisionsIn(
  secrets: readonly KubeObject[],
): { readonly revision: Revision; readonly head: KubeObject }[] {
  const found = secrets.flatMap((head) => {
    const revision = revisionIn(head);
    return revision === undefined ? [] : [{ revision, head }];
  });
  return found.sort((a, b) => b.revision.revision - a.revision.revision);
}

/** The Secrets of an application's revisions, without their data. */
export async function partsOf(cluster: Cluster, app: AppName, signal?: AbortSignal): Promise<KubeObject[]> {
  const { namespace } = recordId(app);
  const selection = { namespace, labelSelector: selectorOf(app), metadataOnly: true };
  return listObjects(cluster, SECRETS, selection, signal);
}

/**
 * The objects of a revision.
 *
 * @throws SeaworthyError NOT_FOUND, naming the revisions that there are; CLUSTER_FAILED where it is damaged
 */
export async function readRevision(
  cluster: Cluster,
  app: AppName,
  revision: number,
  signal?: AbortSignal,
): Promise<ManifestSet> {
  const head = await read(cluster, app, revision, 0, signal);
  if (head === undefined) throw await missing(cluster, app, revision, signal);
  const { parts, digest } = contentOf(head);
  const others = Array.from({ length: parts - 1 }, (_, index) =>
    read(cluster, app, revision, index + 1, signal),
  );
  const pieces = [head, ...(await Promise.all(others))].map((secret) =>
    Buffer.from(textAt(secret, 'data', 'objects'), 'base64'),
  );
  const set = await unpack({ pieces, digest });
  if (set !== undefined) return set;
  throw new SeaworthyError({
    code: 'CLUSTER_FAILED',
    place: formatId(partId(app, revision, 0)),
    message: `revision ${revision} is damaged: its Secrets are not what was written`,
    hint: 'seaworthy history shows the others.',
  });
}

async function read(
  cluster: Cluster,
  app: AppName,
  revision: number,
  part: number,
  signal: AbortSignal | undefined,
): Promise<KubeObject | undefined> {
  const id = partId(app, revision, part);
  const found = await getObject(cluster, SECRETS, id, signal);
  return found.refusal === undefined ? found.object : failed(found.refusal, `read ${formatId(id)}`);
}

async function missing(
  cluster: Cluster,
  app: AppName,
  revision: number,
  signal: AbortSignal | undefined,
): Promise<SeaworthyError> {
  const kept = (await history(cluster, app, signal)).map((each) => each.revision);
  const near = nearest(String(revision), kept);
  return new SeaworthyError({
    code: 'NOT_FOUND',
    place: `application ${app.namespace}/${app.name}`,
    message:
      kept.length === 0
        ? 'it has no revisions in the cluster'
        : `it has no revision ${revision}; kept are ${kept.join(', ')}`,
    ...(near !== undefined && { hint: `Did you mean ${near}?` }),
  });
}

/**
 * The revision that a rollback goes back to, with all that are kept: the newest before the newest of all that was applied,
 * and has other objects than what runs. The same objects may have been applied again after others.
 *
 * @throws SeaworthyError INVALID_NAME, CLUSTER_FORBIDDEN, CLUSTER_FAILED
 */
export async function rollbackTarget(
  cluster: Cluster,
  app: AppName,
): Promise<{ readonly target: Revision | undefined; readonly kept: readonly Revision[] }> {
  const all = revisionsIn(await partsOf(cluster, app));
  const [newest] = all;
  const running = newest?.revision.state === 'applied' ? contentOf(newest.head).digest : undefined;
  const others = all.filter(({ head }) => contentOf(head).digest !== running);
  const kept = all.map(({ revision }) => revision);
  // Of one that did not come to its end, or was rolled back, nothing is left out.
  const before = running === undefined ? kept.slice(1) : others.map(({ revision }) => revision);
  return { target: before.find(({ state }) => state === 'applied'), kept };
}

/** The newest revision that was applied before the newest of all, which is what runs, or was on the way there. */
export function previousRevision(newestFirst: readonly Revision[]): Revision | undefined {
  return newestFirst.slice(1).find(({ state }) => state === 'applied');
}

/** Deletes Secrets of revisions; one that is gone already is fine. */
export async function deleteParts(
  cluster: Cluster,
  secrets: readonly KubeObject[],
  signal?: AbortSignal,
): Promise<void> {
  // What says that there is a revision goes first: half of one is none.
  const order = [...secrets].sort((a, b) => placeOf(a).part - placeOf(b).part);
  for (const secret of order) {
    const uid = textAt(secret, 'metadata', 'uid');
    const refusal = await deleteObject(cluster, SECRETS, idOf(secret), { uid, signal });
    if (refusal !== undefined && refusal.code !== 409) failed(refusal, `delete ${formatId(idOf(secret))}`);
  }
}
