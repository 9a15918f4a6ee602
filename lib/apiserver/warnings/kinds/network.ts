import type { Field } from '../../../manifest/field';
import { address, addressBefore133, cidr, cidrBefore133 } from '../addresses';
import { quoted, type KindWarnings, type Warnings } from '../warning';

const HINTS = 'service.kubernetes.io/topology-aware-hints';
const MODE = 'service.kubernetes.io/topology-mode';
const INGRESS_CLASS = 'kubernetes.io/ingress.class';

/** Labels of objects whose controllers write addresses as they should be. */
const MANAGED = [
  ['endpointslice.kubernetes.io/managed-by', 'endpointslice-controller.k8s.io'],
  ['endpointslice.kubernetes.io/managed-by', 'endpointslicemirroring-controller.k8s.io'],
  ['endpoints.kubernetes.io/managed-by', 'endpoint-controller'],
] as const;

/** @source k8s.io/kubernetes pkg/api/service/warnings.go GetWarningsForService 1.37 */
export const service: KindWarnings = (object, warnings) => {
  const spec = object.child('spec');
  const [type, externalIPs] = [spec.child('type').text, spec.child('externalIPs')];
  const isHeadless = type === 'ClusterIP' && spec.child('clusterIP').text === 'None';
  const hints = object.at('metadata', 'annotations').key(HINTS);
  if (hints.isSet) warnings.add(hints, `annotation ${HINTS} is deprecated, please use ${MODE} instead`);
  addresses(spec, warnings);
  if (isHeadless && warnings.since('1.34')) headless(spec, warnings);
  if (externalIPs.size > 0 && !isHeadless && type !== 'ExternalName' && warnings.since('1.36'))
    warnings.add(
      externalIPs,
      'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
    );
  if (type === 'ExternalName' && externalIPs.size > 0 && warnings.since('1.28'))
    warnings.add(externalIPs, 'spec.externalIPs is ignored when spec.type is "ExternalName"');
  const externalName = spec.child('externalName');
  if (type !== 'ExternalName' && externalName.text !== '' && warnings.since('1.28'))
    warnings.add(externalName, 'spec.externalName is ignored when spec.type is not "ExternalName"');
  const distribution = spec.child('trafficDistribution');
  if (distribution.text === 'PreferClose' && warnings.since('1.35'))
    warnings.add(distribution, '"PreferClose" is deprecated; use "PreferSameZone"');
};

function addresses(spec: Field, warnings: Warnings): void {
  const isAfter = (): boolean => warnings.since('1.33');
  const ip = (field: Field): void => {
    if (field.isSet) (isAfter() ? address : addressBefore133)(field, warnings);
  };
  const range = (field: Field): void => {
    (isAfter() ? cidr : cidrBefore133)(field, warnings);
  };
  if (spec.child('clusterIP').text !== 'None' && spec.child('type').text !== 'ExternalName')
    for (const each of spec.list('clusterIPs')) ip(each);
  for (const each of spec.list('externalIPs')) ip(each);
  ip(spec.child('loadBalancerIP'));
  for (const each of spec.list('loadBalancerSourceRanges')) range(each);
}

function headless(spec: Field, warnings: Warnings): void {
  const ignored = (field: Field, name: string): void =>
    warnings.add(field, `${name} is ignored for headless services`);
  const balancer = spec.child('loadBalancerIP');
  if (balancer.text !== '') ignored(balancer, 'spec.loadBalancerIP');
  if (spec.child('externalIPs').size > 0) ignored(spec.child('externalIPs'), 'spec.externalIPs');
  const affinity = spec.child('sessionAffinity');
  if (affinity.isSet && affinity.text !== 'None') ignored(affinity, 'spec.SessionAffinity');
}

/** @source k8s.io/kubernetes pkg/registry/networking/ingress/strategy.go ingressStrategy.WarningsOnCreate 1.37 */
export const ingress: KindWarnings = (object, warnings) => {
  const annotation = object.at('metadata', 'annotations').key(INGRESS_CLASS);
  if (!annotation.isSet || object.at('spec', 'ingressClassName').isSet) return;
  const use = "please use 'spec.ingressClassName' instead";
  warnings.add(annotation, `annotation ${quoted(INGRESS_CLASS)} is deprecated, ${use}`);
};

/** @source k8s.io/kubernetes pkg/registry/networking/networkpolicy/strategy.go networkPolicyWarnings 1.37 */
export const networkPolicy: KindWarnings = (object, warnings) => {
  const peers = [
    ...object.list('spec', 'ingress').flatMap((rule) => rule.list('from')),
    ...object.list('spec', 'egress').flatMap((rule) => rule.list('to')),
  ];
  for (const block of peers.map((peer) => peer.child('ipBlock'))) {
    if (!block.isSet || !warnings.since('1.33')) continue;
    cidr(block.child('cidr'), warnings);
    for (const except of block.list('except')) cidr(except, warnings);
  }
};

/** @source k8s.io/kubernetes pkg/registry/discovery/endpointslice/strategy.go endpointSliceStrategy.WarningsOnCreate 1.37 */
export const endpointSlice: KindWarnings = (object, warnings) => {
  const type = object.child('addressType');
  if (type.text === 'FQDN') warnings.add(type, 'FQDN endpoints are deprecated', 'spec.addressType');
  if (!warnings.since('1.33') || isManaged(object)) return;
  for (const endpoint of object.list('endpoints'))
    for (const each of endpoint.list('addresses')) address(each, warnings);
};

/** @source k8s.io/kubernetes pkg/registry/core/endpoint/strategy.go endpointsWarnings 1.37 */
export const endpoints: KindWarnings = (object, warnings) => {
  if (!warnings.since('1.33') || isManaged(object)) return;
  for (const subset of object.list('subsets'))
    for (const list of ['addresses', 'notReadyAddresses'])
      for (const each of subset.list(list)) address(each.child('ip'), warnings);
};

function isManaged(object: Field): boolean {
  const labels = object.at('metadata', 'labels');
  return MANAGED.some(([label, controller]) => labels.key(label).text === controller);
}
