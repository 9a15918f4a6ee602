import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { propsShape } from '../core/kubernetes-words';
import type { Reporter } from '../core/problems';
import type { ResourceProps } from '../core/resource';
import { CLUSTER_SCOPED_SHAPES, Resource, RESOURCE_SHAPES } from '../core/resource';
import { choice, ENTRIES, list } from '../core/shapes';
import type { AccessRule } from './access-rule';
import { ACCESS_RULES, renderRules } from './access-rule';

/** Props of a Role. */
export interface RoleProps extends ResourceProps {
  /** What it allows. */
  readonly rules: readonly AccessRule[];
}

const ROLE = propsShape<RoleProps>({ ...RESOURCE_SHAPES, rules: ACCESS_RULES });

/**
 * Permissions within a namespace, for people, groups and accounts that a RoleBinding names. For the pods of a workload, its
 * `grant` is shorter.
 *
 * | object | when | why |
 * |---|---|---|
 * | Role | always | allows what its rules say, within its namespace |
 */
export class Role extends Resource<RoleProps, Patches['Role']> {
  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id, props, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      shape: ROLE,
      content: (report) => ({ rules: this.rules(report) }),
    });
  }

  private rules(report: Reporter): readonly object[] {
    const { namespace } = this;
    return renderRules(this.props.rules, { role: this, namespaced: { namespace } }, report);
  }
}

/** ClusterRoles that every cluster has, and that take in others. */
const AGGREGATED = ['admin', 'edit', 'view'] as const;

/** Props of a ClusterRole. */
export interface ClusterRoleProps extends Omit<ResourceProps, 'namespace'> {
  /** What it allows. @default nothing by itself */
  readonly rules?: readonly AccessRule[];
  /** The roles of every cluster that take it in, so that whoever has them can use a custom resource, too. @default none */
  readonly aggregateTo?: readonly (typeof AGGREGATED)[number][];
  /** Labels of other ClusterRoles that it takes in: those that have all labels of one of these. @default none */
  readonly aggregates?: readonly Readonly<Record<string, string>>[];
}

const CLUSTER_ROLE = propsShape<ClusterRoleProps>(
  {
    ...CLUSTER_SCOPED_SHAPES,
    rules: ACCESS_RULES,
    aggregateTo: list(choice(AGGREGATED)),
    aggregates: list(ENTRIES),
  },
  { aggregationRule: '`aggregates`' },
);

/**
 * Permissions in the whole cluster by a ClusterRoleBinding, or within a namespace by a RoleBinding.
 *
 * | object | when | why |
 * |---|---|---|
 * | ClusterRole | always | allows what its rules say, and what the roles allow that it takes in |
 */
export class ClusterRole extends Resource<ClusterRoleProps, Patches['ClusterRole']> {
  constructor(scope: Construct, id: string, props: ClusterRoleProps) {
    super(scope, id, props, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      shape: CLUSTER_ROLE,
      labels: ({ aggregateTo = [] }) =>
        Object.fromEntries(
          aggregateTo.map((role) => [`rbac.authorization.k8s.io/aggregate-to-${role}`, 'true']),
        ),
      content: (report) => this.renderContent(report),
    });
  }

  private renderContent(report: Reporter): Readonly<Record<string, unknown>> {
    const { rules, aggregates } = this.props;
    if (aggregates === undefined) return { rules: renderRules(rules ?? [], { role: this }, report) };
    if (rules !== undefined) {
      const message = 'Forbidden: a controller replaces the rules of a role with `aggregates`';
      report({
        code: 'INVALID_PROP',
        path: 'rules',
        message,
        hint: 'Put them into a ClusterRole that it takes in.',
      });
    }
    return {
      aggregationRule: { clusterRoleSelectors: aggregates.map((matchLabels) => ({ matchLabels })) },
      rules: [],
    };
  }
}
