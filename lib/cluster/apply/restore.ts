import { appliedPart } from '../../apiserver/apply/managed-fields';
import { serverKind } from '../../apiserver/update/kind';
import { identityKey } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { applyObject, deleteObject } from '../client/objects';
import type { Refusal } from '../client/refusal';
import { limited } from '../limited';
import type { Account } from './send';
import type { Survey } from './survey';
import { MANAGER, type FailedObject } from './types';
import { waves } from './waves';
import { write, type Addressed } from './write';

/**
 * Brings back what was there before: objects that were changed get the fields that Seaworthy had applied to them, in the
 * order of the waves; then those that were created go, the last ones first.
 *
 * @returns what could not be brought back
 */
export async function restore(
  cluster: Cluster,
  survey: Survey,
  { written }: Account,
  signal?: AbortSignal,
): Promise<FailedObject[]> {
  const failed: FailedObject[] = [];
  const made = new Map(written.map((each) => [identityKey(each.id), each]));
  const targets = new Map(survey.targets.map((target) => [target.key, target]));
  const all = waves(survey.set).map(({ manifests }) =>
    manifests.flatMap(({ id }) => {
      const [own, target] = [made.get(identityKey(id)), targets.get(identityKey(id))];
      const isSent = own !== undefined && target?.resource !== undefined;
      return isSent ? [{ ...own, target: { ...target, resource: target.resource } }] : [];
    }),
  );
  const tell = (target: Addressed, refusal: Refusal | undefined): void => {
    if (refusal !== undefined) failed.push({ id: target.manifest.id, reason: refusal.message, lines: [] });
  };
  for (const wave of all)
    await limited(
      wave.filter(({ how }) => how !== 'created'),
      async ({ target, uid, how }) =>
        tell(target, await bringBack(cluster, target, survey, how === 'recreated' ? uid : undefined, signal)),
    );
  for (const wave of all.toReversed())
    await limited(
      wave.filter(({ how }) => how === 'created'),
      async ({ target, uid }) =>
        tell(target, await deleteObject(cluster, target.resource, target.manifest.id, { uid, signal })),
    );
  return failed;
}

/** @param made the uid of the object that was created in place of the one that was there */
async function bringBack(
  cluster: Cluster,
  target: Addressed,
  survey: Survey,
  made: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Refusal | undefined> {
  const live = survey.live.get(target.key);
  if (live === undefined || survey.server === undefined) return undefined;
  const { schema } = serverKind(live.apiVersion, live.kind, survey.server);
  const object = appliedPart(live, MANAGER, schema);
  if (made !== undefined) {
    const before = { ...target, manifest: { ...target.manifest, object } };
    const outcome = await write(cluster, before, {
      live: { ...object, metadata: { ...object.metadata, uid: made } },
      isRecreated: true,
      takes: false,
      mayTake: () => false,
      signal,
    });
    return 'refusal' in outcome ? outcome.refusal : undefined;
  }
  // Fields that were taken over go back to what they were, whoever holds them.
  const { refusal } = await applyObject(cluster, target.resource, object, {
    manager: MANAGER,
    force: true,
    signal,
  });
  return refusal;
}
