import { baseFolder } from './folder';
import type { PlacedDeployment, Target } from './target';

const ownFolder = ({ folder }: PlacedDeployment): readonly string[] => [folder];

/** The targets of `seaworthy synth`. The command line, completion and the guide read their choices here. */
export const TARGETS: readonly Target[] = [
  {
    name: 'argocd',
    about: 'Applications of Argo CD with their project, and the manifests with sync waves',
    options: {
      namespace: { type: 'text', about: 'namespace of Argo CD (default: argocd)' },
      project: {
        type: 'text',
        about: 'an AppProject that is there already (default: one is written for each app)',
      },
      automated: {
        type: 'flag',
        about: 'whether Argo CD syncs, prunes and repairs on its own (default: true)',
      },
      applicationSet: {
        type: 'flag',
        about: 'one ApplicationSet an app instead of an Application an environment',
      },
      hydrator: {
        type: 'flag',
        about: 'Applications for the source hydrator, which syncs a branch an environment',
      },
      hydrateTo: {
        type: 'text',
        about: 'branch for a review before that, such as environments/{environment}-next (default: none)',
      },
    },
    outside: ({ name, app = 'app', environment }) => ({
      own: [`argocd/applications/${name}.yaml`],
      // What is in no environment has an Application of this name.
      binding: environment === undefined ? [] : [`argocd/applications/${app}.yaml`],
    }),
    deployerFolder: 'argocd/applications',
    objectsIn: ownFolder,
    load: async () => (await import('./argocd/render')).render,
  },
  {
    name: 'flux',
    about: 'a source and Kustomizations of Flux for each cluster, and the manifests by wave',
    options: {
      namespace: { type: 'text', about: 'namespace of Flux (default: flux-system)' },
      source: { type: 'word', words: ['git', 'oci'], about: 'GitRepository or OCIRepository (default: git)' },
      secret: { type: 'text', about: 'Secret with the credentials of the source (default: none)' },
      interval: { type: 'text', about: 'how often Flux looks (default: 10m)' },
      imageUpdates: {
        type: 'word',
        words: ['patch', 'minor', 'major'],
        about: 'image automation, and how far it goes (default: none)',
      },
      helmReleases: {
        type: 'flag',
        about: 'a HelmRelease for each HelmChart from a repository, instead of its objects',
      },
    },
    outside: ({ app = 'app', environment = 'default' }) => ({
      own: [`flux/clusters/${environment}/${app}.yaml`],
    }),
    deployerFolder: 'flux/clusters',
    objectsIn: ownFolder,
    load: async () => (await import('./flux/render')).render,
  },
  {
    name: 'helm',
    about: 'a Helm chart an environment, with the values that the code declares',
    options: {
      name: { type: 'text', about: 'name of the chart (default: that of the app)' },
      version: { type: 'text', about: 'version of the chart (default: 0.1.0)' },
      appVersion: { type: 'text', about: 'version of what it installs (default: none)' },
    },
    hasValues: true,
    load: async () => (await import('./helm/render')).render,
  },
  {
    name: 'kubectl',
    about: 'files that kubectl apply takes in their order',
    options: {
      applySet: { type: 'flag', about: 'labels of an ApplySet, and its parent (alpha in kubectl)' },
    },
    objectsIn: ownFolder,
    load: async () => (await import('./kubectl/render')).render,
  },
  {
    name: 'kustomize',
    about: 'a kustomization for kubectl apply -k and kustomize build',
    options: {
      overlays: {
        type: 'flag',
        about: 'a base with what all environments of an app share, and an overlay an environment',
      },
      patches: {
        type: 'flag',
        about: 'with overlays: objects that differ in few fields are in the base, too, and patched',
      },
    },
    outside: (deployment, placement) => ({ binding: [`${baseFolder(deployment, placement)}/`] }),
    objectsIn: (deployment, placement, { overlays }) => [
      ...(overlays === true ? [baseFolder(deployment, placement)] : []),
      deployment.folder,
    ],
    load: async () => (await import('./kustomize/render')).render,
  },
  {
    name: 'oci',
    about: 'an OCI image layout an environment, with the files of another target, to push to a registry',
    options: {
      content: {
        type: 'word',
        words: ['argocd', 'flux', 'kubectl', 'kustomize'],
        about: 'target whose files the artifact holds (default: kubectl)',
      },
      url: {
        type: 'text',
        about: 'repository in the registry, such as oci://ghcr.io/acme/{app}; Argo CD and Flux need it',
      },
      tag: { type: 'text', about: 'tag of the artifact (default: {environment}, or latest)' },
      mediaTypes: {
        type: 'word',
        words: ['flux', 'oci'],
        about: 'those of Flux, or those of an image (default: oci for argocd, else flux)',
      },
      namespace: { type: 'text', about: 'namespace of Argo CD or Flux' },
      project: { type: 'text', about: 'as for argocd' },
      automated: { type: 'flag', about: 'as for argocd' },
      applicationSet: { type: 'flag', about: 'as for argocd' },
      secret: { type: 'text', about: 'as for flux' },
      interval: { type: 'text', about: 'as for flux' },
      helmReleases: { type: 'flag', about: 'as for flux' },
    },
    outside: ({ name, app = 'app', environment = 'default' }) => ({
      own: [`oci/applications/${name}.yaml`, `oci/clusters/${environment}/${app}.yaml`],
      binding: [`oci/applications/${app}.yaml`],
    }),
    load: async () => (await import('./oci/render')).render,
  },
  {
    name: 'spinnaker',
    about: 'a pipeline of Spinnaker an app, which deploys its environments one after the other',
    options: {
      application: { type: 'text', about: 'application of Spinnaker (default: that of the name of the app)' },
      account: { type: 'text', about: 'account of clusters whose profile has no spinnakerAccount' },
      judgment: {
        type: 'word',
        words: ['later', 'all', 'none'],
        about: 'which environments wait for a Manual Judgment (default: later, all but the first)',
      },
    },
    outside: ({ app = 'app' }) => ({ binding: [`spinnaker/pipelines/${app}.json`] }),
    load: async () => (await import('./spinnaker/render')).render,
  },
];

export const TARGET_NAMES: readonly string[] = TARGETS.map(({ name }) => name);
