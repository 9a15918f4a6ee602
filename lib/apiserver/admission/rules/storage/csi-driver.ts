import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';

const GROUP_POLICIES = ['File', 'None', 'ReadWriteOnceWithFSType'];
const MODES = ['Persistent', 'Ephemeral'];
const TEN_MINUTES = 600;
const SHORTEST_UPDATE_PERIOD = 10;

/** @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go ValidateCSIDriver, validateCSIDriverSpec 1.36 */
export const csiDriver: KindRule = {
  kind: 'storage.k8s.io/CSIDriver',
  about: 'Modes of volumes, group policy, tokens.',
  check(object) {
    const spec = object.child('spec');
    const [policy, modes, tokens, period, inSecrets] = [
      'fsGroupPolicy',
      'volumeLifecycleModes',
      'tokenRequests',
      'nodeAllocatableUpdatePeriodSeconds',
      'serviceAccountTokenInSecrets',
    ].map((name) => spec.child(name)) as [
      CheckedField,
      CheckedField,
      CheckedField,
      CheckedField,
      CheckedField,
    ];
    if (policy.isSet) policy.mustBeOneOf(GROUP_POLICIES);
    tokenRequests(tokens);
    // The server reports the list.
    for (const mode of modes.texts) modes.holding(mode).mustBeOneOf(MODES);
    if (period.isSet) period.mustBeAtLeast(SHORTEST_UPDATE_PERIOD);
    if (inSecrets.isSet && tokens.size === 0) inSecrets.invalid('must not be set without tokenRequests');
  },
};

/**
 * Tokens for the driver, each for a different audience.
 *
 * @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go validateTokenRequests 1.36
 */
function tokenRequests(list: CheckedField): void {
  const seen = new Set<string>();
  for (const request of list.items) {
    const [audience, expiration] = [request.child('audience'), request.child('expirationSeconds')];
    if (seen.has(audience.text)) {
      audience.duplicate();
      continue;
    }
    seen.add(audience.text);
    if (expiration.isSet) expiration.mustBeWithin(TEN_MINUTES, 2 ** 32);
  }
}
