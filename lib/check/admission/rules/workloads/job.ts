import { dnsLabel, LABEL_MAX_LENGTH } from '../../../../kube/names';
import type { Field } from '../../field';
import { show } from '../../field';
import type { KindRule } from '../kind-rule';
import { labelSelector } from '../selectors';
import { isReadable, selects } from './controller';
import { jobSpec } from './job-spec';

const GENERATED_LABELS = ['batch.kubernetes.io/job-name', 'job-name'];

export const job: KindRule = {
  kind: 'batch/Job',
  about: 'Template, completions, policies and the generated selector.',
  check(object) {
    const [metadata, spec] = [object.child('metadata'), object.child('spec')];
    jobSpec(spec);
    if (spec.child('manualSelector').isTrue) manualSelector(spec);
    else generatedSelector(spec, metadata.child('name').text);
    indexedHostName(metadata.child('name'), spec);
  },
};

function manualSelector(spec: Field): void {
  const selector = spec.child('selector');
  const labels = spec.child('template').child('metadata').child('labels');
  if (!selector.isSet) selector.required('must be set where manualSelector is true');
  labelSelector(selector);
  if (isReadable(selector) && !selects(selector, labels)) {
    labels.invalid('must have the labels that the selector asks for');
  }
}

/** The server labels the template with the Job's name and an id of its own, and selects by the id. */
function generatedSelector(spec: Field, name: string): void {
  const selector = spec.child('selector');
  const labels = spec.child('template').child('metadata').child('labels');
  for (const key of GENERATED_LABELS) {
    const label = labels.key(key);
    if (label.isSet && label.text !== name)
      label.invalid(`must be the name of the Job, which the server sets`);
  }
  if (selector.isSet) {
    labelSelector(selector);
    selector.invalid('must not be set, unless manualSelector is true');
  }
  if (name.length > LABEL_MAX_LENGTH) {
    // As a label, the name is too long for every pod.
    const template = spec.child('template');
    template.child('labels').invalid(`the name ${show(name)} must be at most ${LABEL_MAX_LENGTH} characters`);
  }
}

/** Pods of an indexed Job are named by their index as well, and so are their hosts. */
function indexedHostName(name: Field, spec: Field): void {
  const completions = spec.child('completions').number;
  if (spec.child('completionMode').text !== 'Indexed' || completions <= 0 || name.text === '') return;
  const host = `${name.text}-${completions - 1}`;
  const problem = dnsLabel(host);
  if (problem !== undefined) name.invalid(`the host name ${show(host)} of its last pod ${problem}`);
}
