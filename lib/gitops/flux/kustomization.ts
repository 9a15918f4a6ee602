import { isEncrypted } from '../../manifest/encrypted';
import { groupOf, type KubeObject, type Manifest } from '../../manifest/manifest';
import type { OwnedFields } from '../owned-fields';
import type { FluxSettings } from './source';

/** One wave of a deployment. */
export interface Wave {
  readonly name: string;
  /** The Kustomization of the wave before. */
  readonly after: string | undefined;
  /** Its folder in the source. */
  readonly path: string;
  readonly manifests: readonly Manifest[];
  readonly owned: readonly OwnedFields[];
}

/** Kinds that are ready some time after they are applied. */
const CHECKED: ReadonlySet<string> = new Set([
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/StatefulSet',
  'batch/Job',
  'helm.toolkit.fluxcd.io/HelmRelease',
]);

/**
 * The Kustomization of a wave: it waits for its workloads, and for the wave before.
 *
 * Source: "Kustomization" of Flux's kustomize-controller, API version v1. `ignore` came with Flux 2.9.
 */
export function kustomization(
  source: string,
  { name, after, path, manifests, owned }: Wave,
  { namespace, interval, kind }: FluxSettings,
): KubeObject {
  const checks = manifests.filter(({ id }) => CHECKED.has(`${groupOf(id.apiVersion)}/${id.kind}`));
  const ignore = owned.map(({ manifest: { id }, group, pointers }) => ({
    paths: pointers,
    target: {
      ...(group !== '' && { group }),
      kind: id.kind,
      name: id.name,
      ...(id.namespace !== undefined && { namespace: id.namespace }),
    },
  }));
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace },
    spec: {
      ...(after !== undefined && { dependsOn: [{ name: after }] }),
      interval,
      retryInterval: '1m',
      timeout: '10m',
      prune: true,
      sourceRef: { kind, name: source },
      path,
      ...(manifests.some(({ object }) => isEncrypted(object)) && { decryption: { provider: 'sops' } }),
      ...(checks.length > 0 && {
        healthChecks: checks.map(({ id }) => ({
          apiVersion: id.apiVersion,
          kind: id.kind,
          name: id.name,
          namespace: id.namespace ?? 'default',
        })),
      }),
      ...(ignore.length > 0 && { ignore }),
    },
  };
}
