import { join } from 'node:path';
import type { Construct } from 'constructs';
import { Environment, ExternalSecret, SealedSecret, Secret } from 'seaworthy';

export interface PaymentsProps {
  /** Whether payments are real. */
  readonly live: boolean;
  /** Store that holds the secrets, where the cluster has no controller that unseals them. */
  readonly secretStore: string;
}

const LOCK = join(__dirname, 'config/sealing/sealed.lock');

/** The token of the payment provider. That of its sandbox stands in its handbook for all to read. */
export function paymentsLogin(
  scope: Construct,
  id: string,
  { live, secretStore }: PaymentsProps,
): ExternalSecret | SealedSecret | Secret {
  if (!live) {
    const sandbox = new Secret(scope, id, { data: { token: 'sandbox' }, unsafe: true });
    sandbox.suppress('policy/secret-manifest', 'the token of the sandbox is no secret');
    return sandbox;
  }
  // Only who has the token sets the variable, and only to seal another one: the lock has what all others need.
  if (Environment.of(scope)?.has('sealed-secrets') === true)
    return new SealedSecret(scope, id, { keys: { token: process.env['PAYMENTS_TOKEN'] }, lock: LOCK });
  return new ExternalSecret(scope, id, { store: secretStore, keys: { token: 'shop/payments#token' } });
}
