import type { Problem } from '../../errors';
import type { HelmRelease } from '../../manifest/helm-release';
import type { KubeObject } from '../../manifest/manifest';
import type { Included } from './included';
import { patchesOf } from './post-renderers';
import type { FluxSettings } from './source';

/** Where Flux finds charts. */
export interface Source {
  /** The release that brings it. */
  readonly release: HelmRelease;
  readonly object: KubeObject;
}

const isOci = ({ repository = '' }: HelmRelease): boolean => repository.startsWith('oci:');

/** Of a HelmRepository all charts are, of an OCIRepository one version of one. */
export function sourceKey(release: HelmRelease): string {
  const { repository, repositorySecret, chart, version } = release;
  return JSON.stringify([repository, repositorySecret, ...(isOci(release) ? [chart, version] : [])]);
}

/**
 * The sources of all releases, by `sourceKey`.
 *
 * Source: "Helm Repositories" and "OCI Repositories" of Flux's source-controller, API version v1.
 */
export function sourcesOf(all: readonly Included[], settings: FluxSettings): ReadonlyMap<string, Source> {
  const { namespace, interval } = settings;
  const found = new Map<string, Source>();
  for (const { release, name } of all) {
    if (found.has(sourceKey(release))) continue;
    const { repository = '', chart, version, repositorySecret } = release;
    const about = isOci(release)
      ? {
          url: `${repository.replace(/\/+$/, '')}/${chart}`,
          // A tag has no "+", and Helm writes "_" instead.
          ref: { tag: version.replaceAll('+', '_') },
          layerSelector: {
            mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
            operation: 'copy',
          },
        }
      : { url: repository };
    const object: KubeObject = {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: isOci(release) ? 'OCIRepository' : 'HelmRepository',
      metadata: { name, namespace },
      spec: {
        interval,
        ...about,
        ...(repositorySecret !== undefined && { secretRef: { name: repositorySecret } }),
      },
    };
    found.set(sourceKey(release), { release, object });
  }
  return found;
}

/** What a HelmRelease has from others. */
interface Around {
  readonly settings: FluxSettings;
  /** What Flux calls each release. */
  readonly names: ReadonlyMap<string, string>;
  readonly source: KubeObject | undefined;
  readonly report: (problem: Problem) => void;
}

/**
 * What Flux installs a release by.
 *
 * Source: "Helm Releases" of Flux's helm-controller, API version v2.
 */
export function helmRelease(included: Included, { settings, names, source, report }: Around): KubeObject {
  const { release, name } = included;
  const { namespace: own, interval } = settings;
  const { name: releaseName, namespace = 'default', chart, version, values, crds, after = [] } = release;
  const dependsOn = after.flatMap((key) => names.get(key) ?? []).filter((other) => other !== name);
  const patches = patchesOf(included, report);
  const { kind = '', metadata } = source ?? {};
  const sourceRef = { kind, name: metadata?.name };
  const remediation = { retries: 3 };
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name, namespace: own },
    spec: {
      ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((other) => ({ name: other })) }),
      interval,
      releaseName,
      targetNamespace: namespace,
      storageNamespace: namespace,
      ...(isOci(release) ? { chartRef: sourceRef } : { chart: { spec: { chart, version, sourceRef } } }),
      install: { crds, remediation },
      upgrade: { crds, remediation },
      ...(values !== undefined && { values }),
      ...(patches.length > 0 && { postRenderers: [{ kustomize: { patches } }] }),
    },
  };
}
