import { ARGO_HOOK, HELM_HOOK } from '../kube/deployers/hooks';
import type { KubeObject } from '../manifest/manifest';

/** A name that ends in a hash of the content: with another content it is another object. */
export const HASHED = /-[0-9a-f]{10}$/;

/** Whether an object is a Job. */
export function isJob({ apiVersion, kind }: KubeObject): boolean {
  return kind === 'Job' && apiVersion.startsWith('batch/');
}

/** Whether an object says itself when a deployer runs it. */
export function isHook({ metadata: { annotations = {} } }: KubeObject): boolean {
  return ARGO_HOOK in annotations || HELM_HOOK in annotations;
}

/**
 * Whether a Job has to be a hook. A Job is immutable, so that a change would fail; one that is deleted after a time would be
 * missing, and come again. One with a hash in its name and no such time is neither, and old ones are pruned.
 */
export function isRunAgain(object: KubeObject): boolean {
  if (!isJob(object) || isHook(object)) return false;
  const { metadata, spec } = object;
  const isDeleted = typeof spec === 'object' && spec !== null && 'ttlSecondsAfterFinished' in spec;
  return isDeleted || !HASHED.test(metadata.name ?? '');
}
