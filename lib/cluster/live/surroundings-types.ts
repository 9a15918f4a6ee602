import type { Target } from '../../graph/reference';
import type { KubeObject } from '../../manifest/manifest';

/** All objects of a kind: in one namespace, or of a kind without namespaces. */
export interface KindPlace extends Pick<Target, 'group' | 'kind' | 'namespace'> {
  /** As a Role names it: `secrets`. */
  readonly plural: string;
}

/** What a cluster has that decides about manifests. */
export interface Surroundings {
  /** The version of the server: `v1.36.3`. */
  readonly kubernetes: string;
  /** The namespace of manifests without one: that of the kubeconfig's context. */
  readonly namespace: string;
  /** By kind, namespace and name, without what only servers write and without values of Secrets and ConfigMaps. */
  readonly objects: readonly KubeObject[];
  /** Kinds of which every object is known. */
  readonly listed: readonly KindPlace[];
  /** Objects that were asked for and do not exist. */
  readonly missing: readonly Target[];
  /** What the user may not read. */
  readonly unread: readonly KindPlace[];
}
