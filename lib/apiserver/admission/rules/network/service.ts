import { cidrProblem, endpointIpProblem, ipProblem } from '../../../../kube/ip';
import { dnsLabel, dnsSubdomain, qualifiedName } from '../../../../kube/names';
import { PROTOCOLS } from '../../../../kube/ports';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { labels } from '../meta';
import { mustBePort } from '../pod/containers';
import { portReference } from '../pod/probes';
import { allocateIps, clusterIps, ipFields, isHeadless } from './service-ips';
import { allocatePorts } from './service-node-ports';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const LONGEST_AFFINITY = 86_400;
/** Where the kubelet listens. */
const KUBELET = 10_250;
/** The new annotation for topology aware routing, and the old one. */
const [TOPOLOGY_MODE, TOPOLOGY_HINTS] = [
  'service.kubernetes.io/topology-mode',
  'service.kubernetes.io/topology-aware-hints',
];

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateService, ValidateServiceCreate 1.36 */
export const service: KindRule = {
  kind: '/Service',
  about: 'Type, IPs and families, ports, traffic policies, load balancers; node ports by the default range.',
  beyond:
    'Whether an IP is in the range of the cluster, and whether another Service has it or a node port already.',
  check(object) {
    const spec = object.child('spec');
    const before = spec.errorCount;
    if (spec.child('type').text !== 'ExternalName') allocateIps(spec);
    if (spec.errorCount === before) allocatePorts(spec);
    if (spec.errorCount > before) return;
    topology(object.child('metadata').child('annotations'));
    byType(spec);
    ports(spec);
    labels(spec.child('selector'));
    sessionAffinity(spec);
    if (spec.child('type').text !== 'ExternalName') ipFields(spec);
    for (const ip of spec.child('externalIPs').items) {
      if (ip.must((text) => ipProblem(text, ip.gates))) ip.must(endpointIpProblem);
    }
    spec.child('type').mustBeOneOf(TYPES);
    loadBalancer(spec, object.child('metadata').child('annotations').key(SOURCE_RANGES));
    traffic(spec);
  },
};

/**
 * The two annotations must have the same value.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateService 1.36
 */
function topology(annotations: CheckedField): void {
  const [mode, hints] = [annotations.key(TOPOLOGY_MODE), annotations.key(TOPOLOGY_HINTS)];
  if (mode.isSet && hints.isSet && mode.text !== hints.text)
    mode.invalid(`must be equal to ${TOPOLOGY_HINTS}`);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateService 1.36 */
function byType(spec: CheckedField): void {
  const type = spec.child('type').text;
  if (spec.child('ports').size === 0 && !isHeadless(spec) && type !== 'ExternalName') {
    spec.child('ports').required();
  }
  if (type === 'LoadBalancer' && !spec.since('1.33')) {
    for (const port of spec.child('ports').items)
      if (port.child('port').number === KUBELET)
        port.holding(KUBELET).invalid('must not be 10250, where the kubelet listens, before Kubernetes 1.33');
  }
  if (isHeadless(spec) && (type === 'NodePort' || type === 'LoadBalancer')) {
    for (const ip of clusterIps(spec).items) ip.invalid(`must not be None when the type is ${type}`);
  }
  if (type !== 'ExternalName') return;
  if (clusterIps(spec).size > 0)
    spec.child('clusterIPs').forbidden('must not be set when the type is ExternalName');
  if (spec.child('ipFamilies').size > 0)
    spec.child('ipFamilies').forbidden('must not be set when the type is ExternalName');
  const policy = spec.child('ipFamilyPolicy');
  if (policy.isSet) policy.forbidden('must not be set when the type is ExternalName');
  const name = spec.child('externalName');
  if (name.text.replace(/\.$/, '') === '') name.required();
  else name.must((text) => dnsSubdomain(text.replace(/\.$/, '')));
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateService 1.36 */
function ports(spec: CheckedField): void {
  const list = spec.child('ports').items;
  const isClusterIp = spec.child('type').text === 'ClusterIP';
  const [names, nodePorts, numbers] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const port of list) {
    servicePort(port, list.length > 1, names);
    const [nodePort, protocol] = [port.child('nodePort'), port.child('protocol').text];
    if (isClusterIp && nodePort.number !== 0)
      nodePort.forbidden('must not be set when the type is ClusterIP');
    const nodeKey = `${protocol} ${nodePort.number}`;
    if (nodePort.number !== 0 && nodePorts.has(nodeKey)) nodePort.duplicate();
    nodePorts.add(nodeKey);
    const key = `${protocol} ${port.child('port').number}`;
    if (numbers.has(key)) port.duplicate(`another port has the same protocol and number: ${key}`);
    numbers.add(key);
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateServicePort 1.36 */
function servicePort(port: CheckedField, needsName: boolean, names: Set<string>): void {
  const [name, number, target, app] = ['name', 'port', 'targetPort', 'appProtocol'].map((field) =>
    port.child(field),
  ) as [CheckedField, CheckedField, CheckedField, CheckedField];
  if (name.text === '') {
    if (needsName) name.required('', 'A Service with several ports names each of them.');
  } else {
    name.must(dnsLabel);
    if (names.has(name.text)) name.duplicate();
    names.add(name.text);
  }
  mustBePort(number);
  port.child('protocol').mustBeOneOf(PROTOCOLS);
  // A targetPort that is not set defaults to the port.
  const isSet = target.value !== undefined && target.value !== 0 && target.value !== '';
  portReference(isSet ? target : target.holding(number.number));
  if (app.isSet) app.must(qualifiedName);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateClientIPAffinityConfig 1.36 */
function sessionAffinity(spec: CheckedField): void {
  const affinity = spec.child('sessionAffinity');
  affinity.mustBeOneOf(['ClientIP', 'None']);
  // For None the server drops the configuration, and for ClientIP it sets the default.
  const timeout = spec.child('sessionAffinityConfig').child('clientIP').child('timeoutSeconds');
  if (affinity.text === 'ClientIP' && timeout.isSet) timeout.mustBeWithin(1, LONGEST_AFFINITY);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateLoadBalancerClassField, validateService 1.36 */
function loadBalancer(spec: CheckedField, annotation: CheckedField): void {
  const isBalancer = spec.child('type').text === 'LoadBalancer';
  const only = 'must not be set unless the type is LoadBalancer';
  // The server uses the Go name of the field.
  const ranges = spec.child('LoadBalancerSourceRanges').holding(spec.child('loadBalancerSourceRanges').value);
  if (ranges.size > 0) {
    if (!isBalancer) ranges.forbidden(only);
    const problemOf = (text: string): string | undefined => cidrProblem(text.trim(), ranges.gates);
    if (ranges.since('1.30')) for (const range of ranges.items) range.must(problemOf);
    else if (ranges.texts.some((text) => problemOf(text) !== undefined))
      ranges.invalid('must be a list of IP ranges, such as 10.240.0.0/24');
  } else if (annotation.isSet) {
    if (!isBalancer) annotation.forbidden(only);
    for (const range of annotation.text.trim() === '' ? [] : annotation.text.split(',')) {
      const problem = cidrProblem(range.trim(), annotation.gates);
      if (problem !== undefined) annotation.holding(range.trim()).invalid(problem);
    }
  }
  const [allocate, className] = [
    spec.child('allocateLoadBalancerNodePorts'),
    spec.child('loadBalancerClass'),
  ];
  if (allocate.isSet && !isBalancer) allocate.forbidden(only);
  if (!className.isSet) return;
  if (isBalancer) className.must(qualifiedName);
  else className.forbidden(only);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateServiceTrafficDistribution, validateServiceExternalTrafficPolicy, validateServiceInternalTrafficFieldsValue 1.36 */
function traffic(spec: CheckedField): void {
  const type = spec.child('type').text;
  const [external, healthPort] = [spec.child('externalTrafficPolicy'), spec.child('healthCheckNodePort')];
  const isExternal =
    type === 'LoadBalancer' ||
    type === 'NodePort' ||
    (type === 'ClusterIP' && spec.child('externalIPs').size > 0 && spec.since('1.29'));
  if (external.text !== '') {
    if (isExternal) external.mustBeOneOf(['Cluster', 'Local']);
    else external.invalid('may only be set for externally-accessible services');
  }
  const isChecked = type === 'LoadBalancer' && external.text === 'Local';
  if (!isChecked && healthPort.number !== 0) {
    healthPort.invalid('must not be set unless the type is LoadBalancer and externalTrafficPolicy is Local');
  } else if (isChecked && healthPort.number !== 0) mustBePort(healthPort);

  const internal = spec.child('internalTrafficPolicy');
  if (internal.isSet) internal.mustBeOneOf(['Cluster', 'Local']);
  const distribution = spec.child('trafficDistribution');
  if (!distribution.isSet) return;
  distribution.mustBeOneOf(
    spec.isOn('PreferSameTrafficDistribution')
      ? ['PreferClose', 'PreferSameZone', 'PreferSameNode']
      : ['PreferClose'],
  );
}
