import type { KindUpdate } from './kind-update';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateResourceQuotaUpdate 1.36 */
export const resourceQuotaUpdate: KindUpdate = {
  kind: '/ResourceQuota',
  about: 'scopes may not change.',
  check(now, was) {
    const [scopes, before] = [now, was].map((each) => each.child('spec').child('scopes'));
    if (scopes === undefined || before === undefined) return;
    const sorted = (list: readonly string[]): string => [...new Set(list)].sort().join();
    if (sorted(scopes.texts) !== sorted(before.texts)) {
      scopes.invalid('field is immutable', 'Make a ResourceQuota under a new name.');
    }
  },
};

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go ValidateServiceCIDRUpdate 1.36 */
export const serviceCidrUpdate: KindUpdate = {
  kind: 'networking.k8s.io/ServiceCIDR',
  about: 'cidrs may not change, but a second one may be added.',
  check(now, was) {
    const [cidrs, before] = [now, was].map((each) => each.child('spec').child('cidrs'));
    if (cidrs === undefined || before === undefined) return;
    const isKept = before.texts.every((cidr, index) => cidrs.texts[index] === cidr);
    const isGrown = before.size === 1 && cidrs.size === 2;
    if (isKept && (isGrown || cidrs.size === before.size)) return;
    cidrs.invalid('field is immutable', 'Make a ServiceCIDR under a new name.');
  },
};
