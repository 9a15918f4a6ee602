import type { Manifest } from '../../manifest/manifest';
import { Scopes } from '../../manifest/scopes';

/** Where Argo CD puts what a manifest gives no namespace, and all that it has to permit. */
export interface Namespaces {
  /** Of the Application. Its project has to permit it, although most objects say theirs. */
  readonly own: string;
  /** With `own`, sorted. */
  readonly all: readonly string[];
}

/** Without a namespace in an object that needs one, clients take this. */
const DEFAULT = 'default';

/** The namespaces of a deployment; its own is that of the most objects, unless some say none. */
export function namespacesOf(manifests: readonly Manifest[]): Namespaces {
  const scopes = new Scopes(manifests.map(({ object }) => object));
  const uses = new Map<string, number>();
  for (const { id } of manifests) {
    if (scopes.isClusterScoped(id)) continue;
    const name = id.namespace ?? DEFAULT;
    uses.set(name, (uses.get(name) ?? 0) + (id.namespace === undefined ? Infinity : 1));
  }
  const [[own] = [DEFAULT]] = [...uses].sort(([a, more], [b, fewer]) => fewer - more || (a < b ? -1 : 1));
  return { own, all: [...new Set([own, ...uses.keys()])].sort() };
}
