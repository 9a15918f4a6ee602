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
];

export const TARGET_NAMES: readonly string[] = TARGETS.map(({ name }) => name);
