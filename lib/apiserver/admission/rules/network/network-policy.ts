import { cidrProblem, isStrictlyWithin, parseCidr } from '../../../../kube/ip';
import { portName } from '../../../../kube/names';
import { PROTOCOLS } from '../../../../kube/ports';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { mustBePort } from '../pod/containers';
import { labelSelector } from '../selectors';

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go ValidateNetworkPolicy, ValidateNetworkPolicySpec 1.36 */
export const networkPolicy: KindRule = {
  kind: 'networking.k8s.io/NetworkPolicy',
  about: 'Pod selector, peers with their address blocks, ports and ranges of ports.',
  check(object) {
    const spec = object.child('spec');
    labelSelector(spec.child('podSelector'));
    for (const [direction, peers] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const) {
      for (const rule of spec.child(direction).items) {
        for (const port of rule.child('ports').items) policyPort(port);
        for (const each of rule.child(peers).items) peer(each);
      }
    }
    const types = spec.child('policyTypes');
    if (types.size > 2) return types.invalid('must be at most Ingress and Egress');
    for (const type of types.items) type.mustBeOneOf(['Ingress', 'Egress']);
  },
};

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go ValidateNetworkPolicyPort 1.36 */
function policyPort(field: CheckedField): void {
  const [port, end] = [field.child('port'), field.child('endPort')];
  field.child('protocol').mustBeOneOf(PROTOCOLS);
  if (typeof port.value === 'string') {
    if (end.isSet) end.invalid('must not be set when port is a name');
    port.must(portName);
  } else if (port.isSet) {
    mustBePort(port);
    if (!end.isSet) return;
    if (end.number < port.number) end.invalid(`must be at least the port ${port.number}`);
    mustBePort(end);
  } else if (end.isSet) end.invalid('must not be set without port');
}

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go ValidateNetworkPolicyPeer 1.36 */
function peer(field: CheckedField): void {
  const [pods, namespaces, block] = [
    field.child('podSelector'),
    field.child('namespaceSelector'),
    field.child('ipBlock'),
  ];
  for (const selector of [pods, namespaces]) labelSelector(selector);
  if (block.isSet) ipBlock(block);
  if (!pods.isSet && !namespaces.isSet && !block.isSet) field.required('must specify a peer');
  if (block.isSet && (pods.isSet || namespaces.isSet))
    field.forbidden('must have selectors or ipBlock, not both');
}

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go ValidateIPBlock 1.36 */
function ipBlock(block: CheckedField): void {
  const cidr = block.child('cidr');
  if (!cidr.needs()) return;
  cidr.must((text) => cidrProblem(text, cidr.gates));
  const outer = parseCidr(cidr.text);
  if (outer === undefined) return;
  for (const except of block.child('except').items) {
    except.must((text) => cidrProblem(text, except.gates));
    const inner = parseCidr(except.text);
    if (inner !== undefined && !isStrictlyWithin(inner, outer))
      except.invalid('must be a smaller block within cidr');
  }
}
