import { canonicalCidrProblem, isIpv6, parseCidr } from '../../../../kube/ip';
import type { KindRule } from '../kind-rule';

const MOST = 2;

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go ValidateServiceCIDR, validateServiceCIDRSpec 1.36 */
export const serviceCidr: KindRule = {
  kind: 'networking.k8s.io/ServiceCIDR',
  about: 'Blocks of addresses, one of each family.',
  check(object) {
    const cidrs = object.child('spec').child('cidrs');
    if (!cidrs.needs('must have at least one block of addresses')) return;
    if (cidrs.size > MOST) return cidrs.invalid(`must have at most ${MOST} blocks of addresses`);
    for (const cidr of cidrs.items) cidr.must(canonicalCidrProblem);
    const blocks = cidrs.texts.map(parseCidr).filter((cidr) => cidr !== undefined);
    const families = new Set(blocks.map(({ ip }) => isIpv6(ip)));
    if (blocks.length === MOST && families.size === 1) cidrs.invalid('must have one block of each family');
  },
};
