import { jsonText } from '../../manifest/json-text';
import { keepsOff, toleration } from '../filters/taint-toleration';
import type { PodShape, SpreadConstraint } from '../pods/shape';
import type { ClusterState } from './cluster-state';
import type { FitNode } from './node';
import type { DomainCounts } from './pod-counter';

/**
 * The pods that a constraint counts, by domain: on the nodes that have all keys, where those are needed, and that the
 * policies of the constraint do not leave out.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/filtering.go calPreFilterState 1.36
 */
export function spreadCounts(
  state: ClusterState,
  shape: PodShape,
  constraint: SpreadConstraint,
  keys: readonly string[],
): DomainCounts {
  const { spec, tolerations, takesNode } = shape;
  const { honorsAffinity, honorsTaints } = constraint;
  const isLimited = spec.child('nodeSelector').size > 0 || spec.at('affinity', 'nodeAffinity').isSet;
  if (keys.length === 0 && !(honorsAffinity && isLimited) && !honorsTaints)
    return state.counts(constraint.matcher, constraint.topologyKey);
  const which = jsonText([
    keys,
    honorsAffinity ? [spec.child('nodeSelector').record, spec.at('affinity', 'nodeAffinity').record] : null,
    honorsTaints ? tolerations.map(({ record }) => record) : null,
  ]);
  const isTolerated = toleration(tolerations);
  const counts = ({ facts }: FitNode): boolean =>
    keys.every((key) => Object.hasOwn(facts.labels, key)) &&
    (!honorsAffinity || takesNode(facts)) &&
    (!honorsTaints || facts.taints.every((taint) => !keepsOff(taint) || isTolerated(taint)));
  return state.countsAmong(constraint.matcher, constraint.topologyKey, which, counts);
}
