import { keepsOff, toleration } from '../filters/taint-toleration';
import type { NodeTaint } from '../node-spec';
import type { PodShape, SpreadConstraint } from '../pods/shape';
import type { AffinityTerm } from '../pods/terms';
import type { Failure } from '../schedule/failure';
import type { FitNode } from '../state/node';
import { Field } from '../../manifest/field';
import { changed, withSpec, type Step } from './step';

/** Changes, each of which may take away a reason of a failure; those of requests are found by `lowerRequests`. */
export function stepsFor(shape: PodShape, { filters }: Failure, nodes: readonly FitNode[]): Step[] {
  return [...MAKERS].flatMap(([filter, make]) => (filters.has(filter) ? make(shape, nodes) : []));
}

type Maker = (shape: PodShape, nodes: readonly FitNode[]) => Step[];

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['TaintToleration', tolerations],
  ['NodeAffinity', nodeLabels],
  ['NodePorts', ports],
  ['PodTopologySpread', spreads],
  ['InterPodAffinity', affinities],
]);

/** So many sets of taints are tolerated by turns. */
const MOST_TAINTS = 5;

/** Tolerations of the taints of one node, those of nodes with fewer taints first. */
function tolerations(shape: PodShape, nodes: readonly FitNode[]): Step[] {
  const isTolerated = toleration(shape.tolerations);
  const sets = new Map<string, readonly NodeTaint[]>();
  for (const { facts } of nodes) {
    const taints = facts.taints.filter((taint) => keepsOff(taint) && !isTolerated(taint));
    if (taints.length > 0) sets.set(taints.map(taintText).join(', '), taints);
  }
  return [...sets]
    .sort(([, a], [, b]) => a.length - b.length)
    .slice(0, MOST_TAINTS)
    .map(([text, taints]) => {
      const added = taints.map(({ key, value = '', effect }) =>
        Field.root({ key, operator: 'Equal', value, effect }),
      );
      return {
        kind: 'toleration',
        text: `tolerate ${text}`,
        shape: changed(shape, { tolerations: [...shape.tolerations, ...added] }),
      };
    });
}

/** As kubectl writes it: `dedicated=gpu:NoSchedule`. */
function taintText({ key, value = '', effect }: NodeTaint): string {
  return `${key}${value === '' ? '' : `=${value}`}:${effect}`;
}

function nodeLabels(shape: PodShape): Step[] {
  const { spec } = shape;
  const selector = spec.child('nodeSelector').labels;
  const dropped = Object.entries(selector).map(([key, value]): Step => {
    const { [key]: _, ...rest } = selector;
    return {
      kind: 'node-selector',
      text: `drop nodeSelector ${key}: ${value}`,
      shape: withSpec(shape, { nodeSelector: rest }),
    };
  });
  const affinity = spec.child('affinity');
  if (!affinity.at('nodeAffinity', REQUIRED).isSet) return dropped;
  const { [REQUIRED]: _, ...nodeAffinity } = affinity.child('nodeAffinity').record;
  const step: Step = {
    kind: 'node-affinity',
    text: `prefer the nodes of its required node affinity (${REQUIRED.replace('required', 'preferred')})`,
    shape: withSpec(shape, { affinity: { ...affinity.record, nodeAffinity } }),
  };
  return [...dropped, step];
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';

function ports(shape: PodShape): Step[] {
  return shape.ports.map((port) => ({
    kind: 'host-port',
    text: `drop host port ${port.port}/${port.protocol}`,
    shape: changed(shape, { ports: shape.ports.filter((each) => each !== port) }),
  }));
}

/** So much larger a skew is tried. */
const MORE_SKEW = [1, 2, 3];

function spreads(shape: PodShape): Step[] {
  return shape.spread.flatMap((constraint): Step[] => {
    const others = shape.spread.filter((each) => each !== constraint);
    const by = `spread by ${constraint.topologyKey}`;
    const wider = MORE_SKEW.map((more): Step => {
      const next: SpreadConstraint = { ...constraint, maxSkew: constraint.maxSkew + more };
      return {
        kind: 'spread',
        text: `${by} with maxSkew ${next.maxSkew}`,
        shape: changed(shape, { spread: [...others, next] }),
      };
    });
    const softSpread = { constraints: [...shape.softSpread.constraints, constraint], needsAllKeys: true };
    const soft = changed(shape, { spread: others, softSpread });
    return [...wider, { kind: 'spread', text: `${by} with whenUnsatisfiable: ScheduleAnyway`, shape: soft }];
  });
}

function affinities(shape: PodShape): Step[] {
  const { affinity } = shape;
  const soft = (hold: 'required' | 'requiredAnti', kind: Step['kind'], verb: string) =>
    affinity[hold].map((term): Step => {
      const left = affinity[hold].filter((each) => each !== term);
      return {
        kind,
        text: `prefer ${verb} the pods of its term by ${term.topologyKey}${ordinal(affinity[hold], term)}, instead of requiring it`,
        shape: changed(shape, { affinity: { ...affinity, [hold]: left } }),
      };
    });
  return [
    ...soft('required', 'pod-affinity', 'to be near'),
    ...soft('requiredAnti', 'pod-anti-affinity', 'to be away from'),
  ];
}

function ordinal(terms: readonly AffinityTerm[], term: AffinityTerm): string {
  return terms.length === 1 ? '' : ` (term ${terms.indexOf(term) + 1})`;
}
