import { ANNOTATIONS_MAX_BYTES } from '../../kube/labels';
import { lastAppliedSize } from '../../kube/last-applied';
import { jsonText } from '../../manifest/json-text';
import type { KubeObject } from '../../manifest/manifest';
import { isRunAgain } from '../jobs';

const STRATEGY = 'strategy.spinnaker.io';
const VERSIONED = `${STRATEGY}/versioned`;
const RECREATE = `${STRATEGY}/recreate`;
const CAPACITY = `${STRATEGY}/use-source-capacity`;
const SERVER_SIDE = `${STRATEGY}/server-side-apply`;

/** Kinds to whose names Spinnaker appends a version. Ours follow their content where they have to, and others refer to them. */
const VERSIONED_KINDS: ReadonlySet<string> = new Set([
  'v1/ConfigMap',
  'v1/Pod',
  'v1/Secret',
  'apps/v1/ReplicaSet',
]);

/** Kinds whose replicas Spinnaker can leave as they are. */
const SCALED_KINDS: ReadonlySet<string> = new Set([
  'apps/v1/Deployment',
  'apps/v1/ReplicaSet',
  'apps/v1/StatefulSet',
]);

/**
 * The object as Spinnaker is to deploy it: under its own name; a Job that cannot be changed created anew; one whose replicas a
 * scaler owns with those that it has; one that is too large for the annotation of `kubectl apply` applied on the server. What
 * the app says itself counts.
 *
 * Source: "Reserved annotations" and "Resource management policies" in "Kubernetes Provider Overview" of Spinnaker, and
 * `KubernetesSourceCapacity` of its clouddriver.
 *
 * @param isScaled whether something in the cluster changes `spec.replicas`
 */
export function forSpinnaker(object: KubeObject, isScaled: boolean): KubeObject {
  const { annotations = {} } = object.metadata;
  const kind = `${object.apiVersion}/${object.kind}`;
  const added = {
    ...(VERSIONED_KINDS.has(kind) && { [VERSIONED]: 'false' }),
    ...(isRunAgain(object) && { [RECREATE]: 'true' }),
    ...(isScaled && SCALED_KINDS.has(kind) && { [CAPACITY]: 'true' }),
    ...(isTooLarge(object) && { [SERVER_SIDE]: 'true' }),
  };
  if (Object.keys(added).length === 0) return object;
  const all = Object.entries({ ...added, ...annotations }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...object, metadata: { ...object.metadata, annotations: Object.fromEntries(all) } };
}

/** Room for the annotations and labels that Spinnaker adds to an object. */
const SPINNAKERS = 2048;

function isTooLarge(object: KubeObject): boolean {
  return lastAppliedSize(jsonText(object)) + SPINNAKERS > ANNOTATIONS_MAX_BYTES;
}
