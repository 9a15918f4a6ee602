import { namesIn } from '../pods/node-requirement';
import type { PodShape } from '../pods/shape';
import { lasting, type Filter } from './filter';

const NAME = 'NodeAffinity';
const REFUSAL = lasting(NAME, "node(s) didn't match Pod's node affinity/selector");
const NOT_LOOKED_AT = lasting(NAME, "node(s) didn't satisfy plugin(s) [NodeAffinity]");

/**
 * Nodes that `nodeSelector` and required node affinity ask for. A pod whose terms all name nodes is tried on those alone.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go PreFilter, Filter 1.36
 */
export const nodeAffinity: Filter = {
  name: NAME,
  hangsOn: 'node',
  for({ shape }) {
    const names = namesOf(shape);
    if (names?.size === 0) return { filter: NAME, message: 'pod affinity terms conflict' };
    return ({ facts }) => {
      if (names?.has(facts.name) === false) return NOT_LOOKED_AT;
      return shape.takesNode(facts) ? undefined : REFUSAL;
    };
  },
};

/** The nodes that a pod names, where each of its terms names some. */
export function namesOf({ spec }: PodShape): ReadonlySet<string> | undefined {
  const required = spec.at('affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  const terms = required.list('nodeSelectorTerms').map(namesIn);
  if (terms.length === 0) return undefined;
  const names = new Set<string>();
  for (const term of terms) {
    if (term === undefined) return undefined;
    for (const name of term) names.add(name);
  }
  return names;
}
