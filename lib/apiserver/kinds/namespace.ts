import type { KindUpdate } from './kind-update';

export const namespaceUpdate: KindUpdate = {
  kind: '/Namespace',
  about: 'Its spec belongs to the server.',
  settle(namespace) {
    delete namespace['spec'];
  },
};
