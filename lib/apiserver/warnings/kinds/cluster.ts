import { canonical, compareQuantities, parseQuantity, type Quantity } from '../../../kube/quantity';
import type { Field } from '../../../manifest/field';
import { cidr } from '../addresses';
import { deprecatedNodeLabel } from '../node-labels';
import { quoted, type KindWarnings, type Warnings } from '../warning';

const MOUNTABLE = 'kubernetes.io/enforce-mountable-secrets';
const STATIC = '.static.k8s.io';

/** @source k8s.io/kubernetes pkg/registry/core/node/strategy.go nodeWarnings 1.37 */
export const node: KindWarnings = (object, warnings) => {
  const spec = object.child('spec');
  const [source, external] = [spec.child('configSource'), spec.child('externalID')];
  if (source.isSet) warnings.add(source, 'the feature is removed');
  if (external.text !== '') warnings.add(external, 'this field is deprecated, and is unused by Kubernetes');
  if (warnings.since('1.33')) for (const each of spec.list('podCIDRs')) cidr(each, warnings);
};

/** @source k8s.io/kubernetes pkg/api/node/util.go GetWarningsForRuntimeClass 1.37 */
export const runtimeClass: KindWarnings = (object, warnings) => {
  const selector = object.at('scheduling', 'nodeSelector');
  for (const { name } of selector.entries) {
    const message = deprecatedNodeLabel(name, warnings);
    if (message !== undefined) warnings.add(selector, message);
  }
};

/** @source k8s.io/kubernetes pkg/registry/core/serviceaccount/strategy.go warnIfHasEnforceMountableSecretsAnnotation 1.37 */
export const serviceAccount: KindWarnings = (object, warnings) => {
  const annotation = object.at('metadata', 'annotations').key(MOUNTABLE);
  if (annotation.isSet && warnings.since('1.32'))
    warnings.add(
      annotation,
      'deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets',
    );
};

/** @source k8s.io/kubernetes pkg/registry/core/resourcequota/strategy.go resourcequotaStrategy.WarningsOnCreate 1.37 */
export const resourceQuota: KindWarnings = (object, warnings) => {
  if (!warnings.since('1.35')) return;
  const hard = object.at('spec', 'hard');
  for (const resource of ['cpu', 'memory', 'storage', 'ephemeral-storage']) {
    const bare = resource === 'cpu' || resource === 'memory' ? hard.key(resource) : undefined;
    const explicit = hard.key(`requests.${resource}`);
    const request = explicit.isSet || bare === undefined ? explicit : bare;
    const limit = hard.key(`limits.${resource}`);
    const [least, most] = [quantityOf(request), quantityOf(limit)];
    if (least === undefined || most === undefined || compareQuantities(least, most) <= 0) continue;
    const high = `${request.name} (${canonical(least)})`;
    const low = `${limit.name} (${canonical(most)})`;
    warnings.add(request, `ResourceQuota ${high} should be less than ${low}`);
  }
};

function quantityOf({ value }: Field): Quantity | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
}

/** @source k8s.io/kubernetes pkg/registry/resource/resourceslice/strategy.go resourceSliceStrategy.WarningsOnCreate 1.37 */
export const resourceSlice: KindWarnings = (object, warnings) => {
  const driver = object.at('spec', 'driver');
  if (!warnings.since('1.35') || driver.text === driver.text.toLowerCase()) return;
  const what = `${quoted(driver.text)} contains uppercase characters`;
  warnings.add(driver, `driver names should be lowercase; ${what}`);
};

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/static_suffix.go WarningsForStaticSuffix 1.37 */
export const hooks: KindWarnings = (object, warnings) => {
  staticName(object.at('metadata', 'name'), warnings);
};

export const webhooks: KindWarnings = (object, warnings) => {
  staticName(object.at('metadata', 'name'), warnings);
  if (!warnings.since('1.37')) return;
  for (const webhook of object.list('webhooks'))
    for (const rule of webhook.list('rules')) excludedResources(rule, warnings);
};

function staticName(name: Field, warnings: Warnings): void {
  if (!warnings.since('1.36') || !name.text.endsWith(STATIC)) return;
  const fate = 'are reserved for static manifest-based configurations and cannot be managed via the API';
  warnings.add(name, `names ending with ${quoted(STATIC)} ${fate}`);
}

/** Resources that webhooks do not see (ExcludeAdmissionWebhookVirtualResources, on by default since 1.37). */
const VIRTUAL: ReadonlySet<string> = new Set([
  'selfsubjectreviews.authentication.k8s.io',
  'tokenreviews.authentication.k8s.io',
  'localsubjectaccessreviews.authorization.k8s.io',
  'selfsubjectaccessreviews.authorization.k8s.io',
  'selfsubjectrulesreviews.authorization.k8s.io',
  'subjectaccessreviews.authorization.k8s.io',
]);

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/warnings.go warningsForExcludedRules 1.37 */
function excludedResources(rule: Field, warnings: Warnings): void {
  const [groups, resources] = [rule.child('apiGroups').texts, rule.child('resources').texts];
  if (groups.includes('*') || resources.includes('*')) return;
  const named = groups.flatMap((group) => resources.map((resource) => `${resource}.${group}`));
  for (const each of new Set(named))
    if (VIRTUAL.has(each))
      warnings.add(rule, `${each} is excluded from admission webhooks; this rule will have no effect`);
}
