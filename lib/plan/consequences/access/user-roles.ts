import type { GrantedRole } from '../../../graph/permissions';
import { isWiderRole } from '../../../graph/user-roles';

/** The role that allows everything, whatever others take in. */
const ALL = 'cluster-admin';

/** Whether one granted role allows what the other does where that is: the same role, or a wider one of Kubernetes' own. */
export function includes(role: GrantedRole, other: GrantedRole): boolean {
  if (!reaches(role, other)) return false;
  return role.role === other.role || plain(role) === ALL || isWiderRole(plain(role), plain(other));
}

/**
 * Of some roles, what is left of one, or was there of it, in words: `what ClusterRole view allows`, or where the role itself
 * reaches less far, `in shop`.
 */
export function partOf(role: GrantedRole, others: readonly GrantedRole[]): string | undefined {
  const same = others.filter((each) => each.role === role.role && each.namespace !== undefined);
  if (same.length > 0 && role.namespace === undefined)
    return `in ${same.map(({ namespace }) => namespace ?? '').join(', ')}`;
  const narrower = others.filter((each) => isWiderRole(plain(role), plain(each)));
  const widest = narrower.find((each) => !narrower.some((other) => isWiderRole(plain(other), plain(each))));
  if (widest === undefined) return undefined;
  const where = reaches(widest, role) ? '' : ` in ${widest.namespace ?? 'every namespace'}`;
  return `what ${widest.name} allows${where}`;
}

function reaches(role: GrantedRole, other: GrantedRole): boolean {
  return role.namespace === undefined || role.namespace === other.namespace;
}

function plain({ name }: GrantedRole): string {
  return name.replace(/^ClusterRole /, '');
}
