import type { Resource } from '../../../kube/rbac/resources';
import type { Permission } from '../../../graph/permissions';
import { verbsOf } from '../../../kube/rbac/verbs';
import { push } from '../../../kube/grouped';
import type { Allowed } from './allowed';

/** What is allowed on one side only. */
export interface Missing extends Pick<Permission, 'group' | 'target' | 'namespace'> {
  readonly verbs: readonly string[];
  readonly names: readonly string[];
}

/** The part of a permission about verbs and names. */
type Part = Pick<Missing, 'verbs' | 'names'>;

/** Takes permissions from one another as sets of verbs on resources, where `*` is what the API knows. */
export class Subtraction {
  readonly #byGroup = new Map<string, Resource[]>();
  readonly #byPlural = new Map<string, Resource[]>();
  readonly #ids = new Map<readonly string[], number>();
  readonly #known = new Map<string, readonly Part[]>();
  readonly #everyVerb = new Map<readonly string[], boolean>();

  readonly #resources: ReadonlyMap<string, Resource>;

  constructor(resources: ReadonlyMap<string, Resource>) {
    this.#resources = resources;
    for (const resource of resources.values()) {
      push(this.#byGroup, resource.group, resource);
      push(this.#byPlural, resource.plural, resource);
    }
  }

  /**
   * What `permission` allows and `others` do not.
   *
   * @param isSpelledOut whether `*` stands for the resources that are missing, where some are not
   */
  missing(permission: Permission, others: readonly Allowed[], isSpelledOut = true): readonly Missing[] {
    if (this.#isVoid(permission)) return [];
    const parts = this.#parts(permission, others);
    if (parts.length === 0) return [];
    const each = this.#spelledOut(permission);
    const left = each.map((one) => this.#parts(one, others));
    if (each.length > 0 && left.every((rest) => rest.length === 0)) return [];
    // Where nothing of it is left, it is shorter to say so.
    if (!isSpelledOut || left.every((rest, index) => isAllOf(rest, each[index])))
      return parts.map((part) => ({ ...permission, ...part }));
    return each.flatMap((one, index) => (left[index] ?? []).map((part) => ({ ...one, ...part })));
  }

  /** Whether others allow all of it where it is, and it means something there. */
  isIn(permission: Permission, others: readonly Allowed[]): boolean {
    return !this.#isVoid(permission) && this.missing(permission, others).length === 0;
  }

  /** A resource of the cluster is in no namespace; only a namespace itself is in one. */
  #isVoid({ group, target, namespace }: Permission): boolean {
    if (group === undefined || namespace === undefined) return false;
    const resource = this.#resources.get(`${group}/${target.split('/')[0] ?? ''}`);
    return resource?.isNamespaced === false && resource.plural !== 'namespaces';
  }

  /** The resources that a permission for all of a group is for, or that have its name in any group. */
  #spelledOut(permission: Permission): Permission[] {
    const { group, target } = permission;
    if (group === undefined || (group === '*') === (target === '*')) return [];
    if (group === '*') {
      const [plural = '', subresource] = target.split('/');
      const known = this.#byPlural.get(plural) ?? [];
      const having = known.filter(
        ({ subresources }) => subresource === undefined || subresources.has(subresource),
      );
      return having.map((resource) => ({ ...permission, group: resource.group }));
    }
    return (this.#byGroup.get(group) ?? []).flatMap(({ plural, subresources }) =>
      [plural, ...[...subresources].map((each) => `${plural}/${each}`)].flatMap((each) => {
        const possible = verbsOf(group, each);
        const verbs = permission.verbs.filter((verb) => verb === '*' || possible.includes(verb));
        return verbs.length === 0 ? [] : [{ ...permission, target: each, verbs }];
      }),
    );
  }

  #parts(permission: Permission, others: readonly Allowed[]): readonly Part[] {
    const about = others.map((allowed) => allowed.about(permission));
    const { group, target, verbs, names } = permission;
    const all = this.#hasEvery(verbs) ? `${group ?? '-'}/${target}` : '';
    const key = [all, ...[{ verbs, names }, ...about.flat()].map((each) => this.#idOf(each))].join(' ');
    const known = this.#known.get(key) ?? partsOf(permission, others);
    this.#known.set(key, known);
    return known;
  }

  /** Whether verbs have `*` among them; the resources of a rule share its verbs, which may be many. */
  #hasEvery(verbs: readonly string[]): boolean {
    const known = this.#everyVerb.get(verbs) ?? verbs.includes('*');
    this.#everyVerb.set(verbs, known);
    return known;
  }

  #idOf({ verbs, names }: Part): string {
    return [verbs, names].map((list) => this.#idOfList(list)).join(':');
  }

  #idOfList(list: readonly string[]): number {
    const id = this.#ids.get(list) ?? this.#ids.size;
    this.#ids.set(list, id);
    return id;
  }
}

function isAllOf(rest: readonly Part[], permission: Permission | undefined): boolean {
  const [part, ...more] = rest;
  return (
    part !== undefined &&
    more.length === 0 &&
    part.verbs.length === permission?.verbs.length &&
    part.names.length === permission.names.length
  );
}

/** The verbs that nothing else allows: on all objects, or for the names that lack the same ones together. */
function partsOf(permission: Permission, others: readonly Allowed[]): Part[] {
  if (permission.names.length === 0) {
    const verbs = verbsMissing(
      permission,
      others.flatMap((allowed) => allowed.on(permission)),
    );
    return verbs.length === 0 ? [] : [{ verbs, names: [] }];
  }
  const byVerbs = new Map<string, { readonly verbs: readonly string[]; readonly names: string[] }>();
  for (const [over, alike] of namesByRest(permission, others)) {
    const verbs = verbsMissing(permission, over);
    if (verbs.length === 0) continue;
    const key = verbs.join(' ');
    const known = byVerbs.get(key) ?? { verbs, names: [] };
    byVerbs.set(key, known);
    for (const name of alike) known.names.push(name);
  }
  return [...byVerbs.values()];
}

/** The names of a permission, those together on which others allow it by the same permissions. */
function namesByRest(
  permission: Permission,
  others: readonly Allowed[],
): Iterable<readonly [readonly Permission[], readonly string[]]> {
  const ids = new Map<Permission, number>();
  const idOf = (each: Permission): number => {
    const id = ids.get(each) ?? ids.size;
    ids.set(each, id);
    return id;
  };
  const found = new Map<string, readonly [readonly Permission[], string[]]>();
  for (const name of new Set(permission.names)) {
    const over = others.flatMap((allowed) => allowed.on(permission, name));
    const key = over.map(idOf).join(' ');
    const known = found.get(key) ?? [over, []];
    found.set(key, known);
    known[1].push(name);
  }
  return found.values();
}

function verbsMissing({ group, target, verbs }: Permission, over: readonly Permission[]): readonly string[] {
  const allowed = new Set(over.flatMap((each) => each.verbs));
  if (allowed.has('*')) return [];
  if (!verbs.includes('*')) return [...new Set(verbs)].filter((verb) => !allowed.has(verb));
  if (target === '*' || group === '*') return ['*'];
  const possible = [...new Set([...verbsOf(group, target), ...verbs.filter((verb) => verb !== '*')])];
  const left = possible.filter((verb) => !allowed.has(verb));
  return left.length === possible.length ? ['*'] : left;
}
