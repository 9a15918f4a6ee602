import { isInstalled } from '../../profiles/installed';
import type { KubeObject } from '../../manifest/manifest';
import { pathInSource } from '../deployer';
import { ownedFields } from '../owned-fields';
import type { PlacedDeployment, TargetInput } from '../target';
import { namespacesOf } from './namespaces';

/** What all objects of Argo CD that are written have in common. */
export interface ArgoSettings {
  readonly namespace: string;
  readonly url: string;
  readonly revision: string;
  readonly isAutomated: boolean;
  readonly hydrates: boolean;
  /** The branch that the hydrator pushes to for a review, with `{environment}`. @default the one that is synced */
  readonly reviewed: string | undefined;
}

/** Where an Application deploys to: a cluster by its name or address, and the namespace of what says none. */
export type Destination = ({ readonly name: string } | { readonly server: string }) & {
  readonly namespace: string;
};

/** The cluster that Argo CD runs in. */
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/** @param report takes CONFIG_INVALID where the profile does not say which cluster it is */
export function destinationOf(
  { name, environment, profile, manifests }: PlacedDeployment,
  report: TargetInput['report'],
): Destination {
  const { argoCdCluster: cluster } = profile;
  const namespace = namespacesOf(manifests).own;
  if (cluster !== undefined)
    return /^https?:/.test(cluster) ? { server: cluster, namespace } : { name: cluster, namespace };
  if (environment !== undefined && !isInstalled(profile, 'argo-cd')) {
    report({
      code: 'CONFIG_INVALID',
      place: name,
      path: 'profile.argoCdCluster',
      message: `Required value: how Argo CD knows the cluster of "${environment}"`,
      hint:
        "Set argoCdCluster: 'name' in the profile where Argo CD runs in another cluster, as argocd cluster list prints it, " +
        "or installed: ['argo-cd'] where it runs in this one.",
    });
  }
  return { server: IN_CLUSTER, namespace };
}

/**
 * The spec of an Application.
 *
 * Source: "Declarative Setup", "Sync Options", "Diff Strategies", "Diff Customization" and "Source Hydrator" of Argo CD. The
 * diff of server-side apply that is not the server's own is discontinued there, so that each Application asks for the latter.
 */
export function specOf(
  deployment: PlacedDeployment,
  destination: unknown,
  project: string,
  settings: ArgoSettings,
  input: TargetInput,
): Record<string, unknown> {
  const ignored = ignoreDifferences(deployment);
  return {
    project,
    ...sourceOf(deployment, settings, input),
    destination,
    ...(ignored.length > 0 && { ignoreDifferences: ignored }),
    syncPolicy: {
      ...(settings.isAutomated && { automated: { prune: true, selfHeal: true } }),
      syncOptions: ['ServerSideApply=true', ...(ignored.length > 0 ? ['RespectIgnoreDifferences=true'] : [])],
    },
  };
}

/** The annotations of an Application. */
export const APPLICATION_ANNOTATIONS = { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' };

export function application(
  name: string,
  { namespace }: ArgoSettings,
  spec: Record<string, unknown>,
): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace, annotations: APPLICATION_ANNOTATIONS },
    spec,
  };
}

function sourceOf(
  deployment: PlacedDeployment,
  { url, revision, hydrates, reviewed }: ArgoSettings,
  input: TargetInput,
): Record<string, unknown> {
  const path = pathInSource(deployment, input);
  if (hydrates) {
    const drySource = { repoURL: url, targetRevision: revision, path, directory: { recurse: true } };
    const { environment = 'default', folder } = deployment;
    return { sourceHydrator: { drySource, ...branches(environment, folder, reviewed) } };
  }
  const targetRevision = deployment.artifact?.tag ?? revision;
  return { source: { repoURL: url, targetRevision, path, directory: { recurse: true } } };
}

/** The branches of an environment: what Argo CD syncs, and where its hydrator pushes to. */
export function branches(
  environment: string,
  path: string,
  reviewed: string | undefined,
): Readonly<Record<string, unknown>> {
  return {
    syncSource: { targetBranch: syncedBranch(environment), path },
    ...(reviewed !== undefined && {
      hydrateTo: { targetBranch: branchOf(reviewed, environment) },
    }),
  };
}

/** A branch in which `{environment}` is replaced. */
export function branchOf(branch: string, environment: string): string {
  return branch.replaceAll('{environment}', environment);
}

/** The branch that Argo CD syncs. */
export function syncedBranch(environment: string): string {
  return `environments/${environment}`;
}

function ignoreDifferences(deployment: PlacedDeployment): Record<string, unknown>[] {
  return ownedFields(deployment).map(({ manifest: { id }, group, pointers }) => ({
    ...(group !== '' && { group }),
    kind: id.kind,
    name: id.name,
    ...(id.namespace !== undefined && { namespace: id.namespace }),
    jsonPointers: pointers,
  }));
}
