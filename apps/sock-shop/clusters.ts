import { eks, k3s } from 'seaworthy';

export const workshop = k3s({
  kubernetes: '1.34',
  ingress: { namespace: 'kube-system', podLabels: { 'app.kubernetes.io/name': 'traefik' } },
  monitoring: { namespace: 'monitoring' },
});

export const production = eks({
  kubernetes: '1.34',
  storageClasses: ['gp3'],
  gateway: { name: 'public', namespace: 'gateways', listener: 'https' },
  ingress: { namespace: 'gateways' },
  monitoring: { namespace: 'monitoring' },
  installed: ['prometheus-operator'],
});
