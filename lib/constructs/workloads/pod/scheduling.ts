import type { LabelSelector } from '../../../kube/labels';
import { labelKey, labelValue } from '../../../kube/labels';
import type { NodePool, Taint } from '../../../profiles/cluster-profile';
import { TAINT_EFFECTS } from '../../../profiles/cluster-profile';
import { checkLabels } from '../../core/metadata';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { nonEmpty, nonEmptyRecord, optional } from '../../core/props';
import type { Reference } from '../../core/reference';
import { nameIn, nameOrReference } from '../../core/reference';
import type { Shapes } from '../../core/shape';
import {
  anyOf,
  choice,
  constant,
  ENTRIES,
  kubernetesObject,
  list,
  number,
  record,
  text,
} from '../../core/shapes';

/** Lets pods run on nodes with a taint. */
export interface Toleration {
  /** Key of the taint. @default every taint, with `operator: 'Exists'` */
  readonly key?: string;
  /** Whether the value must match. @default 'Equal', set by the API server */
  readonly operator?: 'Equal' | 'Exists';
  /** Value of the taint. @default '' */
  readonly value?: string;
  /** Effect of the taint. @default every effect */
  readonly effect?: Taint['effect'];
  /** Seconds that a running pod stays on the node after a `NoExecute` taint. @default for ever */
  readonly tolerationSeconds?: number;
}

/** How strictly pods are spread. */
export interface Spread {
  /** Whether pods are spread over zones. @default 'soft' where there are two or more replicas */
  readonly zones?: 'soft' | 'hard' | false;
  /** Whether pods are spread over nodes. @default 'soft' where there are two or more replicas */
  readonly hosts?: 'soft' | 'hard' | false;
}

/** On which nodes pods may run. */
export interface SchedulingProps {
  /** Labels that the node must have. @default any node */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Name of a node pool of the cluster profile, whose labels and taints apply. @default any node */
  readonly nodePool?: string;
  /** Affinity, as Affinity of core/v1: `{ nodeAffinity, podAffinity, podAntiAffinity }`. @default none */
  readonly affinity?: Readonly<Record<string, unknown>>;
  /** Taints that the pods tolerate. @default those of the node pool */
  readonly tolerations?: readonly Toleration[];
  /** Spread over zones and nodes; a list is TopologySpreadConstraints of core/v1; `false` leaves it to the scheduler.
   * @default soft over zones and nodes, from two replicas on
   */
  readonly spread?: Spread | false | readonly Readonly<Record<string, unknown>>[];
  /** The priority class, by name or reference. @default the cluster's default */
  readonly priorityClass?: string | Reference<'PriorityClass'>;
  /** The runtime class, by name or reference. @default the cluster's default */
  readonly runtimeClass?: string | Reference<'RuntimeClass'>;
  /** Name of the scheduler. @default 'default-scheduler', set by the API server */
  readonly scheduler?: string;
}

const TOLERATION = record<Toleration>({
  key: text,
  operator: choice(['Equal', 'Exists']),
  value: text,
  effect: choice(TAINT_EFFECTS),
  tolerationSeconds: number,
});

export const TOLERATIONS = list(TOLERATION);

const strictness = anyOf<'soft' | 'hard' | false>([constant(false), choice(['soft', 'hard'])]);

const SPREAD = anyOf<Exclude<SchedulingProps['spread'], undefined>>(
  [
    constant(false),
    list(kubernetesObject),
    record<Spread>({ zones: strictness, hosts: strictness }, { expected: '{ zones, hosts }' }),
  ],
  { hint: "Write it as { zones: 'hard' }." },
);

export const SCHEDULING_SHAPES: Shapes<SchedulingProps> = {
  nodeSelector: ENTRIES,
  nodePool: text,
  affinity: kubernetesObject,
  tolerations: TOLERATIONS,
  spread: SPREAD,
  priorityClass: nameOrReference<'PriorityClass'>(),
  runtimeClass: nameOrReference<'RuntimeClass'>(),
  scheduler: text,
};

/** What scheduling needs to know of its workload. */
export interface SchedulingPlace {
  /** Labels by which the workload's pods are found. */
  readonly selector: Readonly<Record<string, string>>;
  /** Selects the pods among which they are spread. @default by the selector */
  readonly spreadBy?: LabelSelector;
  /** Whether there are two pods or more that could be spread. */
  readonly severalPods: boolean;
  /** The node pools of the cluster's profile. */
  readonly pools: readonly NodePool[];
}

/** The fields of a pod that steer the scheduler. */
export function renderScheduling(props: SchedulingProps, place: SchedulingPlace, report: Reporter): object {
  const pool = props.nodePool === undefined ? undefined : findPool(props.nodePool, place.pools, report);
  const nodeSelector = { ...pool?.labels, ...props.nodeSelector };
  checkLabels(nodeSelector, 'nodeSelector', report);
  const poolTolerations = (pool?.taints ?? []).map(({ key, value, effect }) => ({
    key,
    ...(value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value }),
    effect,
  }));
  const own = checkTolerations(props.tolerations ?? [], below('tolerations', report));
  return {
    ...nonEmptyRecord('nodeSelector', nodeSelector),
    ...optional('affinity', props.affinity),
    ...nonEmpty('tolerations', [...poolTolerations, ...own]),
    ...nonEmpty('topologySpreadConstraints', renderSpread(props.spread, place)),
    ...optional(
      'priorityClassName',
      nameIn(props.priorityClass, 'PriorityClass', below('priorityClass', report)),
    ),
    ...optional(
      'runtimeClassName',
      nameIn(props.runtimeClass, 'RuntimeClass', below('runtimeClass', report)),
    ),
    ...optional('schedulerName', props.scheduler),
  };
}

function findPool(name: string, pools: readonly NodePool[], report: Reporter): NodePool | undefined {
  const pool = pools.find((candidate) => candidate.name === name);
  if (pool === undefined) {
    const known = pools.map((candidate) => candidate.name).join(', ') || 'none';
    const message = `the cluster profile has no node pool "${name}"; it has ${known}`;
    report({ code: 'INVALID_PROP', path: 'nodePool', message });
  }
  return pool;
}

/** Tolerations as they are written; one without a key tolerates all that it says nothing of. */
export function checkTolerations(
  tolerations: readonly Toleration[],
  report: Reporter,
): readonly Toleration[] {
  return tolerations.map((toleration, index) => {
    const whole = toleration.key === undefined ? { operator: 'Exists' as const, ...toleration } : toleration;
    checkToleration(whole, below(`[${index}]`, report));
    return whole;
  });
}

/** Source: ValidateTolerations of core/v1. */
function checkToleration(toleration: Toleration, report: Reporter): void {
  const { key, operator = 'Equal', value = '', effect, tolerationSeconds } = toleration;
  const wrongKey = key === undefined ? undefined : labelKey(key);
  if (wrongKey !== undefined)
    report({ code: 'INVALID_LABEL', path: 'key', message: `Invalid value: "${key}": ${wrongKey}` });
  const wrongValue = labelValue(value);
  if (wrongValue !== undefined)
    report({ code: 'INVALID_LABEL', path: 'value', message: `Invalid value: "${value}": ${wrongValue}` });
  if (operator === 'Exists' && value !== '')
    report({
      code: 'INVALID_PROP',
      path: 'value',
      message: 'Forbidden: operator "Exists" tolerates every value',
    });
  if (operator === 'Equal' && key === undefined)
    report({
      code: 'INVALID_PROP',
      path: 'operator',
      message: 'Invalid value: "Equal": must be "Exists" without a key',
    });
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    report({
      code: 'INVALID_PROP',
      path: 'tolerationSeconds',
      message: 'Forbidden: only allowed with effect "NoExecute"',
    });
}

/** Well-known node labels (kubernetes.io, Well-Known Labels, Annotations and Taints). */
const TOPOLOGY = { zones: 'topology.kubernetes.io/zone', hosts: 'kubernetes.io/hostname' } as const;

function renderSpread(
  spread: SchedulingProps['spread'],
  { selector, spreadBy = { matchLabels: selector }, severalPods }: SchedulingPlace,
): readonly object[] {
  if (spread === false) return [];
  if (isList(spread)) return spread;
  const fallback = severalPods ? 'soft' : false;
  return (['zones', 'hosts'] as const).flatMap((over) => {
    const wanted = spread?.[over] ?? fallback;
    if (wanted === false) return [];
    const whenUnsatisfiable = wanted === 'hard' ? 'DoNotSchedule' : 'ScheduleAnyway';
    return [
      {
        maxSkew: 1,
        topologyKey: TOPOLOGY[over],
        whenUnsatisfiable,
        labelSelector: spreadBy,
      },
    ];
  });
}

function isList(spread: SchedulingProps['spread']): spread is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(spread);
}
