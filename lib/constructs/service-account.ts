import type { Construct } from 'constructs';
import { referTo } from './existing';
import { PART } from './origin';
import type { Keys } from './props';
import { nonEmpty } from './props';
import type { Reference } from './reference';
import { renderPullSecrets } from './reference';
import type { ResourceProps } from './resource';
import { Resource, RESOURCE_KEYS } from './resource';

export interface ServiceAccountProps extends ResourceProps {
  /** Whether pods get a token unless they say otherwise. @default false */
  readonly token?: boolean;
  /** Secrets with the logins of image registries, for every pod of the account. @default none */
  readonly imagePullSecrets?: readonly (string | Reference<'Secret'>)[];
}

const KEYS: Keys<ServiceAccountProps> = { ...RESOURCE_KEYS, token: true, imagePullSecrets: true };

/** The identity of pods towards the API server. */
export class ServiceAccount extends Resource<ServiceAccountProps> {
  constructor(scope: Construct, id: string, props: ServiceAccountProps = {}) {
    super(scope, id, props, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      keys: KEYS,
      content: (tell) => ({
        automountServiceAccountToken: props.token ?? false,
        ...nonEmpty('imagePullSecrets', renderPullSecrets(props.imagePullSecrets, tell)),
      }),
    });
    referTo(this.object, () => [props]);
  }
}

/** The account that a workload makes for itself: it stands where the workload does. */
export class OwnServiceAccount extends ServiceAccount {}

Object.defineProperty(OwnServiceAccount.prototype, PART, { value: true });
