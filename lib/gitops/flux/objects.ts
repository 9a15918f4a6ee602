import { isEncrypted } from '../../manifest/encrypted';
import type { KubeObject, Manifest } from '../../manifest/manifest';

const FORCE = 'kustomize.toolkit.fluxcd.io/force';

/** A Job whose name ends in a hash of its spec: another one is another Job. */
const HASHED = /-[0-9a-f]{10}$/;

/**
 * The object as Flux is to apply it: a Job with a fixed name is immutable, and replaced where it changes.
 *
 * Source: "Force" in "Kustomization" of Flux.
 */
export function forFlux({ object }: Manifest): KubeObject {
  const { kind, apiVersion, metadata } = object;
  const isFixed = kind === 'Job' && apiVersion.startsWith('batch/') && !HASHED.test(metadata.name ?? '');
  const { annotations = {} } = metadata;
  if (!isFixed || FORCE in annotations || isEncrypted(object)) return object;
  const all = Object.entries({ ...annotations, [FORCE]: 'enabled' }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...object, metadata: { ...metadata, annotations: Object.fromEntries(all) } };
}
