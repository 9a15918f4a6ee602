import { HELM_HOOK } from '../../kube/deployers/hooks';
import { clustersOf } from '../../graph/clusters';
import { referencesIn } from '../../graph/references';
import { isEncrypted } from '../../manifest/encrypted';
import { identityKey, type KubeObject, type Manifest, type ObjectId } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { HASHED, isHook, isJob, isRunAgain } from '../jobs';
import type { Deployment } from '../target';
import { wavesOf } from '../waves';

type Annotations = Readonly<Record<string, string>>;

/**
 * The annotations that make Jobs hooks of Helm, by object:
 *
 * | Job | runs |
 * |---|---|
 * | that others wait for, and that needs nothing of the chart | before all objects of the chart |
 * | that others wait for, and that needs objects of the chart | at an install after them, since they are not there before; at an upgrade before them, unless it needs one whose name changes with its content |
 * | that Helm could not change, or that deletes itself | after the objects of the chart |
 *
 * Its weight is its wave.
 */
export function hooksOf(deployment: Deployment): ReadonlyMap<Manifest, Annotations> {
  const awaited = new Set(deployment.manifests.flatMap(({ after = [] }) => after.map(identityKey)));
  const jobs = deployment.manifests.filter(
    ({ object }) => isJob(object) && !isHook(object) && !isEncrypted(object),
  );
  if (jobs.length === 0) return new Map();
  const waves = wavesOf(deployment);
  const needs = needsIn(deployment);
  return new Map(
    jobs.flatMap((manifest): [Manifest, Annotations][] => {
      const isAwaited = awaited.has(identityKey(manifest.id));
      if (!isAwaited && !isRunAgain(manifest.object)) return [];
      const events = isAwaited ? eventsOf(needs(manifest)) : ['post-install', 'post-upgrade'];
      const policies = ['before-hook-creation', ...(HASHED.test(manifest.id.name) ? ['hook-succeeded'] : [])];
      return [
        [
          manifest,
          {
            [HELM_HOOK]: events.join(','),
            // A hook is not of the release: nothing else deletes a former one of another name.
            'helm.sh/hook-delete-policy': policies.join(','),
            'helm.sh/hook-weight': String(waves.get(manifest) ?? 0),
          },
        ],
      ];
    }),
  );
}

function eventsOf(needs: readonly ObjectId[]): readonly string[] {
  if (needs.length === 0) return ['pre-install', 'pre-upgrade'];
  return ['post-install', needs.some(({ name }) => HASHED.test(name)) ? 'post-upgrade' : 'pre-upgrade'];
}

/** What a Job needs of its own chart: its namespace, what it refers to, and what comes before it by a declared dependency. */
function needsIn({ manifests, profile }: Deployment): (job: Manifest) => readonly ObjectId[] {
  const [cluster] = clustersOf(ManifestSet.from(manifests), { profile });
  const references = cluster === undefined ? [] : referencesIn(cluster).references;
  return (job) => {
    const key = identityKey(job.id);
    const referred = references.flatMap((reference) => {
      if (reference.type === 'selects' || identityKey(reference.from.id) !== key) return [];
      return reference.found === undefined ? [] : [reference.found.id];
    });
    const before = manifests.filter(({ stage = 0 }) => stage < (job.stage ?? 0)).map(({ id }) => id);
    const namespaces = manifests.filter(({ id }) => id.kind === 'Namespace' && id.name === job.id.namespace);
    return [...referred, ...before, ...namespaces.map(({ id }) => id)];
  };
}

/** `object` with annotations in addition to its own. */
export function annotated(object: KubeObject, annotations: Annotations | undefined): KubeObject {
  if (annotations === undefined) return object;
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } } };
}
