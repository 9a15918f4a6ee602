import type { KubeObject } from '../../manifest/manifest';
import { pathInSource } from '../deployer';
import type { PlacedDeployment, TargetInput } from '../target';
import {
  APPLICATION_ANNOTATIONS,
  branches,
  IN_CLUSTER,
  specOf,
  type ArgoSettings,
  type Destination,
} from './application';

/**
 * One ApplicationSet that makes the Application of each environment, from a list.
 *
 * Source: "List Generator" and "Go Template" of Argo CD's ApplicationSet.
 */
export function applicationSet(
  name: string,
  project: string,
  settings: ArgoSettings,
  deployments: readonly (readonly [PlacedDeployment, Destination])[],
  input: TargetInput,
): KubeObject {
  const clusters = clustersOf(deployments, input);
  const [namespace, ...others] = new Set(deployments.map(([, destination]) => destination.namespace));
  const elements = deployments.map(([deployment, destination], index) => ({
    name: deployment.name,
    environment: deployment.environment ?? 'default',
    path: pathInSource(deployment, input),
    folder: deployment.folder,
    ...(deployment.artifact !== undefined && { revision: deployment.artifact.tag }),
    cluster: clusters.values[index] ?? '',
    ...(others.length > 0 && { namespace: destination.namespace }),
  }));
  const cluster = {
    [clusters.key]: '{{.cluster}}',
    namespace: others.length > 0 ? '{{.namespace}}' : namespace,
  };
  const isTagged = deployments.some(([{ artifact }]) => artifact !== undefined);
  const revision = isTagged ? { targetRevision: '{{.revision}}' } : {};
  const specs = deployments.map(([deployment]) => specOf(deployment, cluster, project, settings, input));
  // The sync options say whether anything is ignored.
  const spec = specs.find((each) => 'ignoreDifferences' in each) ?? specs[0] ?? {};
  const ignored = specs.flatMap(({ ignoreDifferences = [] }) => ignoreDifferences);
  const all = [...new Map(ignored.map((each) => [JSON.stringify(each), each])).values()];
  const { ignoreDifferences: _, source, sourceHydrator, ...rest } = spec;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name, namespace: settings.namespace },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements } }],
      // Else an environment that leaves the list would take all of its objects along.
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: { name: '{{.name}}', annotations: APPLICATION_ANNOTATIONS },
        spec: {
          ...rest,
          ...(source !== undefined && { source: { ...(source as object), path: '{{.path}}', ...revision } }),
          ...(sourceHydrator !== undefined && {
            sourceHydrator: templated(sourceHydrator as Hydrator, settings),
          }),
          ...(all.length > 0 && { ignoreDifferences: all }),
        },
      },
    },
  };
}

interface Hydrator {
  readonly drySource: object;
}

function templated({ drySource }: Hydrator, { reviewed }: ArgoSettings): object {
  return {
    drySource: { ...drySource, path: '{{.path}}' },
    ...branches('{{.environment}}', '{{.folder}}', reviewed),
  };
}

/**
 * The field by which all clusters can be named, with their values: the cluster of Argo CD itself has a name and an address.
 *
 * @param report takes CONFIG_INVALID where one is known by its name only, and another by its address only
 */
function clustersOf(
  deployments: readonly (readonly [PlacedDeployment, Destination])[],
  { report }: TargetInput,
): { readonly key: 'name' | 'server'; readonly values: readonly string[] } {
  const destinations = deployments.map(([, destination]) => destination);
  const servers = destinations.flatMap((each) => ('server' in each ? [each.server] : []));
  if (servers.length === destinations.length) return { key: 'server', values: servers };
  const names = destinations.map((each) => ('name' in each ? each.name : each.server));
  const address = servers.find((each) => each !== IN_CLUSTER);
  if (address !== undefined) {
    report({
      code: 'CONFIG_INVALID',
      path: 'profile.argoCdCluster',
      message: `Invalid value: "${address}": an ApplicationSet names all clusters alike, and others have names`,
      hint: 'Use names for all clusters, or addresses, or leave out applicationSet.',
    });
  }
  return { key: 'name', values: names.map((each) => (each === IN_CLUSTER ? 'in-cluster' : each)) };
}
