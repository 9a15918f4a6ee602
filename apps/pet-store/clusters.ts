import { aks } from 'seaworthy';

/** Where releases are tried: its load balancers are reached from the office alone. */
export const staging = aks({
  kubernetes: '1.33',
  installed: ['external-secrets'],
});

export const production = aks({
  kubernetes: '1.34',
  gatewayApi: { version: '1.4', channel: 'standard' },
  gateway: { name: 'public', namespace: 'gateways', listener: 'https' },
  ingress: { namespace: 'gateways' },
  monitoring: { namespace: 'monitoring' },
  prometheus: { address: 'http://prometheus-operated.monitoring:9090' },
  keda: { namespace: 'keda' },
  installed: { 'external-secrets': '1.0', keda: '2.18', 'argo-rollouts': '1.8', 'prometheus-operator': true },
});
