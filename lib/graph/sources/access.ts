import type { Place } from '../place';
import type { Seeing, Source } from '../seeing';

const RBAC = 'rbac.authorization.k8s.io';

/** The Secrets that come with an account. */
export const serviceAccount: Source = (see, object) => {
  for (const [list, role] of [
    ['secrets', 'secret'],
    ['imagePullSecrets', 'pull-secret'],
  ] as const) {
    for (const ref of object.list(list)) ofCore(see, role, 'Secret', ref.at('name'), see.namespace);
  }
};

/** The role that a binding grants, and the accounts that get it. */
export const binding: Source = (see, object) => {
  const role = object.at('roleRef');
  const kind = role.at('kind').text;
  const target = { group: RBAC, kind, name: role.at('name').text };
  see.name('role', role.at('name'), kind === 'Role' ? { ...target, namespace: see.namespace } : target);
  for (const subject of object.list('subjects')) {
    if (subject.at('kind').text !== 'ServiceAccount') continue;
    // A subject without a namespace is of the binding's own (kubernetes `pkg/registry/rbac/validation`).
    ofCore(
      see,
      'subject',
      'ServiceAccount',
      subject.at('name'),
      subject.at('namespace').text || see.namespace,
    );
  }
};

function ofCore(
  see: Seeing,
  role: 'secret' | 'pull-secret' | 'subject',
  kind: string,
  at: Place,
  namespace: string,
): void {
  see.name(role, at, { group: '', kind, namespace, name: at.text });
}
