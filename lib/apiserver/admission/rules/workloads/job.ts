import { isDeepStrictEqual } from 'node:util';
import { labelValue } from '../../../../kube/labels';
import type { Labels } from '../../../../kube/labels';
import { dnsLabel } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { show } from '../../error-body';
import type { KindRule } from '../kind-rule';
import { labelSelector } from '../selectors';
import { isReadable, selects } from './controller';
import { jobSpec } from './job-spec';

/** Labels that the server sets on the pods of a Job: its name, and its uid, which is not known in advance. */
const NAME_LABELS = ['batch.kubernetes.io/job-name', 'job-name'];
const UID_LABEL = 'batch.kubernetes.io/controller-uid';
const UID_LABELS = [UID_LABEL, 'controller-uid'];
/** A placeholder for the uid of the Job. */
const UID = '\u0000';

/** @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go ValidateJobCreate 1.37 */
export const job: KindRule = {
  kind: 'batch/Job',
  about: 'Template, completions, policies and the generated selector.',
  check(object) {
    const [metadata, spec] = [object.child('metadata'), object.child('spec')];
    jobSpec(spec);
    if (spec.child('manualSelector').isTrue) manualSelector(spec);
    else generatedSelector(spec, metadata);
    indexedHostName(metadata.child('name'), spec);
  },
};

function manualSelector(spec: CheckedField): void {
  const selector = spec.child('selector');
  const labels = spec.child('template').child('metadata').child('labels');
  if (!selector.isSet) selector.required('must be set when manualSelector is true');
  labelSelector(selector);
  if (isReadable(selector) && !selects(selector, labels)) {
    labels.invalid('`selector` does not match template `labels`');
  }
}

/**
 * The server labels the template with the Job's name and uid, and adds the uid to the selector; the rest of the
 * selector must match these labels alone.
 *
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go validateGeneratedSelector 1.36
 * @source k8s.io/kubernetes pkg/registry/batch/job/strategy.go generateSelector 1.36
 */
function generatedSelector(spec: CheckedField, metadata: CheckedField): void {
  const name = metadata.child('name').text;
  const [selector, template] = [spec.child('selector'), spec.child('template')];
  const labels = template.child('metadata').child('labels');
  for (const key of NAME_LABELS) {
    const label = labels.key(key);
    if (label.isSet && label.text !== name)
      label.invalid('must be the name of the Job, which the server sets');
  }
  for (const key of UID_LABELS) {
    if (labels.key(key).isSet) labels.key(key).invalid('must not be set: the server sets it to the uid');
  }
  labelSelector(selector);
  const generated = Object.fromEntries([
    ...NAME_LABELS.map((key) => [key, name]),
    ...UID_LABELS.map((key) => [key, UID]),
  ]) as Labels;
  const matchLabels = { [UID_LABEL]: UID, ...(selector.child('matchLabels').value as Labels | undefined) };
  const whole = selector.holding({
    matchLabels,
    matchExpressions: selector.child('matchExpressions').value,
  });
  if (isReadable(selector)) {
    if (!selects(whole, labels.holding(generated))) {
      selector.invalid('must not be set unless manualSelector is true', 'The server selects by the uid.');
    }
    const all = labels.holding({ ...generated, ...(labels.value as Labels | undefined) });
    if (!selects(whole, all)) labels.invalid('`selector` does not match template `labels`');
  }
  const problem = labelValue(name);
  const isGiven = NAME_LABELS.every((key) => labels.key(key).isSet);
  if (problem !== undefined && !isGiven) {
    const detail = `${problem}; the name of the Job becomes a label`;
    template.child('labels').holding(name).invalid(detail);
    // A Job without labels of its own has those of its template, and gets what the server adds to them.
    if (labels.size > 0 && isDeepStrictEqual(metadata.child('labels').value, labels.value))
      metadata.child('labels').holding(name).invalid(detail);
  }
}

/**
 * The names and host names of an indexed Job's pods also contain the index.
 *
 * @source k8s.io/kubernetes pkg/apis/batch/validation/validation.go ValidateJobCreate 1.37
 */
function indexedHostName(name: CheckedField, spec: CheckedField): void {
  const completions = spec.child('completions').number;
  if (spec.child('completionMode').text !== 'Indexed' || completions <= 0 || name.text === '') return;
  const host = `${name.text}-${completions - 1}`;
  const problem = dnsLabel(host);
  if (problem !== undefined) name.invalid(`the host name ${show(host)} of the last pod ${problem}`);
}
