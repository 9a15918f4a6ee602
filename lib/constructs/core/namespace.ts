import type { Construct } from 'constructs';
import type { SecurityProfile } from '../workloads/container/security';
import { SECURITY_PROFILES } from '../workloads/container/security';
import type { Keys } from './props';
import { oneOfKnown } from './props';
import type { ResourceProps } from './resource';
import { Resource, RESOURCE_KEYS } from './resource';

/** Props of a Namespace. */
export interface NamespaceProps extends Omit<ResourceProps, 'namespace'> {
  /** Level of the Pod Security Standards that the API server enforces; `false` leaves it to the cluster. @default 'restricted' */
  readonly podSecurity?: SecurityProfile | false;
}

const { namespace: _, ...NAMED } = RESOURCE_KEYS;
const KEYS: Keys<NamespaceProps> = { ...NAMED, podSecurity: true };

/**
 * A namespace. It is applied before everything else.
 *
 * | object | when | why |
 * |---|---|---|
 * | Namespace | always | holds the objects of an application, and enforces a level of Pod Security |
 */
export class Namespace extends Resource<NamespaceProps> {
  constructor(scope: Construct, id: string, props: NamespaceProps = {}) {
    const level = props.podSecurity ?? 'restricted';
    const enforced = level === false ? {} : { 'pod-security.kubernetes.io/enforce': level };
    super(
      scope,
      id,
      { ...props, labels: { ...enforced, ...props.labels } },
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        keys: KEYS,
        content: (report) => {
          if (level !== false) oneOfKnown(level, SECURITY_PROFILES, 'podSecurity', report);
          return {};
        },
      },
    );
  }
}
