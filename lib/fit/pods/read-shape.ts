import { reservedFor } from '../../graph/pod-requests';
import { selectsAll } from '../../graph/selectors';
import { matches, type LabelSelector } from '../../kube/labels';
import type { PlainRecord } from '../../manifest/data';
import { Field } from '../../manifest/field';
import { jsonText } from '../../manifest/json-text';
import type { HostPort } from '../state/host-ports';
import { nodeTerm, requiredNodes } from './node-requirement';
import { resourcesOf } from './resources';
import type { PodAffinity, PodShape, SoftSpread, SpreadConstraint } from './shape';
import { affinityTerm, spreadMatcher, spreadSelector, type LabelClass, type NamespaceLabels } from './terms';

/** A pod as the API server has it, and what it means for the scheduler. */
export interface AdmittedPod {
  readonly class: LabelClass;
  readonly spec: PlainRecord;
  readonly priority: number;
  /** The selector by which the scheduler spreads it by default. */
  readonly defaultSelector: LabelSelector | undefined;
}

/**
 * What a container counts for in LeastAllocated if it requests nothing.
 *
 * @source k8s.io/kubernetes pkg/scheduler/util/pod_resources.go DefaultMilliCPURequest, DefaultMemoryRequest 1.36
 */
const LEAST = { cpu: '100m', memory: '200Mi' };

export function readShape(pod: AdmittedPod, namespaceLabels: NamespaceLabels): PodShape {
  const spec = Field.root(pod.spec);
  const overhead = spec.child('overhead');
  const counted = resourcesOf(reservedFor(pod.spec, overhead, LEAST));
  const containers = [...spec.list('initContainers'), ...spec.list('containers')];
  const volumes = spec.list('volumes').map((each) => each.at('image', 'reference').text);
  const preferred = spec.list('affinity', 'nodeAffinity', 'preferredDuringSchedulingIgnoredDuringExecution');
  const own = {
    class: pod.class,
    spec,
    requests: resourcesOf(reservedFor(pod.spec, overhead)),
    counted: { cpu: counted.cpu, memory: counted.memory },
    priority: pod.priority,
    priorityClass: spec.child('priorityClassName').text,
    preempts: spec.child('preemptionPolicy').text !== 'Never',
    tolerations: spec.list('tolerations'),
    nodeName: spec.child('nodeName').text,
    takesNode: requiredNodes(spec),
    preferredNodes: preferred.map((each) => ({
      takes: nodeTerm(each.child('preference')),
      weight: each.child('weight').number,
    })),
    ports: portsOf(spec),
    affinity: affinityOf(spec, pod.class, namespaceLabels),
    spread: constraintsOf(spec, pod.class, 'DoNotSchedule'),
    softSpread: softSpreadOf(spec, pod),
    images: [...containers.map((each) => each.child('image').text), ...volumes].filter((name) => name !== ''),
    containers: containers.length,
  };
  return { ...own, nodeKey: nodeKeyOf(own) };
}

/** What single nodes are asked: all that filters and scores of a node by itself read of a pod. */
export function nodeKeyOf(shape: Omit<PodShape, 'nodeKey'>): string {
  const { spec, requests, counted, tolerations, nodeName, ports, images, containers } = shape;
  return jsonText([
    { ...requests, others: [...requests.others] },
    counted,
    tolerations.map(({ record }) => record),
    nodeName,
    spec.child('nodeSelector').record,
    spec.at('affinity', 'nodeAffinity').record,
    ports,
    images,
    containers,
  ]);
}

/**
 * The host ports of the containers that keep running; with `hostNetwork`, all their ports are host ports.
 *
 * @source k8s.io/kubernetes pkg/scheduler/util/utils.go GetHostPorts 1.36
 */
function portsOf(spec: Field): HostPort[] {
  const sidecars = spec
    .list('initContainers')
    .filter((each) => each.child('restartPolicy').text === 'Always');
  const onHost = spec.child('hostNetwork').isTrue;
  return [...sidecars, ...spec.list('containers')]
    .flatMap((container) => container.list('ports'))
    .map((port) => ({
      ip: port.child('hostIP').text || '0.0.0.0',
      protocol: port.child('protocol').text || 'TCP',
      port: port.child('hostPort').number || (onHost ? port.child('containerPort').number : 0),
    }))
    .filter(({ port }) => port > 0);
}

function affinityOf(spec: Field, own: LabelClass, namespaceLabels: NamespaceLabels): PodAffinity {
  const terms = (type: string, strength: string): ReturnType<typeof affinityTerm>[] =>
    spec.list('affinity', type, `${strength}DuringSchedulingIgnoredDuringExecution`).map((each) => {
      const isRequired = strength === 'required';
      const term = isRequired ? each : each.child('podAffinityTerm');
      return affinityTerm(term, isRequired ? 0 : each.child('weight').number, own, namespaceLabels);
    });
  return {
    required: terms('podAffinity', 'required'),
    requiredAnti: terms('podAntiAffinity', 'required'),
    preferred: terms('podAffinity', 'preferred'),
    preferredAnti: terms('podAntiAffinity', 'preferred'),
  };
}

function constraintsOf(spec: Field, own: LabelClass, what: string): SpreadConstraint[] {
  return spec
    .list('topologySpreadConstraints')
    .filter((each) => each.child('whenUnsatisfiable').text === what)
    .map((each) => {
      const selector = spreadSelector(each, own.labels);
      return {
        topologyKey: each.child('topologyKey').text,
        maxSkew: each.child('maxSkew').number,
        minDomains: each.child('minDomains').number || 1,
        matcher: spreadMatcher(selector, own.namespace),
        acceptsItself: matches(selector, own.labels),
        honorsAffinity: each.child('nodeAffinityPolicy').text !== 'Ignore',
        honorsTaints: each.child('nodeTaintsPolicy').text === 'Honor',
      };
    });
}

/**
 * The constraints of a pod without any of its own, if a Service or its owner selects it.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/plugin.go systemDefaultConstraints 1.36
 */
const BY_DEFAULT = [
  ['kubernetes.io/hostname', 3],
  ['topology.kubernetes.io/zone', 5],
] as const;

function softSpreadOf(spec: Field, { class: own, defaultSelector }: AdmittedPod): SoftSpread {
  if (spec.list('topologySpreadConstraints').length > 0)
    return { constraints: constraintsOf(spec, own, 'ScheduleAnyway'), needsAllKeys: true };
  if (defaultSelector === undefined || selectsAll(defaultSelector))
    return { constraints: [], needsAllKeys: false };
  const constraints = BY_DEFAULT.map(([topologyKey, maxSkew]) => ({
    topologyKey,
    maxSkew,
    minDomains: 1,
    matcher: spreadMatcher(defaultSelector, own.namespace),
    acceptsItself: matches(defaultSelector, own.labels),
    honorsAffinity: true,
    honorsTaints: false,
  }));
  return { constraints, needsAllKeys: false };
}
