import type { Permission } from '../../../graph/permissions';
import { push } from '../../../kube/grouped';

/** What some lists of permissions allow, by what it is allowed on. */
export class Allowed {
  readonly #byTarget = new Map<string, Permission[]>();
  readonly #byName = new Map<string, ReadonlyMap<string, readonly Permission[]>>();
  readonly #namespaces = new Set<string>();
  /** Lengths of paths before a `*` at their end. */
  readonly #prefixes = new Set<number>();

  constructor(lists: Iterable<readonly Permission[]>) {
    for (const list of lists) {
      for (const permission of list) {
        const { namespace, group, target } = permission;
        push(this.#byTarget, keyOf(namespace, group, target), permission);
        if (namespace !== undefined) this.#namespaces.add(namespace);
        if (group === undefined && target.endsWith('*')) this.#prefixes.add(target.length - 1);
      }
    }
  }

  /** The namespaces that something is allowed in. */
  get namespaces(): ReadonlySet<string> {
    return this.#namespaces;
  }

  /**
   * What is allowed on the target of a permission, or on more than it: on all objects, and on those of a name.
   *
   * Source: RuleAllows of kubernetes `plugin/pkg/auth/authorizer/rbac`, and the matchers of
   * `pkg/apis/rbac/v1/evaluation_helpers.go`.
   */
  on(permission: Permission, name?: string): Permission[] {
    return this.#keysOf(permission).flatMap((key) => {
      const all = (this.#byTarget.get(key) ?? []).filter(({ names }) => names.length === 0);
      return name === undefined ? all : [...all, ...(this.#named(key).get(name) ?? [])];
    });
  }

  /** Everything that touches the target, for some objects or all: what the answer of `on` depends on. */
  about(permission: Permission): Permission[] {
    return this.#keysOf(permission).flatMap((key) => this.#byTarget.get(key) ?? []);
  }

  #keysOf({ namespace, group, target }: Permission): string[] {
    const places = namespace === undefined ? [undefined] : [undefined, namespace];
    const groups = group === undefined || group === '*' ? [group] : [group, '*'];
    const targets = group === undefined ? this.#pathsOver(target) : resourcesOver(target);
    return places.flatMap((place) => groups.flatMap((each) => targets.map((of) => keyOf(place, each, of))));
  }

  #pathsOver(path: string): string[] {
    const over = [...this.#prefixes].filter((length) => length < path.length);
    return [path, ...over.map((length) => `${path.slice(0, length)}*`)].filter(
      (each, index, all) => all.indexOf(each) === index,
    );
  }

  #named(key: string): ReadonlyMap<string, readonly Permission[]> {
    const known = this.#byName.get(key);
    if (known !== undefined) return known;
    const found = new Map<string, Permission[]>();
    for (const permission of this.#byTarget.get(key) ?? [])
      for (const name of permission.names) push(found, name, permission);
    this.#byName.set(key, found);
    return found;
  }
}

/** A resource, every resource, and a subresource of every one. */
function resourcesOver(target: string): string[] {
  const subresource = target.split('/')[1];
  return [...new Set([target, '*', ...(subresource === undefined ? [] : [`*/${subresource}`])])];
}

function keyOf(namespace: string | undefined, group: string | undefined, target: string): string {
  return JSON.stringify([namespace ?? null, group ?? null, target]);
}
