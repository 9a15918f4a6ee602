import { recordsIn } from '../defaults/plain';
import type { KindUpdate } from './kind-update';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateServiceAccountUpdate 1.36 */
export const serviceAccountUpdate: KindUpdate = {
  kind: '/ServiceAccount',
  about: 'Of secrets, the server keeps the names alone.',
  settle(account) {
    if (account['secrets'] === undefined) return;
    account['secrets'] = recordsIn(account, 'secrets').map(({ name }) => ({ name }));
  },
};

export const endpointSliceUpdate: KindUpdate = {
  kind: 'discovery.k8s.io/EndpointSlice',
  about: 'addressType may not change; the server drops deprecatedTopology.',
  settle(slice) {
    for (const endpoint of recordsIn(slice, 'endpoints')) delete endpoint['deprecatedTopology'];
  },
};
