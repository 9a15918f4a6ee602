import { dnsLabel, pathSegment } from '../../../../kube/names';
import { resourceNameProblem } from '../../../../kube/resources';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { mustBePositive, quantityOf } from '../quantities';

const LONGEST_PERIOD = 1800;
const LONGEST_WINDOW = 3600;

/** The field of a metric that each type has, in the server's order. */
const SOURCES = {
  Object: 'object',
  External: 'external',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
} as const;
const TARGETS = ['Utilization', 'Value', 'AverageValue'];

/** @source k8s.io/kubernetes pkg/apis/autoscaling/validation/validation.go ValidateHorizontalPodAutoscaler, validateHorizontalPodAutoscalerSpec 1.36 */
export const horizontalPodAutoscaler: KindRule = {
  kind: 'autoscaling/HorizontalPodAutoscaler',
  about: 'Bounds, the target to scale, metrics, scaling behaviour.',
  check(object) {
    const spec = object.child('spec');
    const [least, most] = [spec.child('minReplicas'), spec.child('maxReplicas')];
    if (least.isSet) least.mustBeAtLeast(least.isOn('HPAScaleToZero') ? 0 : 1);
    if (most.number === 0) most.required('must be set and greater than 0');
    else most.mustBeAtLeast(1);
    // The server uses a minimum of one replica.
    const atLeast = least.isSet ? least.number : 1;
    if (most.number < atLeast) most.invalid('must be greater than or equal to `minReplicas`');
    reference(spec.child('scaleTargetRef'));
    scaledGroup(spec.child('scaleTargetRef').child('apiVersion'));
    utilizationOfCpu(spec);
    const metrics = spec.child('metrics');
    for (const each of metrics.items) metric(each);
    if (least.isSet && least.number === 0 && !metrics.items.some(scalesFromZero)) {
      metrics.forbidden('must have an Object or External metric to scale to zero');
    }
    for (const direction of ['scaleUp', 'scaleDown']) scalingRules(spec.child('behavior').child(direction));
  },
};

/**
 * `autoscaling/v1` has one metric in its own field; the server reports errors at the path of `autoscaling/v2`.
 *
 * @source k8s.io/kubernetes pkg/apis/autoscaling/v1/conversion.go Convert_v1_HorizontalPodAutoscalerSpec_To_autoscaling_HorizontalPodAutoscalerSpec 1.36
 */
function utilizationOfCpu(spec: CheckedField): void {
  const percentage = spec.child('targetCPUUtilizationPercentage');
  if (!percentage.isSet) return;
  const target = spec.child('metrics').key('0').child('resource').child('target');
  target.child('averageUtilization').holding(percentage.value).mustBeAtLeast(1);
}

/** @source k8s.io/kubernetes pkg/apis/autoscaling/validation/validation.go validateMetrics 1.36 */
function scalesFromZero(field: CheckedField): boolean {
  return ['Object', 'External'].includes(field.child('type').text);
}

/** @source k8s.io/kubernetes pkg/apis/autoscaling/validation/validation.go ValidateCrossVersionObjectReference 1.36 */
function reference(target: CheckedField): void {
  for (const name of ['kind', 'name']) if (target.child(name).needs()) target.child(name).must(pathSegment);
  const apiVersion = target.child('apiVersion');
  if (apiVersion.since('1.34') && apiVersion.text.split('/').length > 2)
    apiVersion.invalid('must be a group and a version, such as apps/v1');
}

/**
 * Scalable kinds have an API group; since 1.34 the server requires it.
 *
 * @source k8s.io/kubernetes pkg/apis/autoscaling/validation/validation.go ValidateAPIVersion 1.36
 */
function scaledGroup(apiVersion: CheckedField): void {
  const { text } = apiVersion;
  if (apiVersion.since('1.34') && text.split('/').length < 3 && !/^[^/]+\//.test(text)) {
    apiVersion.invalid('apiVersion must specify API group', 'Such as apps/v1.');
  }
}

/** @source k8s.io/kubernetes pkg/apis/autoscaling/validation/validation.go validateMetricSpec 1.36 */
function metric(field: CheckedField): void {
  const type = field.child('type');
  const own = Object.entries(SOURCES).find(([name]) => name === type.text)?.[1];
  if (own === undefined) {
    if (type.text === '') type.required();
    type.notSupported(Object.keys(SOURCES).sort());
  }
  const given = Object.values(SOURCES).filter((name) => field.child(name).isSet);
  const [first] = given;
  if (first !== undefined) source(field.child(first));
  if (own !== undefined && !given.includes(own))
    field.child(own).required(`must be set when the type is ${type.text}`);
  if (given.length === 1) return;
  for (const name of given)
    if (name !== own) field.child(name).forbidden(`must not be set when the type is ${type.text}`);
}

/** @source k8s.io/kubernetes pkg/apis/autoscaling/validation/validation.go validateObjectSource, validateExternalSource, validatePodsSource, validateContainerResourceSource, validateResourceSource 1.36 */
function source(field: CheckedField): void {
  const target = field.child('target');
  const [value, average, utilization] = [
    target.child('value'),
    target.child('averageValue'),
    target.child('averageUtilization'),
  ];
  if (field.name === 'object') reference(field.child('describedObject'));
  if (field.name === 'resource' || field.name === 'containerResource') resourceOf(field);
  else {
    const name = field.child('metric').child('name');
    if (name.needs()) name.must(pathSegment);
  }
  metricTarget(target);
  switch (field.name) {
    case 'pods':
      if (!average.isSet) average.required();
      return;
    case 'object':
    case 'external':
      if (!value.isSet && !average.isSet) average.required('must be set unless value is set');
      if (field.name === 'external' && value.isSet && average.isSet)
        value.forbidden('must not be set together with averageValue');
      return;
    default:
      if (!utilization.isSet && !average.isSet)
        utilization.required('must be set unless averageValue is set');
      if (utilization.isSet && average.isSet)
        average.forbidden('must not be set together with averageUtilization');
  }
}

function resourceOf(field: CheckedField): void {
  const name = field.child('name');
  if (field.name === 'resource') return void name.needs();
  if (name.needs()) name.must(resourceNameProblem);
  const container = field.child('container');
  if (container.needs()) container.must(dnsLabel);
}

/** @source k8s.io/kubernetes pkg/apis/autoscaling/validation/validation.go validateMetricTarget 1.36 */
function metricTarget(target: CheckedField): void {
  const type = target.child('type');
  if (type.text === '') type.required();
  if (!TARGETS.includes(type.text)) type.invalid('must be either Utilization, Value, or AverageValue');
  for (const name of ['value', 'averageValue'])
    if (target.child(name).isSet) mustBePositive(target.child(name));
  const utilization = target.child('averageUtilization');
  if (utilization.isSet) utilization.mustBeAtLeast(1);
}

/** @source k8s.io/kubernetes pkg/apis/autoscaling/validation/validation.go validateBehavior, validateScalingRules, validateScalingPolicy 1.36 */
function scalingRules(rules: CheckedField): void {
  if (!rules.isSet) return;
  const [window, select, policies, tolerance] = [
    'stabilizationWindowSeconds',
    'selectPolicy',
    'policies',
    'tolerance',
  ].map((name) => rules.child(name)) as [CheckedField, CheckedField, CheckedField, CheckedField];
  if (window.isSet) window.mustBeWithin(0, LONGEST_WINDOW);
  if (select.isSet) select.mustBeOneOf(['Disabled', 'Max', 'Min']);
  if (policies.isSet) policies.needs('must specify at least one Policy');
  for (const policy of policies.items) {
    policy.child('type').mustBeOneOf(['Percent', 'Pods']);
    policy.child('value').mustBeAtLeast(1);
    policy.child('periodSeconds').mustBeWithin(1, LONGEST_PERIOD);
  }
  if (quantityOf(tolerance).nanos < 0n) tolerance.invalid('must be greater than or equal to 0');
}
