import { dnsLabel, dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { hasAsterisk } from './wildcard';

const LAST_PRECEDENCE = 10_000;
const VERBS = ['get', 'list', 'create', 'update', 'delete', 'deletecollection', 'patch', 'watch', 'proxy'];

/** The field that each kind of subject has. */
const SUBJECTS = { ServiceAccount: 'serviceAccount', User: 'user', Group: 'group' } as const;

/** The only schema that can have the highest precedence. */
const EXEMPT = 'exempt';

/** @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go ValidateFlowSchema, ValidateFlowSchemaSpec 1.36 */
export const flowSchema: KindRule = {
  kind: 'flowcontrol.apiserver.k8s.io/FlowSchema',
  about: 'Precedence, priority level, and the requests that it is for.',
  beyond: 'That the mandatory schemas, exempt and catch-all, do not change.',
  check(object) {
    const spec = object.child('spec');
    const [precedence, method, level] = [
      spec.child('matchingPrecedence'),
      spec.child('distinguisherMethod'),
      spec.child('priorityLevelConfiguration').child('name'),
    ];
    const isInRange = precedence.mustBeWithin(1, LAST_PRECEDENCE);
    if (isInRange && precedence.number === 1 && object.child('metadata').child('name').text !== EXEMPT)
      precedence.invalid(`must not be 1, which is for the schema ${EXEMPT}`);
    if (method.isSet) method.child('type').mustBeOneOf(['ByNamespace', 'ByUser']);
    if (level.needs('must name a priority level')) level.must(dnsSubdomain);
    for (const rule of spec.child('rules').items) rules(rule);
  },
};

/** @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go ValidateFlowSchemaPolicyRulesWithSubjects 1.36 */
function rules(field: CheckedField): void {
  const [subjects, resources, urls] = [
    field.child('subjects'),
    field.child('resourceRules'),
    field.child('nonResourceRules'),
  ];
  subjects.needs('must have at least one subject');
  for (const each of subjects.items) subject(each);
  if (resources.size + urls.size === 0) field.required('must have resourceRules or nonResourceRules');
  for (const each of resources.items) resourceRule(each);
  for (const each of urls.items) urlRule(each);
}

/** @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go ValidateFlowSchemaSubject, ValidateServiceAccountSubject 1.36 */
function subject(field: CheckedField): void {
  const kind = field.child('kind');
  if (!kind.mustBeOneOf(Object.keys(SUBJECTS))) return;
  for (const [other, name] of Object.entries(SUBJECTS)) {
    const given = field.child(name);
    if (other === kind.text) named(given, other === 'ServiceAccount');
    else if (given.isSet) given.forbidden(`must not be set when the kind is ${kind.text}`);
  }
}

/** @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go ValidateUserSubject, ValidateGroupSubject 1.36 */
function named(field: CheckedField, isServiceAccount: boolean): void {
  if (!field.isSet) return field.required('must be set for this kind of subject');
  const [name, namespace] = [field.child('name'), field.child('namespace')];
  const isNamed = name.needs();
  if (!isServiceAccount) return;
  if (isNamed && name.text !== '*') name.must(dnsSubdomain);
  if (namespace.needs('must be set: a ServiceAccount lives in a namespace')) namespace.must(dnsLabel);
}

/** @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go ValidateFlowSchemaResourcePolicyRule 1.36 */
function resourceRule(rule: CheckedField): void {
  verbs(rule.child('verbs'));
  for (const list of [rule.child('apiGroups'), rule.child('resources')]) {
    if (list.needs('must have at least one item, or *')) hasAsterisk(list);
  }
  const namespaces = rule.child('namespaces');
  if (namespaces.size === 0 && !rule.child('clusterScope').isTrue)
    return namespaces.required('must have at least one namespace, unless clusterScope is true');
  if (hasAsterisk(namespaces)) return;
  for (const namespace of namespaces.items) namespace.must(dnsLabel);
}

/** @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go ValidateFlowSchemaNonResourcePolicyRule 1.36 */
function urlRule(rule: CheckedField): void {
  verbs(rule.child('verbs'));
  const urls = rule.child('nonResourceURLs');
  if (!urls.needs('must have at least one URL, or *') || hasAsterisk(urls)) return;
  for (const url of urls.items) url.must(urlProblem);
}

function verbs(list: CheckedField): void {
  if (!list.needs('must have at least one verb, or *') || hasAsterisk(list)) return;
  if (!list.texts.every((verb) => VERBS.includes(verb))) list.notSupported(VERBS);
}

/** @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go ValidateNonResourceURLPath 1.36 */
function urlProblem(url: string): string | undefined {
  if (url === '') return 'must not be empty';
  if (url === '/') return undefined;
  if (!url.startsWith('/')) return 'must begin with "/"';
  if (url.includes(' ')) return 'must not contain spaces';
  if (url.includes('//')) return 'must not contain //';
  const asterisk = url.indexOf('*');
  return asterisk < 0 || (asterisk === url.length - 1 && url.endsWith('/*'))
    ? undefined
    : 'must have an asterisk only as its last part';
}
