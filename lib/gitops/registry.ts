import type { Target } from './target';

/** The targets of `seaworthy synth`. The command line, completion and the guide read their choices here. */
export const TARGETS: readonly Target[] = [
  {
    name: 'kubectl',
    about: 'files that kubectl apply takes in their order',
    options: {
      applySet: { type: 'flag', about: 'labels of an ApplySet, and its parent (alpha in kubectl)' },
    },
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
    },
    load: async () => (await import('./kustomize/render')).render,
  },
];

export const TARGET_NAMES: readonly string[] = TARGETS.map(({ name }) => name);
