import { dns1035Label, dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { mustBePort } from '../pod/containers';

const LAST_GROUP_PRIORITY = 20_000;
const LAST_VERSION_PRIORITY = 1_000;

/** @source k8s.io/kube-aggregator pkg/apis/apiregistration/validation/validation.go ValidateAPIService 1.36 */
export const apiService: KindRule = {
  kind: 'apiregistration.k8s.io/APIService',
  about: 'Group and version, and how they make its name; priorities; the Service behind it.',
  check(object) {
    const [metadata, spec] = [object.child('metadata'), object.child('spec')];
    const [group, version] = [spec.child('group'), spec.child('version')];
    const expected = `${version.text}.${group.text}`;
    for (const name of [metadata.child('generateName'), metadata.child('name')]) {
      if (name.text !== '' && name.text !== expected)
        name.invalid(`must be the version and the group: ${expected}`);
    }
    if (group.text !== '') group.must(dnsSubdomain);
    else if (version.text !== 'v1') group.required();
    version.must(dns1035Label);
    spec.child('groupPriorityMinimum').mustBeWithin(1, LAST_GROUP_PRIORITY);
    spec.child('versionPriority').mustBeWithin(1, LAST_VERSION_PRIORITY);
    transport(spec);
  },
};

/** @source k8s.io/kube-aggregator pkg/apis/apiregistration/validation/validation.go ValidateAPIService 1.36 */
function transport(spec: CheckedField): void {
  const [service, bundle, isInsecure] = [
    spec.child('service'),
    spec.child('caBundle'),
    spec.child('insecureSkipTLSVerify'),
  ];
  if (!service.isSet) {
    if (bundle.text !== '') bundle.invalid('must not be set without a service');
    if (isInsecure.isTrue) isInsecure.invalid('must not be true without a service');
    return;
  }
  for (const field of ['namespace', 'name']) service.child(field).needs();
  mustBePort(service.child('port'));
  if (isInsecure.isTrue && bundle.text !== '')
    isInsecure.invalid('must not be true together with a caBundle');
}
