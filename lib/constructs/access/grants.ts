import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { shorten } from '../../kube/names';
import { kubernetesOf } from '../core/environment';
import { checkNamespace } from '../core/metadata';
import { NAME_LENGTH } from '../core/names';
import type { KubeObject } from '../core/object';
import { WHOLE } from '../core/origin';
import { below, reporter, type Reporter } from '../core/problems';
import type { Reference } from '../core/reference';
import { nameOrReference, referenceName } from '../core/reference';
import { isShaped } from '../core/shaped';
import { anyOf, constant, record } from '../core/shapes';
import { namespaceOf } from '../network/peer';
import type { TraitPlace } from '../workloads/trait';
import { GrantedRole } from './granted-role';
import type { PermissionOptions, Verb } from './permission';
import { checkPermission, PERMISSION_SHAPES, VERBS } from './permission';
import type { Grantable, Target } from './target';
import { GRANTABLE, targetOf } from './target';

/** Where and on which objects a workload gets permissions. */
export interface GrantOptions extends PermissionOptions {
  /**
   * The namespace, or `'cluster'` for all namespaces.
   * @default that of the construct, else that of the workload; the cluster for kinds that have no namespace
   */
  readonly in?: string | Reference<'Namespace'>;
}

/**
 * The permissions of a workload towards the API server.
 *
 * | object | when | why |
 * |---|---|---|
 * | Role and RoleBinding | in each namespace that `grant` names | allow what was granted, and nothing else |
 * | ClusterRole and ClusterRoleBinding | `grant` for cluster-scoped kinds, paths, or `in: 'cluster'` | the same in the whole cluster |
 */
export interface Grants {
  /** The Role in the namespace of the workload; `undefined` before something is granted there. */
  readonly role: KubeObject<Patches['Role']> | undefined;
  /** The RoleBinding in the namespace of the workload; `undefined` before something is granted there. */
  readonly roleBinding: KubeObject<Patches['RoleBinding']> | undefined;
  /** The ClusterRole; `undefined` before something is granted in the cluster. */
  readonly clusterRole: KubeObject<Patches['ClusterRole']> | undefined;
  /** The ClusterRoleBinding; `undefined` before something is granted in the cluster. */
  readonly clusterRoleBinding: KubeObject<Patches['ClusterRoleBinding']> | undefined;
  /** The Roles in all namespaces. */
  readonly roles: readonly KubeObject<Patches['Role']>[];
  /** The RoleBindings in all namespaces. */
  readonly roleBindings: readonly KubeObject<Patches['RoleBinding']>[];
  /**
   * Allows its pods to do something with objects of the API server, and mounts the token that they need for it. All grants
   * in a namespace are one Role.
   *
   * `list` and `watch` of one object match requests with the field selector `metadata.name=<name>` only. `create` and
   * `deletecollection` name no object: grant them on the kind.
   *
   * @param verbs `'get'`, `['list', 'watch']`
   * @param what a construct, a kind or resource, or a list of them: `'pods'`, `'pods/log'`, `'widgets.example.com'`
   */
  grant(verbs: Verb | readonly Verb[], what: Grantable | readonly Grantable[], options?: GrantOptions): this;
}

const OPTIONS = record<GrantOptions>(
  {
    ...PERMISSION_SHAPES,
    in: anyOf<string | Reference<'Namespace'>>([constant('cluster'), nameOrReference<'Namespace'>()]),
  },
  { example: "{ names: ['settings'], in: 'jobs' }" },
);

/** The scope of what one call grants: problems, and the objects that it is the first to need, have its line. */
class Grant extends Construct {}

Object.defineProperty(Grant.prototype, WHOLE, { value: true });

/** Stands for the whole cluster among namespaces. */
const CLUSTER = Symbol('cluster');

type Where = string | undefined | typeof CLUSTER;

/** The roles of one workload, one in each namespace. */
export class WorkloadGrants {
  readonly #place: TraitPlace;
  readonly #account: (report: Reporter) => string;
  readonly #existing: () => Reference | string | undefined;
  readonly #roles = new Map<Where, GrantedRole>();
  #calls = 0;

  /**
   * @param account the name of its ServiceAccount
   * @param existing the ServiceAccount, where the workload does not make it
   */
  constructor(
    place: TraitPlace,
    account: (report: Reporter) => string,
    existing: () => Reference | string | undefined,
  ) {
    this.#place = place;
    this.#account = account;
    this.#existing = existing;
  }

  get role(): KubeObject<Patches['Role']> | undefined {
    return this.#roles.get(this.#here)?.role;
  }

  get roleBinding(): KubeObject<Patches['RoleBinding']> | undefined {
    return this.#roles.get(this.#here)?.binding;
  }

  get clusterRole(): KubeObject<Patches['ClusterRole']> | undefined {
    return this.#roles.get(CLUSTER)?.role;
  }

  get clusterRoleBinding(): KubeObject<Patches['ClusterRoleBinding']> | undefined {
    return this.#roles.get(CLUSTER)?.binding;
  }

  get roles(): readonly KubeObject<Patches['Role']>[] {
    return this.#inNamespaces().map(({ role }) => role);
  }

  get roleBindings(): readonly KubeObject<Patches['RoleBinding']>[] {
    return this.#inNamespaces().map(({ binding }) => binding);
  }

  /** Whether the pods have a permission, and so need a token. */
  get isGranted(): boolean {
    return this.#roles.size > 0;
  }

  grant(
    verbs: Verb | readonly Verb[],
    what: Grantable | readonly Grantable[],
    options: GrantOptions = {},
  ): void {
    this.#calls++;
    const call = new Grant(this.#place.workload, this.#calls === 1 ? 'grant' : `grant-${this.#calls}`);
    const isFine = [
      isShaped(call, 'grant', verbs, VERBS),
      isShaped(call, 'grant', what, GRANTABLE),
      isShaped(call, 'grant', options, OPTIONS),
    ];
    if (isFine.includes(false)) return;
    const report = below('grant', reporter(call));
    for (const each of [what].flat() as readonly Grantable[]) {
      const target = targetOf(each, kubernetesOf(call), report);
      if (target !== undefined) this.#grantOn(target, [verbs].flat(), options, { call, report });
    }
  }

  #grantOn(
    target: Target,
    verbs: readonly string[],
    options: GrantOptions,
    { call, report }: { readonly call: Grant; readonly report: Reporter },
  ): void {
    const where = this.#placeOf(target, options, report);
    if (!checkPermission(verbs, target, options, where === CLUSTER ? 'cluster' : 'namespace', report)) return;
    const role = this.#roles.get(where) ?? this.#makeRole(where, call, report);
    role?.add({ target, verbs, ...(options.names === undefined ? {} : { names: options.names }) });
  }

  /** Where a role has to be for requests about `target` to match. */
  #placeOf({ isNamespaced, namespace, resource }: Target, options: GrantOptions, report: Reporter): Where {
    if (options.in === undefined) return isNamespaced ? (namespace ?? this.#here) : CLUSTER;
    const asked = referenceName(options.in, 'Namespace', below('in', report));
    if (asked === 'cluster' && typeof options.in === 'string') return CLUSTER;
    checkNamespace(asked, report);
    if (!isNamespaced) {
      const message = `Forbidden: "${resource}" is cluster-scoped`;
      report({ code: 'INVALID_PROP', path: 'in', message, hint: 'Leave out `in`.' });
    } else if (namespace !== undefined && namespace !== asked) {
      const message = `Invalid value: "${asked}": the object is in namespace "${namespace}"`;
      report({ code: 'INVALID_PROP', path: 'in', message, hint: 'Leave out `in`.' });
    }
    return asked;
  }

  #makeRole(where: Where, call: Grant, report: Reporter): GrantedRole | undefined {
    const { workload, name, metadata } = this.#place;
    const here = this.#here;
    if (where !== here && here === undefined) {
      report({
        code: 'MISSING_PROP',
        message: 'Required value: a binding elsewhere needs the namespace of the ServiceAccount',
        hint: 'Set `namespace` of the chart.',
      });
      return undefined;
    }
    const { namespace: _, name: __, ...labels } = metadata();
    const elsewhere = shorten([here ?? '', name], NAME_LENGTH);
    const own = {
      ...labels,
      name: where === here ? name : elsewhere,
      ...(typeof where === 'string' ? { namespace: where } : {}),
    };
    const role = new GrantedRole(call, {
      id: typeof where === 'string' && where !== here ? `-${where}` : '',
      prefix: where === CLUSTER ? 'Cluster' : '',
      metadata: own,
      account: this.#account,
      namespace: here,
      existing: this.#existing,
    });
    this.#roles.set(where, role);
    // Pods that start before they are allowed to do something fail at first.
    ApiObject.of(workload).addDependency(role.binding);
    return role;
  }

  #inNamespaces(): readonly GrantedRole[] {
    return [...this.#roles].flatMap(([where, role]) => (where === CLUSTER ? [] : [role]));
  }

  get #here(): string | undefined {
    return namespaceOf(this.#place.workload);
  }
}
