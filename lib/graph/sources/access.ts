import type { Field } from '../../manifest/field';
import { bindingAt } from '../bindings';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';

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
  const { from: manifest, namespace } = collect;
  const { role, roleName, subjects } = bindingAt({ manifest, root: object, namespace });
  collect.name('role', roleName, role);
  for (const subject of subjects) {
    if (subject.namespace !== undefined)
      ofCore(collect, 'subject', 'ServiceAccount', subject.name, subject.namespace);
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
