import type { IConstruct } from 'constructs';
import type { Resources } from '../workloads/container/resources';
import { renderResources, RESOURCES } from '../workloads/container/resources';
import type { Toleration } from '../workloads/pod/scheduling';
import { checkTolerations, TOLERATIONS } from '../workloads/pod/scheduling';
import { checkAnnotations, checkLabels } from './metadata';
import type { Reporter } from './problems';
import { below, reporter } from './problems';
import type { Reference } from './reference';
import { nameIn, nameOrReference, PULL_SECRETS, renderPullSecrets } from './reference';
import type { Shapes } from './shape';
import { ENTRIES, record, text } from './shapes';

/**
 * Props for every workload of an app, an environment or a chart: each holds for workloads that do not set the prop
 * themselves. Maps, such as labels and resources, are merged by key; anything else is replaced as a whole. The nearer wins:
 * the workload before its chart, the chart before its environment, the environment before the app.
 *
 * Labels of a default are never part of a selector, which a cluster does not let change.
 */
export interface Defaults {
  /** Labels of every object that a workload makes. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the workloads themselves. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Labels of the pods. A change of them replaces the pods. @default none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Annotations of the pods. A change of them replaces the pods. @default none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** Secrets with the credentials of image registries. @default none */
  readonly imagePullSecrets?: readonly (string | Reference<'Secret'>)[];
  /** Requests and limits of every container, init containers and sidecars among them. @default no requests, no limits */
  readonly resources?: Resources;
  /** Name of the priority class. @default the cluster's default */
  readonly priorityClass?: string | Reference<'PriorityClass'>;
  /** Name of the runtime class. @default the cluster's default */
  readonly runtimeClass?: string | Reference<'RuntimeClass'>;
  /** Name of a node pool of the cluster profile, whose labels and taints apply. @default any node */
  readonly nodePool?: string;
  /** Labels that nodes must have. @default any node */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Taints that the pods tolerate. @default those of the node pool */
  readonly tolerations?: readonly Toleration[];
}

const SHAPES: Shapes<Defaults> = {
  labels: ENTRIES,
  annotations: ENTRIES,
  podLabels: ENTRIES,
  podAnnotations: ENTRIES,
  imagePullSecrets: PULL_SECRETS,
  resources: RESOURCES,
  priorityClass: nameOrReference<'PriorityClass'>(),
  runtimeClass: nameOrReference<'RuntimeClass'>(),
  nodePool: text,
  nodeSelector: ENTRIES,
  tolerations: TOLERATIONS,
};

/** Defaults, as a prop. */
export const DEFAULTS = record<Defaults>(SHAPES, { example: "{ labels: { team: 'shop' } }" });

type Check<V> = (value: V, prop: string, report: Reporter) => unknown;

/** What reports the problems of each default; those that only show on a workload are left to it. */
const CHECKS: { readonly [K in keyof Defaults]?: Check<NonNullable<Defaults[K]>> } = {
  labels: checkLabels,
  annotations: checkAnnotations,
  podLabels: checkLabels,
  podAnnotations: checkAnnotations,
  imagePullSecrets: (secrets, _, report) => renderPullSecrets(secrets, report),
  resources: (resources, prop, report) => renderResources(resources, below(prop, report)),
  priorityClass: (name, prop, report) => nameIn(name, 'PriorityClass', below(prop, report)),
  runtimeClass: (name, prop, report) => nameIn(name, 'RuntimeClass', below(prop, report)),
  nodeSelector: checkLabels,
  tolerations: (tolerations, prop, report) => checkTolerations(tolerations, below(prop, report)),
};

const defaultsOf = new WeakMap<IConstruct, Defaults>();

/** Sets the defaults of the workloads below `construct`. One that is wrong is reported here, once, and does not hold. */
export function setDefaults(construct: IConstruct, defaults: Defaults | undefined): void {
  if (defaults === undefined) return;
  const report = below('defaults', reporter(construct));
  const fine = Object.entries(defaults).filter(([prop, value]) => {
    let isFine = value !== undefined;
    const check = CHECKS[prop as keyof Defaults] as Check<unknown> | undefined;
    if (isFine)
      check?.(value, prop, (problem) => {
        isFine = false;
        report(problem);
      });
    return isFine;
  });
  defaultsOf.set(construct, Object.fromEntries(fine));
}

/** The defaults of the workload `construct`, from all that it is in; `undefined` where there are none. */
export function findDefaults(construct: IConstruct): Defaults | undefined {
  let found: Defaults | undefined;
  for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope) {
    const outer = defaultsOf.get(at);
    if (outer !== undefined) found = found === undefined ? outer : merged(outer, found);
  }
  return found;
}

/** The props whose entries are merged by key. */
const MAPS = ['labels', 'annotations', 'podLabels', 'podAnnotations', 'resources', 'nodeSelector'] as const;

/** `inner`, with what only `outer` sets. */
export function merged<P extends Defaults>(outer: Defaults, inner: P): P {
  const maps = MAPS.flatMap((prop) => {
    const [far, near] = [outer[prop], inner[prop]];
    return far === undefined || near === undefined ? [] : [[prop, { ...far, ...near }]];
  });
  const set = Object.entries(inner).filter(([, value]) => value !== undefined);
  return { ...outer, ...(Object.fromEntries([...set, ...maps]) as P) };
}
