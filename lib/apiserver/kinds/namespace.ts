import type { KindUpdate } from './kind-update';

/** @source k8s.io/kubernetes pkg/registry/core/namespace/strategy.go namespaceStrategy.PrepareForUpdate 1.36 */
export const namespaceUpdate: KindUpdate = {
  kind: '/Namespace',
  about: 'Its spec belongs to the server.',
  settle(namespace) {
    delete namespace['spec'];
  },
};
