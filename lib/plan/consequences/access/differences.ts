import { resourcesOf } from '../../../graph/api-resources';
import type { Cluster } from '../../../graph/cluster';
import {
  groupsOf,
  rolesBySubject,
  rolesIn,
  type GrantedRole,
  type Permission,
} from '../../../graph/permissions';
import { Allowed } from './allowed';
import { Subtraction, type Missing } from './missing';
import { includes } from './user-roles';

/** A permission that one side has and the other has not, with the role and the binding that it comes of. */
export interface Lacking {
  readonly missing: readonly Missing[];
  readonly permission: Permission;
  /** The place of the granted role among those of the subject. */
  readonly source: number;
}

/** What some roles allow and others do not. */
export interface Difference {
  readonly lacking: readonly Lacking[];
  /** Where what is missing everywhere is still allowed. */
  readonly namespaces: (missing: Missing) => readonly string[];
  /** The names of the objects that what is missing for all is still allowed on. */
  readonly names: (missing: Missing) => readonly string[];
}

/** What a subject may do on one side, and not on the other. */
export interface SubjectDifference {
  readonly subject: string;
  readonly difference: Difference;
  readonly roles: readonly GrantedRole[];
  /** Roles whose permissions are not known: those that come with this side, and those that the other side has. */
  readonly unknown: { readonly here: readonly GrantedRole[]; readonly there: readonly GrantedRole[] };
}

type Roles = ReadonlyMap<string, readonly GrantedRole[]>;
type List = readonly Permission[];

const NONE: Difference = { lacking: [], namespaces: () => [], names: () => [] };

/** More namespaces than this are not looked at for what is left of a permission. */
const MOST_NAMESPACES = 10;

/** Compares what subjects may do. Subjects with the same roles differ in the same way, which is found once. */
export class Differences {
  readonly #ids = new Map<List, number>();
  readonly #known = new Map<string, Difference>();
  readonly #allowed = new Map<string, Allowed>();
  readonly #subtraction: Subtraction;
  readonly #existing: ReadonlySet<string>;

  constructor(before: Cluster, after: Cluster) {
    this.#subtraction = new Subtraction(new Map([...resourcesOf(before), ...resourcesOf(after)]));
    this.#existing = new Set([...rolesIn(before), ...rolesIn(after)]);
  }

  /**
   * By subject, what it may do in `some` cluster and not in the `other`, in the order in which it is granted.
   *
   * @param isSpelledOut whether `*` stands for the resources that are missing, where some are not
   */
  of(some: Cluster, other: Cluster, isSpelledOut: boolean): SubjectDifference[] {
    const [here, there] = [rolesBySubject(some), rolesBySubject(other)];
    const found = [...here].flatMap(([subject, roles]): SubjectDifference[] => {
      const others = [subject, ...groupsOf(subject)].map((each) => there.get(each) ?? []);
      const unknown = this.#unknown(roles, others.flat());
      const difference = this.#between(roles, others, isSpelledOut);
      if (difference.lacking.length + unknown.here.length === 0) return [];
      return [{ subject, difference, roles, unknown }];
    });
    return found.sort((a, b) => placeOf(a) - placeOf(b));
  }

  /** Groups of people that are granted something in the cluster: whoever is in them, nobody can say. */
  static groupsIn(cluster: Cluster): Roles {
    return new Map([...rolesBySubject(cluster)].filter(([subject]) => /^Group (?!system:)/.test(subject)));
  }

  /** Whether the other roles allow all that is missing, too. */
  covers(lacking: readonly Lacking[], roles: readonly GrantedRole[]): boolean {
    const allowed = [this.#allowedBy(roles)];
    return lacking.every(({ permission }) => this.#subtraction.missing(permission, allowed).length === 0);
  }

  #between(
    some: readonly GrantedRole[],
    others: readonly (readonly GrantedRole[])[],
    isSpelledOut: boolean,
  ): Difference {
    const key = [isSpelledOut, ...[some, ...others].map((roles) => this.#keyOf(roles))].join('/');
    const known = this.#known.get(key) ?? this.#differenceOf(some, others, isSpelledOut);
    this.#known.set(key, known);
    return known;
  }

  #differenceOf(
    some: readonly GrantedRole[],
    others: readonly (readonly GrantedRole[])[],
    isSpelledOut: boolean,
  ): Difference {
    const allowed = others.filter((roles) => roles.length > 0).map((roles) => this.#allowedBy(roles));
    const lists = new Set<List>();
    const lacking = some.flatMap(({ permissions }, source) => {
      // The same role, bound a second time where it reaches as far.
      if (lists.has(permissions)) return [];
      lists.add(permissions);
      return permissions.flatMap((permission): Lacking[] => {
        const missing = this.#subtraction.missing(permission, allowed, isSpelledOut);
        return missing.length === 0 ? [] : [{ missing, permission, source }];
      });
    });
    if (lacking.length === 0) return NONE;
    return {
      lacking,
      namespaces: (each) => this.#leftIn(each, allowed),
      names: (each) => namesLeft(each, allowed),
    };
  }

  #leftIn(missing: Missing, others: readonly Allowed[]): readonly string[] {
    if (missing.namespace !== undefined) return [];
    const namespaces = [...new Set(others.flatMap((allowed) => [...allowed.namespaces]))];
    if (namespaces.length > MOST_NAMESPACES) return [];
    const inside = (namespace: string): Permission => ({ ...missing, namespace, role: '' });
    return namespaces.filter((each) => this.#subtraction.isIn(inside(each), others));
  }

  #allowedBy(roles: readonly GrantedRole[]): Allowed {
    const key = this.#keyOf(roles);
    const known =
      this.#allowed.get(key) ??
      new Allowed(new Set(roles.flatMap(({ permissions, builtin }) => [permissions, builtin])));
    this.#allowed.set(key, known);
    return known;
  }

  #unknown(some: readonly GrantedRole[], others: readonly GrantedRole[]): SubjectDifference['unknown'] {
    const [own, there] = [some, others].map((roles) => roles.filter((role) => this.#isUnknown(role))) as [
      GrantedRole[],
      GrantedRole[],
    ];
    const isIn = (role: GrantedRole): boolean => others.some((each) => includes(each, role));
    return { here: own.length === 0 ? own : own.filter((role) => !isIn(role)), there };
  }

  /** A role of neither side. One that is made or deleted grants nothing on the other side. */
  #isUnknown({ isKnown, role }: GrantedRole): boolean {
    return !isKnown && !this.#existing.has(role);
  }

  #keyOf(roles: readonly GrantedRole[]): string {
    return roles.map(({ permissions }) => this.#idOf(permissions)).join();
  }

  #idOf(permissions: List): number {
    const id = this.#ids.get(permissions) ?? this.#ids.size;
    this.#ids.set(permissions, id);
    return id;
  }
}

/** Names of a list are allowed together with others only where each rule for them has all the verbs. */
function namesLeft({ names, verbs, ...where }: Missing, others: readonly Allowed[]): readonly string[] {
  if (names.length > 0) return [];
  const about = others.flatMap((allowed) => allowed.about({ ...where, verbs, names, role: '' }));
  const covering = about.filter(
    ({ verbs: allowed }) => allowed.includes('*') || verbs.every((verb) => allowed.includes(verb)),
  );
  return [...new Set(covering.flatMap((each) => each.names))];
}

function placeOf({ difference, roles, unknown }: SubjectDifference): number {
  return roles[difference.lacking[0]?.source ?? -1]?.place ?? unknown.here[0]?.place ?? 0;
}
