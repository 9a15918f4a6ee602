import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import type { SecurityProfile } from '../workloads/container/security';
import { SECURITY_PROFILES } from '../workloads/container/security';
import { propsShape } from './kubernetes-words';
import type { ResourceProps } from './resource';
import { Resource, RESOURCE_SHAPES } from './resource';
import { anyOf, choice, constant } from './shapes';

/** Props of a Namespace. */
export interface NamespaceProps extends Omit<ResourceProps, 'namespace'> {
  /** Level of the Pod Security Standards that the API server enforces; `false` leaves it to the cluster. @default 'restricted' */
  readonly podSecurity?: SecurityProfile | false;
}

const { namespace: _, ...NAMED } = RESOURCE_SHAPES;
const PROPS = propsShape<NamespaceProps>({
  ...NAMED,
  podSecurity: anyOf<SecurityProfile | false>([constant(false), choice(SECURITY_PROFILES)]),
});

/**
 * A namespace. It is applied before everything else.
 *
 * | object | when | why |
 * |---|---|---|
 * | Namespace | always | holds the objects of an application, and enforces a level of Pod Security |
 */
export class Namespace extends Resource<NamespaceProps, Patches['Namespace']> {
  constructor(scope: Construct, id: string, props: NamespaceProps = {}) {
    super(scope, id, props, {
      apiVersion: 'v1',
      kind: 'Namespace',
      shape: PROPS,
      labels: ({ podSecurity: level = 'restricted' }) =>
        level === false ? {} : { 'pod-security.kubernetes.io/enforce': level },
      content: () => ({}),
    });
  }
}
