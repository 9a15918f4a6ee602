import type { Cluster } from '../../graph/cluster';
import { withDefaultResources } from '../../graph/limit-ranges';
import { knownOf } from '../../graph/objects';
import { Field } from '../../manifest/field';
import type { PlainRecord } from '../../manifest/data';

/** A pod's spec after the admission plugins that change what the scheduler sees. */
export interface Admitted {
  readonly spec: PlainRecord;
  readonly priority: number;
}

/**
 * The pods of kube-system's own classes.
 *
 * @source k8s.io/kubernetes pkg/apis/scheduling/v1/helpers.go SystemPriorityClasses 1.36
 */
const SYSTEM_CLASSES: ReadonlyMap<string, number> = new Map([
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
]);

/**
 * What the API server makes of the spec of a new pod: defaults of LimitRanges, what its RuntimeClass adds, its priority,
 * and that it stays a while on a node that is not ready.
 */
export function admitted(cluster: Cluster, namespace: string, given: PlainRecord): Admitted {
  const limited = withDefaultResources(cluster, namespace, given);
  const spec = withPriority(cluster, withTolerationSeconds(withRuntimeClass(cluster, limited)));
  return { spec, priority: priorityIn(spec) };
}

/** The same of a pod that the API server has already. */
export function alreadyAdmitted(cluster: Cluster, given: PlainRecord): Admitted {
  const spec = typeof given['priority'] === 'number' ? given : withPriority(cluster, given);
  return { spec, priority: priorityIn(spec) };
}

function priorityIn(spec: PlainRecord): number {
  const { priority } = spec;
  return typeof priority === 'number' ? priority : 0;
}

/**
 * A RuntimeClass adds its overhead, and what it asks of nodes.
 *
 * @source k8s.io/kubernetes plugin/pkg/admission/runtimeclass/admission.go setOverhead, setScheduling 1.36
 */
function withRuntimeClass(cluster: Cluster, spec: PlainRecord): PlainRecord {
  const name = spec['runtimeClassName'];
  if (typeof name !== 'string') return spec;
  const known = knownOf(cluster, 'node.k8s.io/RuntimeClass').find(
    ({ manifest }) => manifest.id.name === name,
  );
  if (known === undefined) return spec;
  const { root } = known;
  const overhead = root.at('overhead', 'podFixed');
  const own = Field.root(spec);
  return {
    ...spec,
    ...(overhead.isSet && { overhead: overhead.value }),
    nodeSelector: { ...own.child('nodeSelector').record, ...root.at('scheduling', 'nodeSelector').record },
    tolerations: [...own.list('tolerations'), ...root.list('scheduling', 'tolerations')].map(
      ({ value }) => value,
    ),
  };
}

/**
 * Every pod tolerates for five minutes that its node is not ready or cannot be reached.
 *
 * @source k8s.io/kubernetes plugin/pkg/admission/defaulttolerationseconds/admission.go Admit 1.36
 */
function withTolerationSeconds(spec: PlainRecord): PlainRecord {
  const own = Field.root(spec).list('tolerations');
  const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
    (key) =>
      !own.some((each) => {
        const [its, effect] = [each.child('key').text, each.child('effect').text];
        return (its === key || its === '') && (effect === 'NoExecute' || effect === '');
      }),
  );
  const added = missing.map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  }));
  return { ...spec, tolerations: [...own.map(({ value }) => value), ...added] };
}

/**
 * The priority of the class that a pod names, or of the default one.
 *
 * @source k8s.io/kubernetes plugin/pkg/admission/priority/admission.go admitPod 1.36
 */
function withPriority(cluster: Cluster, spec: PlainRecord): PlainRecord {
  const classes = knownOf(cluster, 'scheduling.k8s.io/PriorityClass');
  const name = spec['priorityClassName'];
  const isNamed = typeof name === 'string' && name !== '';
  const system = isNamed ? SYSTEM_CLASSES.get(name) : undefined;
  if (system !== undefined) return { ...spec, priority: system };
  const found = isNamed
    ? classes.find(({ manifest }) => manifest.id.name === name)
    : classes
        .filter(({ root }) => root.child('globalDefault').isTrue)
        .sort((a, b) => a.root.child('value').number - b.root.child('value').number)[0];
  if (found === undefined) return { ...spec, priority: 0 };
  const policy = found.root.child('preemptionPolicy').text;
  return {
    ...spec,
    priority: found.root.child('value').number,
    ...(policy !== '' && { preemptionPolicy: policy }),
  };
}
