import type { Severity } from '../../check/finding';

interface Kind {
  readonly name: string;
  /** Its heading in reports. */
  readonly title: string;
  /** What it is about, in one sentence. */
  readonly about: string;
  /** What `--fail-on` calls it. */
  readonly failure: string;
  /** A consequence of this severity, or a worse one, fails the plan. What goes as it should never does. */
  readonly failsFrom: Exclude<Severity, 'info'>;
  /** Whether it fails a plan unless somebody says otherwise: neither can be undone by applying the old state again. */
  readonly failsByDefault?: true;
}

/** What consequences are about, worst first. Types, reports, `--fail-on` and the reference page read this list. */
export const CONSEQUENCE_KINDS = [
  {
    name: 'data',
    title: 'Data',
    about: 'What is deleted with its data, what leaves data behind, and what can no longer shrink.',
    // Data that may be left behind is not lost.
    failure: 'data-loss',
    failsFrom: 'error',
    failsByDefault: true,
  },
  {
    name: 'rejected',
    title: 'Rejected',
    about: 'The API server rejects the object: which fields, and how to fix them.',
    failure: 'rejected',
    failsFrom: 'warning',
    failsByDefault: true,
  },
  {
    name: 'dropped',
    title: 'Dropped',
    about:
      'Fields that change and change nothing: the API server drops them, because a feature gate is off in the release or in the profile of the cluster.',
    failure: 'dropped',
    failsFrom: 'warning',
  },
  {
    name: 'downtime',
    title: 'Downtime',
    about:
      'Nothing serves for a while, new pods and old ones wait for each other, or new pods never become ready.',
    failure: 'downtime',
    failsFrom: 'warning',
  },
  {
    name: 'traffic',
    title: 'Traffic',
    about:
      'Addresses and ports that are removed, Services that lose their pods, hosts that nothing serves, and connections that network policies deny or allow.',
    failure: 'traffic',
    failsFrom: 'warning',
  },
  {
    name: 'access',
    title: 'Access',
    about: 'Permissions that a subject gains or loses, and the Pod Security level of a namespace.',
    failure: 'access',
    failsFrom: 'warning',
  },
  {
    name: 'identity',
    title: 'Identity',
    about:
      'Objects that are renamed or moved, which is a deletion and a creation for a cluster, and objects that stay in the cluster without a manifest.',
    failure: 'identity',
    failsFrom: 'warning',
  },
  {
    name: 'scaling',
    title: 'Scaling',
    about: 'How many pods run, and what decides that: the object or an autoscaler.',
    failure: 'scaling',
    failsFrom: 'warning',
  },
  {
    name: 'configuration',
    title: 'Configuration',
    about: 'Which workloads read a ConfigMap or Secret that changes, and when they see the new values.',
    failure: 'configuration',
    failsFrom: 'warning',
  },
  {
    name: 'rollout',
    title: 'Rollout',
    about:
      'Which pods are replaced, how many at a time, how many serve at the worst moment, and what budgets and quotas do to it.',
    failure: 'rollout',
    failsFrom: 'warning',
  },
] as const satisfies readonly Kind[];

/** What a consequence is about, worst first. */
export type ConsequenceKind = (typeof CONSEQUENCE_KINDS)[number]['name'];

/** What a plan can fail for. */
export type Failure = (typeof CONSEQUENCE_KINDS)[number]['failure'];
