import { dns1035Label, dnsSubdomain, pathSegment } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { labelSelector } from '../selectors';

/**
 * The kind of a policy's params.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateParamKind 1.36
 */
export function paramKind(field: CheckedField): void {
  const [apiVersion, kind] = [field.child('apiVersion'), field.child('kind')];
  if (apiVersion.needs()) {
    const [version = '', group, ...more] = apiVersion.text.split('/').reverse();
    if (more.length > 0) apiVersion.invalid('must be a group and a version');
    else {
      if (group !== undefined && group !== '' && dnsSubdomain(group) !== undefined)
        apiVersion.invalid('must have a DNS name as group');
      const problem = dns1035Label(version);
      if (problem !== undefined) apiVersion.invalid(`the version ${problem}`);
    }
  }
  if (kind.needs()) kind.must((text) => dns1035Label(text.toLowerCase()));
}

/**
 * The params that a binding passes to its policy: one object by name, or the objects that a selector matches.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateParamRef 1.36
 */
export function paramRef(field: CheckedField): void {
  if (!field.isSet) return;
  const [name, selector, action] = [
    field.child('name'),
    field.child('selector'),
    field.child('parameterNotFoundAction'),
  ];
  if (name.text !== '') name.must(pathSegment);
  if (selector.isSet) labelSelector(selector);
  if (name.text !== '' && selector.isSet) {
    for (const each of [name, selector]) each.forbidden('must not be set: it is name or selector, not both');
  }
  if (name.text === '' && !selector.isSet) field.required('must have name or selector');
  if (action.needs()) action.mustBeOneOf(['Deny', 'Allow']);
}
