import { join } from 'node:path';
import { eks, generic, gke } from 'seaworthy';

/** The cluster in the office, where releases are tried. */
export const staging = generic({
  kubernetes: '1.31',
  nodePools: [{ name: 'office', allocatable: { cpu: '7800m', memory: '30Gi', pods: '110' }, size: 3 }],
  storageClasses: ['longhorn'],
  ingressClass: 'nginx',
  ingress: { namespace: 'ingress-nginx' },
  monitoring: { namespace: 'monitoring' },
  clusterIssuer: 'letsencrypt',
  argoCdCluster: 'staging',
  installed: ['cert-manager', 'external-secrets'],
});

/** Amazon, for customers in America. */
export const production = eks({
  kubernetes: '1.33',
  nodePools: [
    {
      name: 'general',
      labels: { 'eks.amazonaws.com/nodegroup': 'general' },
      // m6i.2xlarge
      allocatable: { cpu: '7910m', memory: '29Gi', pods: '58' },
      zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      size: 6,
      max: 9,
    },
    {
      name: 'gpu',
      labels: { 'eks.amazonaws.com/nodegroup': 'gpu' },
      taints: [{ key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' }],
      // g5.4xlarge
      allocatable: { cpu: '15890m', memory: '57Gi', pods: '234', 'nvidia.com/gpu': '1' },
      zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      size: 3,
    },
  ],
  storageClasses: ['gp3'],
  gateway: { name: 'public', namespace: 'gateways', listener: 'https' },
  ingress: { namespace: 'gateways' },
  monitoring: { namespace: 'monitoring' },
  prometheus: { address: 'http://prometheus-operated.monitoring:9090' },
  telemetry: { endpoint: 'http://collector.monitoring:4317', protocol: 'grpc' },
  keda: { namespace: 'keda' },
  installed: [
    'argo-cd',
    'argo-rollouts',
    'external-secrets',
    'keda',
    'prometheus-operator',
    'sealed-secrets',
    'secrets-store-csi-driver',
    'snapshot-controller',
    'vertical-pod-autoscaler',
  ],
  sealingCertificate: join(__dirname, 'config/sealing/production.pem'),
});

/** Google, for customers in Europe. */
export const productionEu = gke({
  kubernetes: '1.35',
  nodePools: [
    {
      name: 'general',
      labels: { 'cloud.google.com/gke-nodepool': 'general' },
      // n2-standard-8
      allocatable: { cpu: '7910m', memory: '27Gi', pods: '110' },
      zones: ['europe-west1-b', 'europe-west1-c', 'europe-west1-d'],
      size: 6,
      max: 9,
    },
    {
      name: 'gpu',
      labels: { 'cloud.google.com/gke-nodepool': 'gpu' },
      taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
      // g2-standard-16
      allocatable: { cpu: '15890m', memory: '57Gi', pods: '110', 'nvidia.com/gpu': '1' },
      zones: ['europe-west1-b', 'europe-west1-c', 'europe-west1-d'],
      size: 3,
    },
  ],
  storageClasses: ['premium-rwo', 'standard-rwo'],
  gateway: { name: 'public', namespace: 'gateways' },
  ingress: { namespace: 'gateways' },
  monitoring: { namespace: 'monitoring' },
  prometheus: { address: 'http://prometheus-operated.monitoring:9090' },
  mesh: { kind: 'istio', mode: 'ambient', mtls: 'strict', waypoint: 'waypoint' },
  telemetry: { endpoint: 'http://collector.monitoring:4317', protocol: 'grpc' },
  keda: { namespace: 'keda', mesh: { serviceAccount: 'keda-operator' } },
  installed: [
    'argo-rollouts',
    'external-secrets',
    'flux',
    'keda',
    'prometheus-operator',
    'snapshot-controller', // comes with GKE
    'vertical-pod-autoscaler', // comes with GKE
  ],
});
