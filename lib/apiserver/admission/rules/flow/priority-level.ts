import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';

const MOST_QUEUES = 10_000_000;
/** Bits of the hash that assigns queues to a flow. */
const HASH_BITS = 60;
const EXEMPT = 'exempt';
const KEPT_ZEROS = 'flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares';

/** @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go ValidatePriorityLevelConfiguration, ValidatePriorityLevelConfigurationSpec 1.36 */
export const priorityLevelConfiguration: KindRule = {
  kind: 'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  about: 'Type, shares of concurrency, queues.',
  beyond: 'That the mandatory levels, exempt and catch-all, do not change.',
  check(object) {
    const [metadata, spec] = [object.child('metadata'), object.child('spec')];
    const [type, limited, exempt] = [spec.child('type'), spec.child('limited'), spec.child('exempt')];
    const annotations = metadata.child('annotations');
    // Only v1 can say zero itself.
    if (annotations.key(KEPT_ZEROS).isSet && object.child('apiVersion').text.endsWith('/v1'))
      annotations.forbidden(`must not have ${KEPT_ZEROS}`);
    if ((metadata.child('name').text === EXEMPT) !== (type.text === 'Exempt'))
      type.invalid(`must be Exempt for the level ${EXEMPT}, and for no other`);
    if (!type.needs() || !type.mustBeOneOf(['Exempt', 'Limited'])) {
      if (type.since('1.37') && limited.isSet)
        limited.forbidden('must not be set unless the type is Limited');
      return;
    }
    const [own, other] = type.text === 'Exempt' ? [exempt, limited] : [limited, exempt];
    if (other.isSet) other.forbidden(`must not be set when the type is ${type.text}`);
    if (own.isSet) shares(own);
    if (type.text === 'Exempt') return;
    if (limited.isSet) limitResponse(limited.child('limitResponse'));
    else limited.required('must be set when the type is Limited');
  },
};

/** @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go ValidateLimitedPriorityLevelConfiguration, ValidateExemptPriorityLevelConfiguration 1.36 */
function shares(field: CheckedField): void {
  // Before v1beta3 the field for shares had a different name.
  for (const name of ['nominalConcurrencyShares', 'assuredConcurrencyShares'])
    field.child(name).mustBeAtLeast(0);
  const [lendable, borrowing] = [field.child('lendablePercent'), field.child('borrowingLimitPercent')];
  if (lendable.isSet) lendable.mustBeWithin(0, 100);
  if (borrowing.isSet) borrowing.mustBeAtLeast(0);
}

/** @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go ValidateLimitResponse 1.36 */
function limitResponse(field: CheckedField): void {
  const [type, queuing] = [field.child('type'), field.child('queuing')];
  if (!type.needs() || !type.mustBeOneOf(['Queue', 'Reject'])) {
    if (type.since('1.37') && queuing.isSet) queuing.forbidden('must not be set unless the type is Queue');
    return;
  }
  if (type.text === 'Reject') {
    if (queuing.isSet) queuing.forbidden('must not be set when the type is Reject');
  } else if (queuing.isSet) queues(queuing);
  else queuing.required('must be set when the type is Queue');
}

/** @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go ValidatePriorityLevelQueuingConfiguration 1.36 */
function queues(field: CheckedField): void {
  const [count, hand] = [field.child('queues'), field.child('handSize')];
  field.child('queueLengthLimit').mustBeAtLeast(1);
  count.mustBeWithin(1, MOST_QUEUES);
  if (!hand.mustBeAtLeast(1)) return;
  if (hand.number > count.number) return hand.invalid(`must be at most queues, which is ${count.number}`);
  if (Math.ceil(Math.log2(count.number) * hand.number) > HASH_BITS)
    hand.invalid(
      `must be smaller for ${count.number} queues: a hash of ${HASH_BITS} bits cannot deal so many`,
    );
}
