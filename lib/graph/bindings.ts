import type { Field } from '../manifest/field';
import type { Cluster } from './cluster';
import { knownOf, objectsOf, type Entry } from './objects';
import type { Target } from './reference';

const RBAC = 'rbac.authorization.k8s.io';
const KINDS = [`${RBAC}/RoleBinding`, `${RBAC}/ClusterRoleBinding`];

/** A RoleBinding or ClusterRoleBinding: which role it grants, and to whom. */
export interface Binding extends Entry {
  /** Whether it grants the role in every namespace. */
  readonly isClusterWide: boolean;
  readonly role: Target;
  /** The field with the name of the role. */
  readonly roleName: Field;
  readonly subjects: readonly Subject[];
}

/** A subject that is granted a role. */
export interface Subject {
  /** `ServiceAccount`, `User` or `Group`. */
  readonly kind: string;
  /** The namespace of a ServiceAccount. */
  readonly namespace: string | undefined;
  readonly name: Field;
}

/** The bindings to judge, RoleBindings first. */
export function bindingsIn(cluster: Cluster): readonly Binding[] {
  return KINDS.flatMap((kind) => objectsOf(cluster, kind)).map(bindingAt);
}

/** The same, with those that are in the cluster already. */
export function knownBindings(cluster: Cluster): readonly Binding[] {
  return KINDS.flatMap((kind) => knownOf(cluster, kind)).map(bindingAt);
}

/**
 * What one binding grants, and to whom. A ServiceAccount without a namespace is of the binding's own.
 *
 * Source: appliesToUser of kubernetes `pkg/registry/rbac/validation`.
 */
export function bindingAt(entry: Entry): Binding {
  const { manifest, root, namespace } = entry;
  const ref = root.child('roleRef');
  const [kind, roleName] = [ref.child('kind').text, ref.child('name')];
  return {
    manifest,
    root,
    namespace,
    isClusterWide: manifest.id.kind === 'ClusterRoleBinding',
    role: { group: RBAC, kind, name: roleName.text, ...(kind === 'Role' && { namespace }) },
    roleName,
    subjects: root.list('subjects').map((subject) => subjectAt(subject, namespace)),
  };
}

function subjectAt(field: Field, own: string): Subject {
  const kind = field.child('kind').text;
  const namespace = kind === 'ServiceAccount' ? field.child('namespace').text || own : undefined;
  return { kind, namespace, name: field.child('name') };
}
