import { endpointIpProblem, ipProblem } from '../../../../kube/ip';
import { dnsLabel, dnsSubdomain, qualifiedName } from '../../../../kube/names';
import { PROTOCOLS } from '../../../../kube/ports';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { mustBePort } from '../pod/containers';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateEndpointsCreate, ValidateEndpoints, validateEndpointSubsets 1.36 */
export const endpoints: KindRule = {
  kind: '/Endpoints',
  about: 'Addresses, ports and their names.',
  check(object) {
    for (const subset of object.child('subsets').items) {
      const [ready, notReady] = [subset.child('addresses'), subset.child('notReadyAddresses')];
      if (ready.size + notReady.size === 0) subset.required('must have addresses or notReadyAddresses');
      for (const each of [...ready.items, ...notReady.items]) address(each);
      const ports = subset.child('ports');
      for (const each of ports.items) port(each, ports.size > 1);
    }
  },
};

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateEndpointAddress 1.36 */
function address(field: CheckedField): void {
  const [ip, host, node] = [field.child('ip'), field.child('hostname'), field.child('nodeName')];
  ip.must((text) => ipProblem(text, ip.gates) ?? endpointIpProblem(text));
  if (host.text !== '') host.must(dnsLabel);
  if (node.isSet) node.must(dnsSubdomain);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateEndpointPort 1.36 */
function port(field: CheckedField, needsName: boolean): void {
  const [name, app] = [field.child('name'), field.child('appProtocol')];
  if (name.text !== '') name.must(dnsLabel);
  else if (needsName) name.required('must be set when there is more than one port');
  mustBePort(field.child('port'));
  field.child('protocol').mustBeOneOf(PROTOCOLS);
  if (app.isSet) app.must(qualifiedName);
}
