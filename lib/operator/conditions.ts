import { cut } from '../text';
import {
  CONDITION_TYPES,
  type Condition,
  type ConditionType,
  type CustomResource,
  type Outcome,
  type ResourceStatus,
} from './types';

/** Characters of a message: the API server takes 32,768, and what is cut off is counted behind it. */
const LONGEST_MESSAGE = 32_000;

/**
 * The conditions of an outcome, as kstatus and `kubectl wait` read them: exactly one of the three is true.
 *
 * @source github.com/fluxcd/cli-utils pkg/kstatus/status/generic.go checkGenericProperties v1.2.3
 */
export function conditionsOf(
  { state, reason, message }: Outcome,
  { now, generation, before = [] }: ConditionTimes,
): readonly Condition[] {
  const truth: Readonly<Record<ConditionType, boolean>> = {
    Ready: state === 'ready',
    Progressing: state === 'progressing',
    Stalled: state === 'stalled',
  };
  return CONDITION_TYPES.map((type) => {
    const status = truth[type] ? 'True' : 'False';
    const last = before.find((each) => each.type === type);
    const lastTransitionTime = last?.status === status ? last.lastTransitionTime : time(now);
    return {
      type,
      status,
      reason,
      message: cut(message, LONGEST_MESSAGE),
      lastTransitionTime,
      ...(generation !== undefined && { observedGeneration: generation }),
    };
  });
}

/** When conditions are written, and what they were. */
export interface ConditionTimes {
  readonly now: Date;
  /** The generation that the outcome is about. @default not known */
  readonly generation?: number | undefined;
  /** The conditions so far: one whose status stays keeps its time. @default none */
  readonly before?: readonly Condition[] | undefined;
}

/** The status after an outcome. Written over an equal one it changes nothing: what stays keeps its time. */
export function nextStatus(resource: CustomResource, outcome: Outcome, now: Date): ResourceStatus {
  const { status = {} } = resource;
  const { generation } = resource.metadata;
  const { objects = status.objects, replicas = status.replicas, selector = status.selector } = outcome;
  return {
    ...(generation !== undefined && { observedGeneration: generation }),
    conditions: conditionsOf(outcome, { now, generation, before: status.conditions }),
    ...(objects !== undefined && { objects }),
    ...(replicas !== undefined && { replicas }),
    ...(selector !== undefined && { selector }),
  };
}

/** `metav1.Time` has whole seconds. */
function time(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
