import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { referTo } from '../core/existing';
import { propsShape } from '../core/kubernetes-words';
import { below, type Reporter } from '../core/problems';
import type { Reference } from '../core/reference';
import { nameOrReference } from '../core/reference';
import type { ResourceProps } from '../core/resource';
import { CLUSTER_SCOPED_SHAPES, Resource, RESOURCE_SHAPES } from '../core/resource';
import { Role } from './role';
import type { Subject } from './subject';
import { renderSubjects, SUBJECTS } from './subject';

const RBAC = 'rbac.authorization.k8s.io';

/** Props of a RoleBinding. */
export interface RoleBindingProps extends ResourceProps {
  /** The Role or ClusterRole; a string is the name of a ClusterRole, such as `'view'`. */
  readonly role: string | Reference<'Role' | 'ClusterRole'>;
  /** Who gets its permissions: `[user('jane'), group('ops'), serviceAccount('ci', 'build')]`. */
  readonly subjects: readonly Subject[];
}

const ROLE_BINDING = propsShape<RoleBindingProps>(
  { ...RESOURCE_SHAPES, role: nameOrReference<'Role' | 'ClusterRole'>(), subjects: SUBJECTS },
  { roleRef: '`role`' },
);

/**
 * Gives the permissions of a role to people, groups and accounts, within its namespace.
 *
 * | object | when | why |
 * |---|---|---|
 * | RoleBinding | always | allows its subjects what the role allows, within its namespace |
 */
export class RoleBinding extends Resource<RoleBindingProps, Patches['RoleBinding']> {
  constructor(scope: Construct, id: string, props: RoleBindingProps) {
    super(scope, id, props, {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      shape: ROLE_BINDING,
      content: (report) => this.renderContent(report),
    });
    referTo(this.object, () => [this.props]);
  }

  private renderContent(report: Reporter): Readonly<Record<string, unknown>> {
    const { role, subjects } = this.props;
    if (role instanceof Role && role.namespace !== this.namespace) {
      const message = `Invalid value: Role "${role.name}" is in another namespace`;
      report({ code: 'INVALID_PROP', path: 'role', message, hint: 'Use a ClusterRole, or set `namespace`.' });
    }
    return {
      roleRef: renderRole(role, ['Role', 'ClusterRole'], below('role', report)),
      subjects: renderSubjects(subjects, this.namespace, false, report),
    };
  }
}

/** Props of a ClusterRoleBinding. */
export interface ClusterRoleBindingProps extends Omit<ResourceProps, 'namespace'> {
  /** The ClusterRole, by construct or name. */
  readonly role: string | Reference<'ClusterRole'>;
  /** Who gets its permissions: `[group('auditors')]`. */
  readonly subjects: readonly Subject[];
}

const CLUSTER_ROLE_BINDING = propsShape<ClusterRoleBindingProps>(
  { ...CLUSTER_SCOPED_SHAPES, role: nameOrReference<'ClusterRole'>(), subjects: SUBJECTS },
  { roleRef: '`role`' },
);

/**
 * Gives the permissions of a ClusterRole to people, groups and accounts, in the whole cluster.
 *
 * | object | when | why |
 * |---|---|---|
 * | ClusterRoleBinding | always | allows its subjects what the role allows, everywhere |
 */
export class ClusterRoleBinding extends Resource<ClusterRoleBindingProps, Patches['ClusterRoleBinding']> {
  constructor(scope: Construct, id: string, props: ClusterRoleBindingProps) {
    super(scope, id, props, {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      shape: CLUSTER_ROLE_BINDING,
      content: (report) => ({
        roleRef: renderRole(this.props.role, ['ClusterRole'], below('role', report)),
        subjects: renderSubjects(this.props.subjects, undefined, true, report),
      }),
    });
    referTo(this.object, () => [this.props]);
  }
}

function renderRole(role: string | Reference, kinds: readonly string[], report: Reporter): object {
  const { kind, name } = typeof role === 'string' ? { kind: 'ClusterRole', name: role } : role;
  if (!kinds.includes(kind)) {
    const message = `expected a ${kinds.join(' or ')}, got ${kind} "${name}"`;
    report({ code: 'INVALID_PROP', message });
  }
  return { apiGroup: RBAC, kind, name };
}
