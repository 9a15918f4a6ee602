import { generic } from 'seaworthy';

export { webApp } from './web-app';

/** The cluster that the operator runs in. */
export const profile = generic({
  kubernetes: '1.35',
  ingressClass: 'nginx',
  ingress: { namespace: 'ingress-nginx' },
  clusterIssuer: 'letsencrypt',
  installed: ['cert-manager', 'prometheus-operator'],
});
