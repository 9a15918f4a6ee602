import { qualifiedName } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';

// Most paths are those of v1, in all versions.

const LONGEST = 128;
const LONGEST_NOTE = 1024;

/** @source k8s.io/kubernetes pkg/apis/core/validation/events.go ValidateEventCreate, legacyValidateEvent 1.36 */
export const coreEvent: KindRule = {
  kind: '/Event',
  about: 'The namespace of what it is about; with an eventTime, who reports which action.',
  check(object) {
    const about = object.child('involvedObject').child('namespace');
    common(object, about, object.child('reportingComponent'), object.child('message'));
  },
};

/** @source k8s.io/kubernetes pkg/apis/core/validation/events.go ValidateEventCreate, validateV1EventSeries 1.36 */
export const event: KindRule = {
  kind: 'events.k8s.io/Event',
  about: 'What it is about, who reports which action and when; none of the deprecated fields.',
  check(object) {
    const about = object.child('involvedObject').holding(object.child('regarding').value).child('namespace');
    const message = object.child('message').holding(object.child('note').value);
    common(object, about, object.child('reportingController'), message);
    const [time, type] = [object.child('eventTime'), object.child('type')];
    time.needs();
    if (type.text !== 'Normal' && type.text !== 'Warning') type.invalid('must be Normal or Warning');
    series(object.child('series'));
    deprecated(object);
  },
};

function series(field: CheckedField): void {
  if (!field.isSet) return;
  if (field.child('count').number < 2) field.child('count').invalid('must be at least 2');
  field.child('lastObservedTime').needs();
}

function deprecated(object: CheckedField): void {
  for (const [name, before] of [
    ['deprecatedFirstTimestamp', 'firstTimestamp'],
    ['deprecatedLastTimestamp', 'lastTimestamp'],
    ['deprecatedCount', 'count'],
  ] as const) {
    if (object.child(name).isSet) object.child(before).invalid('must not be set');
  }
  const source = object.child('deprecatedSource');
  if (source.child('component').text + source.child('host').text !== '')
    object.child('source').invalid('must not be set');
}

function common(
  object: CheckedField,
  about: CheckedField,
  controller: CheckedField,
  message: CheckedField,
): void {
  const namespace = object.child('metadata').child('namespace');
  const isNew = object.child('eventTime').isSet;
  // Without a namespace, the client uses its default one, which can be any.
  if (namespace.isSet && !fits(namespace.text, about.text, isNew))
    about.invalid(`must be the namespace of the event, ${namespace.text}`);
  if (!isNew) return;
  controller.needs();
  controller.must(qualifiedName);
  for (const name of ['reportingInstance', 'action', 'reason']) {
    const field = object.child(name);
    if (field.needs()) atMost(field, LONGEST);
  }
  atMost(message, LONGEST_NOTE);
}

/**
 * Events about cluster-scoped objects are in `default`; new ones can also be in `kube-system`.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/events.go legacyValidateEvent 1.36
 */
function fits(namespace: string, about: string, isNew: boolean): boolean {
  if (about === '') return namespace === 'default' || (isNew && namespace === 'kube-system');
  return isNew || about === namespace;
}

function atMost(field: CheckedField, most: number): void {
  if (Buffer.byteLength(field.text) > most) field.invalid(`must be at most ${most} bytes long`);
}
