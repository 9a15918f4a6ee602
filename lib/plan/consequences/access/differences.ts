import type { GrantedRole, Permission } from '../../../graph/permissions';

/** What some roles allow and others do not. */
export interface Difference {
  /** The first of the permissions, and how many they are. */
  readonly first: readonly Permission[];
  readonly size: number;
  readonly isSensitive: boolean;
  /** The roles that they come of, by their places, in the order of the permissions. */
  readonly sources: readonly number[];
}

/** What a subject may do on one side, and not on the other. */
export interface SubjectDifference {
  readonly subject: string;
  readonly difference: Difference;
  readonly roles: readonly GrantedRole[];
}

type Roles = ReadonlyMap<string, readonly GrantedRole[]>;

/** More permissions than this are counted. */
const MOST_TOLD = 3;

/** Compares what subjects may do. Subjects with the same roles differ in the same way, which is found once. */
export class Differences {
  readonly #ids = new Map<readonly Permission[], number>();
  readonly #known = new Map<string, Difference | undefined>();

  /** By subject, what it may do with `some` roles and not with `others`, in the order in which they are granted. */
  of(some: Roles, others: Roles): SubjectDifference[] {
    const found = [...some].flatMap(([subject, roles]): SubjectDifference[] => {
      const difference = this.#between(roles, others.get(subject) ?? []);
      return difference === undefined ? [] : [{ subject, difference, roles }];
    });
    const placeOf = ({ difference, roles }: SubjectDifference): number =>
      roles[difference.sources[0] ?? 0]?.place ?? 0;
    return found.sort((a, b) => placeOf(a) - placeOf(b));
  }

  #between(some: readonly GrantedRole[], others: readonly GrantedRole[]): Difference | undefined {
    const key = `${this.#keyOf(some)}/${this.#keyOf(others)}`;
    if (!this.#known.has(key)) this.#known.set(key, differenceOf(some, others));
    return this.#known.get(key);
  }

  #keyOf(roles: readonly GrantedRole[]): string {
    return roles.map(({ permissions }) => this.#idOf(permissions)).join();
  }

  #idOf(permissions: readonly Permission[]): number {
    const id = this.#ids.get(permissions) ?? this.#ids.size;
    this.#ids.set(permissions, id);
    return id;
  }
}

function differenceOf(some: readonly GrantedRole[], others: readonly GrantedRole[]): Difference | undefined {
  const known = allOf(others);
  const missing = allOf(some).list.filter(({ permission }) => known.find(permission) === undefined);
  if (missing.length === 0) return undefined;
  return {
    first: missing.slice(0, MOST_TOLD).map(({ permission }) => permission),
    size: missing.length,
    isSensitive: missing.some(({ permission }) => permission.isSensitive),
    sources: [...new Set(missing.map(({ source }) => source))],
  };
}

/** A permission, and the place of the last role that has it. */
interface Sourced {
  readonly permission: Permission;
  source: number;
}

/** Every permission of some roles once. */
function allOf(roles: readonly GrantedRole[]) {
  const list: Sourced[] = [];
  const scopes = new Map<string, Map<string, Sourced>>();
  const find = ({ scope, target }: Permission): Sourced | undefined => scopes.get(scope)?.get(target);
  for (const [source, { permissions }] of roles.entries()) {
    for (const permission of permissions) {
      const same = find(permission);
      if (same !== undefined) {
        same.source = source;
        continue;
      }
      const sourced = { permission, source };
      list.push(sourced);
      const targets = scopes.get(permission.scope) ?? new Map<string, Sourced>();
      scopes.set(permission.scope, targets.set(permission.target, sourced));
    }
  }
  return { list, find };
}
