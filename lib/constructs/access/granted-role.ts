import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { referTo } from '../core/existing';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { optional } from '../core/props';
import type { Reference } from '../core/reference';
import { suppressOwn } from '../core/suppress';
import { needsFieldSelector } from './permission';
import type { Permission } from './policy-rules';
import { policyRules } from './policy-rules';
import type { Target } from './target';

const RBAC = 'rbac.authorization.k8s.io';

/** What is granted by one call on one resource. */
export interface GrantedPermission {
  readonly target: Target;
  readonly verbs: readonly string[];
  /** @default the name of the target, where it has one */
  readonly names?: readonly string[];
}

/** What is known about a role before anything is granted. */
export interface GrantedRoleProps {
  /** Suffix of the ids of its objects. */
  readonly id: string;
  /** What the kinds begin with. */
  readonly prefix: 'Cluster' | '';
  readonly metadata: ApiObjectMetadata & { readonly name: string };
  /** Name and namespace of the ServiceAccount. */
  readonly account: (report: Reporter) => string;
  readonly namespace: string | undefined;
  /** The account, where the workload does not make it. */
  readonly existing: () => Reference | string | undefined;
}

/** A role and its binding to one account, which list all that is granted. */
export class GrantedRole {
  readonly role: KubeObject<Patches['Role']>;
  readonly binding: KubeObject<Patches['RoleBinding']>;
  readonly #granted: GrantedPermission[] = [];

  constructor(scope: Construct, { id, prefix, metadata, account, namespace, existing }: GrantedRoleProps) {
    const start = prefix === 'Cluster' ? 'cluster-role' : 'role';
    this.role = new KubeObject(scope, `${start}${id}`, {
      apiVersion: `${RBAC}/v1`,
      kind: `${prefix}Role`,
      metadata,
      content: () => ({ rules: policyRules(this.#permissions()) }),
    });
    this.binding = new KubeObject(scope, `${start}-binding${id}`, {
      apiVersion: `${RBAC}/v1`,
      kind: `${prefix}RoleBinding`,
      metadata,
      content: (report) => ({
        roleRef: { apiGroup: RBAC, kind: `${prefix}Role`, name: metadata.name },
        subjects: [{ kind: 'ServiceAccount', name: account(report), ...optional('namespace', namespace) }],
      }),
    });
    referTo(this.binding, () => [{ serviceAccount: existing() }]);
    suppressOwn(
      this.role,
      'wiring/rbac-lists-by-name',
      'granted for single objects, which clients select by metadata.name',
      () =>
        policyRules(this.#permissions()).some(({ verbs, resourceNames }) =>
          needsFieldSelector({ verbs, ...optional('names', resourceNames) }),
        ),
    );
  }

  add(granted: GrantedPermission): void {
    this.#granted.push(granted);
  }

  #permissions(): readonly Permission[] {
    return this.#granted.map(({ target: { group, resource, name }, verbs, names }) => ({
      resource,
      verbs,
      ...optional('group', group),
      ...optional('names', names ?? (name && [name()])),
    }));
  }
}
