import type { LabelSelector } from '../kube/labels';
import type { Field } from '../manifest/field';
import { selects } from './label-index';
import type { Pods } from './pods';
import { selectorAt } from './selectors';

/** Something by which the scheduler places pods near to others, away from them, or evenly. */
export interface PodSelection {
  /** The term or constraint. */
  readonly field: Field;
  /** The field with its selector. */
  readonly selectorField: Field;
  /** Which pods it counts; none where it has no selector, which counts none. */
  readonly selector: LabelSelector | undefined;
  /** The namespaces that it names; its own where it names none, `undefined` where a selector finds them. */
  readonly namespaces: readonly string[] | undefined;
  /** Whether it counts the pods that it is of. */
  readonly selectsItself: boolean;
}

/** The constraints by which pods spread (`topologySpreadConstraints`). */
export function spreadConstraints(pods: Pods): PodSelection[] {
  return pods.spec.list('topologySpreadConstraints').map((field) => selection(pods, field));
}

/** The terms of one kind of affinity to other pods. */
export function affinityTerms(
  pods: Pods,
  type: 'podAffinity' | 'podAntiAffinity',
  strength: 'required' | 'preferred',
): PodSelection[] {
  const items = pods.spec.list('affinity', type, `${strength}DuringSchedulingIgnoredDuringExecution`);
  const terms = strength === 'required' ? items : items.map((item) => item.child('podAffinityTerm'));
  return terms.map((field) => selection(pods, field));
}

const HOSTNAME = 'kubernetes.io/hostname';

/** Whether the pods of two workloads run on one node: one has to be near the other, or both are bound to a node. */
export function runTogether(a: Pods, b: Pods): boolean {
  const follows = (pods: Pods, others: Pods): boolean =>
    affinityTerms(pods, 'podAffinity', 'required').some(
      ({ field, selector, namespaces }) =>
        field.child('topologyKey').text === HOSTNAME &&
        selector !== undefined &&
        (namespaces ?? [others.namespace]).includes(others.namespace) &&
        selects(selector, others),
    );
  const nodeOf = ({ spec }: Pods): string =>
    spec.child('nodeName').text || spec.child('nodeSelector').key(HOSTNAME).text;
  return follows(a, b) || follows(b, a) || (nodeOf(a) !== '' && nodeOf(a) === nodeOf(b));
}

function selection(pods: Pods, field: Field): PodSelection {
  const selectorField = field.child('labelSelector');
  const selector = selectorAt(selectorField);
  const named = field.child('namespaces').texts;
  const namespaces = field.child('namespaceSelector').isSet
    ? undefined
    : named.length > 0
      ? named
      : [pods.namespace];
  const isNear = namespaces === undefined || namespaces.includes(pods.namespace);
  return { field, selectorField, selector, namespaces, selectsItself: isNear && selects(selector, pods) };
}
