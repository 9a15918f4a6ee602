import { newestGates, type FeatureGates } from './feature-gates';
import { canonicalIpProblem } from './ip';
import {
  configMapKey,
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  LABEL_MAX_LENGTH,
  pathSegment,
  SUBDOMAIN_MAX_LENGTH,
} from './names';
import type { Check } from './names';

/**
 * A CronJob names its Jobs after itself and adds eleven characters.
 *
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go ValidateCronJobCreate 1.36
 */
const CRON_JOB_MAX_LENGTH = LABEL_MAX_LENGTH - 11;

/**
 * Kinds, by API group, whose name is not simply a DNS subdomain.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateNamespaceName, ValidateServiceName 1.36
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateStatefulSetName 1.36
 * @source k8s.io/kubernetes pkg/apis/rbac/validation/validation.go ValidateRBACName 1.36
 * @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go ValidateIPAddressName 1.36
 * @source k8s.io/kubernetes pkg/apis/certificates/validation/validation.go ValidateCertificateRequestName 1.36
 */
const RULES: ReadonlyMap<string, Check> = new Map([
  ['/Namespace', dnsLabel],
  // RelaxedServiceNameValidation (KEP-5311), on by default since 1.36, lets the name begin with a digit.
  ['/Service', dnsLabel],
  // The name is part of the pods' host names.
  ['apps/StatefulSet', dnsLabel],
  ['batch/CronJob', cronJobName],
  ['rbac.authorization.k8s.io/Role', pathSegment],
  ['rbac.authorization.k8s.io/ClusterRole', pathSegment],
  ['rbac.authorization.k8s.io/RoleBinding', pathSegment],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', pathSegment],
  // The API server does not check these names, or not as DNS names: only the rule for URL paths remains.
  ['/Event', pathSegment],
  ['policy/PodDisruptionBudget', pathSegment],
  ['certificates.k8s.io/CertificateSigningRequest', pathSegment],
  ['certificates.k8s.io/ClusterTrustBundle', pathSegment],
  ['networking.k8s.io/IPAddress', canonicalIpProblem],
  ['apiregistration.k8s.io/APIService', pathSegment],
  ['coordination.k8s.io/LeaseCandidate', configMapKey],
]);

/**
 * The rule of the API server for `metadata.name` of a new object. The name of a kind without a rule here, such as a
 * custom resource, must be a DNS subdomain.
 *
 * @param apiVersion of the object, because a `Service` of Knative is not one of `v1`
 */
export function nameRule(apiVersion: string, kind: string, { isOn }: FeatureGates = newestGates): Check {
  const key = keyOf(apiVersion, kind);
  if (key === '/Service' && !isOn('RelaxedServiceNameValidation')) return dns1035Label;
  return RULES.get(key) ?? dnsSubdomain;
}

/**
 * The rule for `metadata.generateName` of a kind whose name follows `rule`: a dash may end it, because the API server
 * appends five random characters (apimachinery `pkg/api/validation` maskTrailingDash).
 *
 * @source k8s.io/apimachinery pkg/api/validation/generic.go maskTrailingDash 1.36
 */
export function generateNameRule(rule: Check): Check {
  return (prefix) => rule(prefix.replace(/[ -~]-$/, 'a'));
}

/**
 * The longest name that works for an object of a kind, which can be shorter than the API server accepts, because
 * controllers put the name into labels.
 *
 * - StatefulSet: pods are labelled `controller-revision-hash: <name>-<up to 10 characters>`, or they cannot be created.
 * - Job: pods are labelled `batch.kubernetes.io/job-name: <name>`, and a longer one is refused with the template.
 */
export function maxNameLength(apiVersion: string, kind: string): number {
  switch (keyOf(apiVersion, kind)) {
    case 'batch/CronJob':
      return CRON_JOB_MAX_LENGTH;
    case 'apps/StatefulSet':
      return LABEL_MAX_LENGTH - 11;
    case 'batch/Job':
    case '/Service':
    case '/Namespace':
      return LABEL_MAX_LENGTH;
    default:
      return SUBDOMAIN_MAX_LENGTH;
  }
}

function cronJobName(value: string): string | undefined {
  if (value.length <= CRON_JOB_MAX_LENGTH) return dnsSubdomain(value);
  return `must be no more than ${CRON_JOB_MAX_LENGTH} characters`;
}

function keyOf(apiVersion: string, kind: string): string {
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
}
