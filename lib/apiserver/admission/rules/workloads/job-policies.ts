import { qualifiedName } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const MOST_RULES = 20;
const MOST_EXIT_CODES = 255;
const MOST_PATTERNS = 20;
const LONGEST_INDEXES = 64 * 1024;

/**
 * `podFailurePolicy` of a Job: how to handle failed pods (KEP-3329).
 *
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validatePodFailurePolicy 1.36
 */
export function podFailurePolicy(policy: CheckedField, spec: CheckedField): void {
  const rules = policy.child('rules');
  if (rules.size > MOST_RULES) rules.tooMany(MOST_RULES);
  const pod = spec.child('template').child('spec');
  const containers = new Set(
    ['containers', 'initContainers']
      .flatMap((list) => pod.child(list).items)
      .map((container) => container.child('name').text),
  );
  for (const rule of rules.items) failureRule(rule, spec, containers);
}

/** @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validatePodFailurePolicyRule, validatePodFailurePolicyRuleOnPodConditions 1.36 */
function failureRule(rule: CheckedField, spec: CheckedField, containers: ReadonlySet<string>): void {
  const [action, exitCodes, conditions] = ['action', 'onExitCodes', 'onPodConditions'].map((name) =>
    rule.child(name),
  ) as [CheckedField, CheckedField, CheckedField];
  if (action.needs() && action.mustBeOneOf(ACTIONS) && action.text === 'FailIndex') {
    if (!spec.child('backoffLimitPerIndex').isSet)
      action.invalid('must not be FailIndex without backoffLimitPerIndex');
  }
  if (exitCodes.isSet) onExitCodes(exitCodes, containers);
  if (conditions.size > MOST_PATTERNS) conditions.tooMany(MOST_PATTERNS);
  for (const pattern of conditions.items) {
    pattern.child('type').must(qualifiedName);
    pattern.child('status').mustBeOneOf(['True', 'False', 'Unknown']);
  }
  if (exitCodes.isSet && conditions.size > 0)
    rule.invalid('specifying both OnExitCodes and OnPodConditions is not supported');
  if (!exitCodes.isSet && conditions.size === 0)
    rule.invalid('specifying one of OnExitCodes and OnPodConditions is required');
}

/** @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validatePodFailurePolicyRuleOnExitCodes 1.36 */
function onExitCodes(requirement: CheckedField, containers: ReadonlySet<string>): void {
  const [operator, container, values] = ['operator', 'containerName', 'values'].map((name) =>
    requirement.child(name),
  ) as [CheckedField, CheckedField, CheckedField];
  if (operator.needs()) operator.mustBeOneOf(['In', 'NotIn']);
  if (container.isSet && !containers.has(container.text))
    container.invalid('must be one of the container or initContainer names in the pod template');
  if (values.size === 0) values.invalid('at least one value is required');
  if (values.size > MOST_EXIT_CODES) values.tooMany(MOST_EXIT_CODES);
  const seen = new Set<number>();
  let isOrdered = true;
  for (const [index, value] of values.items.entries()) {
    if (operator.text === 'In' && value.number === 0) value.invalid('must not be 0 for the In operator');
    if (seen.has(value.number)) value.duplicate();
    seen.add(value.number);
    if (index > 0 && (values.items[index - 1]?.number ?? 0) > value.number) isOrdered = false;
  }
  if (!isOrdered) values.invalid('must be in ascending order');
}

/**
 * `successPolicy` of an indexed Job: when it succeeds before all indexes do (KEP-3998).
 *
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validateSuccessPolicy, validateSuccessPolicyRule 1.36
 */
export function successPolicy(policy: CheckedField, completions: number): void {
  const rules = policy.child('rules');
  rules.needs('must have at least one rule');
  if (rules.size > MOST_RULES) rules.tooMany(MOST_RULES);
  for (const rule of rules.items) {
    const [count, indexes] = [rule.child('succeededCount'), rule.child('succeededIndexes')];
    if (!count.isSet && !indexes.isSet) rule.required('must have succeededCount or succeededIndexes');
    let total = 0;
    if (indexes.isSet) {
      if (indexes.text.length > LONGEST_INDEXES) indexes.tooLong(LONGEST_INDEXES);
      const counted = countIndexes(indexes.text, completions);
      if (counted === undefined)
        indexes.invalid(`must be indexes below ${completions} in order, such as 0,2-4`);
      total = counted ?? 0;
    }
    if (!count.isSet) continue;
    count.mustBeAtLeast(0);
    if (count.number > completions) count.invalid(`must be at most the ${completions} completions`);
    if (indexes.isSet && count.number > total) count.invalid(`must be at most the ${total} indexes`);
  }
}

/**
 * The number of indexes in `0,2-4`; undefined unless it is a list of ascending intervals below `completions`.
 *
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validateIndexesFormat, parseIndexInterval 1.36
 */
function countIndexes(text: string, completions: number): number | undefined {
  if (text === '') return 0;
  let [total, last] = [0, -1];
  for (const interval of text.split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(interval);
    if (match === null) return undefined;
    const from = Number(match[1]);
    const to = match[2] === undefined ? from : Number(match[2]);
    if (from <= last || to >= completions || (match[2] !== undefined && from >= to)) return undefined;
    total += to - from + 1;
    last = to;
  }
  return total;
}
