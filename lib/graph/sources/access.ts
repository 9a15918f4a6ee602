import type { Field } from '../../manifest/field';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';

const RBAC = 'rbac.authorization.k8s.io';

/** The Secrets that come with an account. */
export const serviceAccount: ReferenceSource = (collect, object) => {
  for (const [list, role] of [
    ['secrets', 'secret'],
    ['imagePullSecrets', 'pull-secret'],
  ] as const) {
    for (const ref of object.list(list)) ofCore(collect, role, 'Secret', ref.at('name'), collect.namespace);
  }
};

/** The role that a binding grants, and the accounts that get it. */
export const binding: ReferenceSource = (collect, object) => {
  const role = object.at('roleRef');
  const kind = role.at('kind').text;
  const target = { group: RBAC, kind, name: role.at('name').text };
  collect.name(
    'role',
    role.at('name'),
    kind === 'Role' ? { ...target, namespace: collect.namespace } : target,
  );
  for (const subject of object.list('subjects')) {
    if (subject.at('kind').text !== 'ServiceAccount') continue;
    // A subject without a namespace is of the binding's own (kubernetes `pkg/registry/rbac/validation`).
    ofCore(
      collect,
      'subject',
      'ServiceAccount',
      subject.at('name'),
      subject.at('namespace').text || collect.namespace,
    );
  }
};

function ofCore(
  collect: ReferenceCollector,
  role: 'secret' | 'pull-secret' | 'subject',
  kind: string,
  at: Field,
  namespace: string,
): void {
  collect.name(role, at, { group: '', kind, namespace, name: at.text });
}
