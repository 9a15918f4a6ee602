import type { KubeObject } from '../../manifest/manifest';
import { groupOf } from '../../manifest/manifest';
import type { PlacedDeployment } from '../target';
import type { ArgoSettings, Destination } from './application';
import { namespacesOf } from './namespaces';

/**
 * The AppProject of an app: its repository, its clusters with the namespaces that it uses there, and the kinds without a
 * namespace that it has.
 *
 * Source: "Projects" in the user guide of Argo CD.
 */
export function projectOf(
  name: string,
  { namespace, url }: ArgoSettings,
  deployments: readonly (readonly [PlacedDeployment, Destination])[],
): KubeObject {
  const destinations = deployments.flatMap(([{ manifests }, destination]) => {
    return namespacesOf(manifests).all.map((each) => ({ ...destination, namespace: each }));
  });
  const kinds = new Map<string, { readonly group: string; readonly kind: string }>();
  for (const { id } of deployments.flatMap(([{ manifests }]) => manifests)) {
    if (id.namespace !== undefined) continue;
    const group = groupOf(id.apiVersion);
    kinds.set(`${group}/${id.kind}`, { group, kind: id.kind });
  }
  const allowed = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace },
    spec: {
      sourceRepos: [url],
      destinations: unique(destinations),
      ...(allowed.length > 0 && { clusterResourceWhitelist: allowed }),
    },
  };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
