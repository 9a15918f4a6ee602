import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { referTo } from '../core/existing';
import { nonEmpty } from '../core/props';
import type { Reference } from '../core/reference';
import { PULL_SECRETS, renderPullSecrets } from '../core/reference';
import type { ResourceProps } from '../core/resource';
import { Resource, RESOURCE_SHAPES } from '../core/resource';
import { propsShape } from '../core/kubernetes-words';
import { flag } from '../core/shapes';

/** Props of a ServiceAccount. */
export interface ServiceAccountProps extends ResourceProps {
  /** Whether pods get a token unless they set `serviceAccountToken`. @default false */
  readonly token?: boolean;
  /** Secrets with the credentials of image registries, for every pod of the account. @default none */
  readonly imagePullSecrets?: readonly (string | Reference<'Secret'>)[];
}

const PROPS = propsShape<ServiceAccountProps>(
  { ...RESOURCE_SHAPES, token: flag, imagePullSecrets: PULL_SECRETS },
  { automountServiceAccountToken: '`token`' },
);

/**
 * The identity of pods towards the API server.
 *
 * | object | when | why |
 * |---|---|---|
 * | ServiceAccount | always | is granted the permissions of the pods that use it |
 */
export class ServiceAccount extends Resource<ServiceAccountProps, Patches['ServiceAccount']> {
  constructor(scope: Construct, id: string, props: ServiceAccountProps = {}) {
    super(scope, id, props, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      shape: PROPS,
      content: (report) => ({
        automountServiceAccountToken: props.token ?? false,
        ...nonEmpty('imagePullSecrets', renderPullSecrets(props.imagePullSecrets, report)),
      }),
    });
    referTo(this.object, () => [props]);
  }

  /** Whether pods get a token unless they set `serviceAccountToken`. @internal */
  get hasToken(): boolean {
    return this.props.token === true;
  }
}
