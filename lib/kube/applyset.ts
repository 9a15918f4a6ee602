import { createHash } from 'node:crypto';
import { groupOf } from './schema';

/**
 * The labels and annotations of an ApplySet: a parent object, and the objects that were applied together.
 *
 * Source: KEP-3659, and `pkg/cmd/apply/applyset.go` of kubectl 1.36, where it is alpha: `contains-group-kinds` has taken the
 * place of `contains-group-resources`.
 */
export const APPLYSET = {
  /** Label of the parent, with the id of the set. */
  id: 'applyset.kubernetes.io/id',
  /** Label of a member, with the id of the set. */
  partOf: 'applyset.kubernetes.io/part-of',
  /** Label of a CRD whose objects may be parents. */
  isParentType: 'applyset.kubernetes.io/is-parent-type',
  /** Annotation of the parent: the tool that manages the set, `kubectl/v1.36`. Others must not change it. */
  tooling: 'applyset.kubernetes.io/tooling',
  /** Annotation of the parent: the kinds of the members, `Deployment.apps,Secret`. */
  groupKinds: 'applyset.kubernetes.io/contains-group-kinds',
  /** Annotation of the parent: the namespaces of the members, but for its own. */
  namespaces: 'applyset.kubernetes.io/additional-namespaces',
} as const;

/** What identifies an object in a cluster. */
interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** The id of the set with this parent: a label value. */
export function applySetId({ apiVersion, kind, name, namespace = '' }: Identity): string {
  const identity = [name, namespace, kind, groupOf(apiVersion)].join('.');
  return `applyset-${createHash('sha256').update(identity).digest('base64url')}-v1`;
}

/** The labels and annotations of the parent of a set with these members. */
export function applySetParentMarks(
  parent: Identity,
  members: readonly Identity[],
  tooling: string,
): { readonly labels: Record<string, string>; readonly annotations: Record<string, string> } {
  const kinds = members.map(({ apiVersion, kind }) => groupKindName(groupOf(apiVersion), kind));
  const namespaces = members.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace]));
  const list = (names: readonly string[]): string => [...new Set(names)].sort().join(',');
  return {
    labels: { [APPLYSET.id]: applySetId(parent) },
    annotations: {
      [APPLYSET.namespaces]: list(namespaces.filter((each) => each !== parent.namespace)),
      [APPLYSET.groupKinds]: list(kinds),
      [APPLYSET.tooling]: tooling,
    },
  };
}

/** `Deployment.apps`; the core group has no name: `Secret`. */
function groupKindName(group: string, kind: string): string {
  return group === '' ? kind : `${kind}.${group}`;
}
