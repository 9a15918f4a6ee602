import { existingIn } from '../core/existing';
import { below, type Reporter } from '../core/problems';
import { optional } from '../core/props';
import type { Reference } from '../core/reference';
import { referenceTo } from '../core/reference';
import { list } from '../core/shapes';

/** Who gets the permissions of a role: `user('jane')`, `group('ops')`, or a ServiceAccount. */
export type Subject = Reference<'User' | 'Group' | 'ServiceAccount'>;

/** A ServiceAccount that the app does not make. */
interface NamedAccount extends Reference<'ServiceAccount'> {
  readonly namespace?: string;
}

/** A person, by the name under which the cluster authenticates them. */
export function user(name: string): Reference<'User'> {
  return { kind: 'User', name };
}

/** A group of people or accounts, by the name under which the cluster authenticates its members. */
export function group(name: string): Reference<'Group'> {
  return { kind: 'Group', name };
}

/** A ServiceAccount that the app does not make. @param namespace where it is; that of the binding if it is left out */
export function serviceAccount(name: string, namespace?: string): Reference<'ServiceAccount'> {
  return existingIn('ServiceAccount', name, namespace);
}

export const SUBJECTS = list(referenceTo<'User' | 'Group' | 'ServiceAccount'>());

/** `subjects` of a binding in `namespace`, or in the cluster. */
export function renderSubjects(
  subjects: readonly Subject[],
  namespace: string | undefined,
  isClusterWide: boolean,
  report: Reporter,
): readonly object[] {
  return subjects.map((subject, index) =>
    renderSubject(subject, namespace, isClusterWide, below(`subjects[${index}]`, report)),
  );
}

function renderSubject(
  subject: Subject,
  namespace: string | undefined,
  isClusterWide: boolean,
  report: Reporter,
): object {
  const { kind, name } = subject;
  if (name === '') report({ code: 'MISSING_PROP', message: `Required value: a ${kind} needs a name` });
  if (kind === 'User' || kind === 'Group') return { apiGroup: 'rbac.authorization.k8s.io', kind, name };
  if (kind !== 'ServiceAccount') {
    const message = `expected a User, Group or ServiceAccount, got ${kind} "${name}"`;
    report({ code: 'INVALID_PROP', message, hint: "Write it as user('jane') or group('ops')." });
  }
  const own = (subject as NamedAccount).namespace ?? namespace;
  if (own === undefined && isClusterWide) {
    const hint = `Write it as serviceAccount('${name}', 'its-namespace'), or set \`namespace\` of its chart.`;
    const message = 'Required value: the namespace of a ServiceAccount';
    report({ code: 'MISSING_PROP', message, hint });
  }
  return { kind, name, ...optional('namespace', own) };
}
