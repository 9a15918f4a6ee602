import type { CheckedField } from '../../checked-field';
import { domainPath } from '../domain-path';
import { podTemplate } from '../pod/pod-spec';
import { podFailurePolicy, successPolicy } from './job-policies';

const MOST_PARALLEL = 100_000;
const MANY_COMPLETIONS = 100_000;
const MOST_WITH_MANY = 10_000;
const LONGEST_MANAGER = 63;

/**
 * `spec` of a Job or of a Job template, except its selector.
 *
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go ValidateJobSpec, validateJobSpec 1.36
 */
export function jobSpec(spec: CheckedField): void {
  for (const name of [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ]) {
    spec.child(name).mustBeAtLeast(0);
  }
  const [perIndex, maxFailed] = [spec.child('backoffLimitPerIndex'), spec.child('maxFailedIndexes')];
  if (maxFailed.isSet && !perIndex.isSet) perIndex.required('must be set with maxFailedIndexes');
  const manager = spec.child('managedBy');
  if (manager.isSet) {
    domainPath(manager);
    if (manager.text.length > LONGEST_MANAGER) manager.tooLong(LONGEST_MANAGER);
  }

  const mode = spec.child('completionMode');
  // The server defaults the completionMode of a Job, but not of a CronJob's template.
  if (mode.isSet) mode.mustBeOneOf(['NonIndexed', 'Indexed']);
  if (mode.text === 'Indexed') indexed(spec);
  else if (!mode.isSet || mode.text === 'NonIndexed') {
    for (const field of [perIndex, maxFailed]) {
      if (field.isSet) field.invalid('must not be set unless completionMode is Indexed');
    }
  }
  policies(spec, mode.text === 'Indexed');
  podTemplate(spec.child('template'));
  endingPods(spec);
}

function indexed(spec: CheckedField): void {
  const [parallel, completions, perIndex, maxFailed] = [
    'parallelism',
    'completions',
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ].map((name) => spec.child(name)) as [CheckedField, CheckedField, CheckedField, CheckedField];
  if (!completions.isSet) completions.required('must be set when the completion mode is Indexed');
  const atMost = (field: CheckedField, most: number): void => {
    if (field.number > most) field.invalid(`must be at most ${most}, and is ${field.number}`);
  };
  atMost(parallel, MOST_PARALLEL);
  if (completions.isSet && maxFailed.isSet) atMost(maxFailed, completions.number);
  atMost(maxFailed, MOST_PARALLEL);
  if (completions.number <= MANY_COMPLETIONS || !perIndex.isSet) return;
  if (!maxFailed.isSet) maxFailed.required(`must be set with more than ${MANY_COMPLETIONS} completions`);
  atMost(parallel, MOST_WITH_MANY);
  atMost(maxFailed, MOST_WITH_MANY);
}

function policies(spec: CheckedField, isIndexed: boolean): void {
  const [failure, success, replacement] = ['podFailurePolicy', 'successPolicy', 'podReplacementPolicy'].map(
    (name) => spec.child(name),
  ) as [CheckedField, CheckedField, CheckedField];
  if (failure.isSet) podFailurePolicy(failure, spec);
  if (success.isSet) {
    if (isIndexed)
      successPolicy(success, spec.child('completions').isSet ? spec.child('completions').number : 1);
    else success.invalid('must not be set unless completionMode is Indexed');
  }
  if (replacement.isSet)
    replacement.mustBeOneOf(failure.isSet ? ['Failed'] : ['Failed', 'TerminatingOrFailed']);
}

/**
 * The pods of a Job end, so their restartPolicy must be set: the default is Always.
 *
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validateJobSpec 1.36
 */
function endingPods(spec: CheckedField): void {
  const policy = spec.child('template').child('spec').child('restartPolicy');
  if (policy.text === 'Always') {
    policy.required(
      'valid values: "OnFailure", "Never"',
      'The default, Always, would restart the pods of a Job forever.',
    );
  } else if (policy.mustBeOneOf(['OnFailure', 'Never']) && policy.text !== 'Never') {
    if (spec.child('podFailurePolicy').isSet) policy.invalid('must be Never with podFailurePolicy');
  }
}
