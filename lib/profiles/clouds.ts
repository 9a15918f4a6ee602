import { isBefore } from '../kube/schema';
import type { ClusterProfile } from './cluster-profile';

/** What the clusters of a provider have when they are new. */
export interface Cloud {
  /** The month in which the sources were read. */
  readonly asOf: string;
  readonly sources: readonly string[];
  readonly profile: ClusterProfile;
}

/**
 * EKS. `gp2` is there, from 1.30 on no longer as the default class; it needs the EBS CSI add-on. Auto Mode comes with no class
 * of its own. Both controllers of load balancers read these annotations: the one of the cloud provider, and the AWS Load
 * Balancer Controller, which makes internal ones unless it is told otherwise.
 */
export const EKS: Cloud = {
  asOf: '2026-11',
  sources: [
    'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-extended.html', // gp2, in the notes of 1.30
    'https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/create-storage-class.html',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/',
    'https://cloud-provider-aws.sigs.k8s.io/service_controller/',
  ],
  profile: {
    provider: 'eks',
    storageClasses: ['gp2'],
    loadBalancers: {
      external: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
      internal: {
        'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
        'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
      },
    },
  },
};

/** GKE. The Gateway API comes with the cluster, in the standard channel; its version follows that of Kubernetes. */
export const GKE: Cloud = {
  asOf: '2026-11',
  sources: [
    'https://cloud.google.com/kubernetes-engine/docs/concepts/storage-overview',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/gatewayclass-capabilities',
    'https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters',
  ],
  profile: {
    provider: 'gke',
    storageClasses: ['standard-rwo', 'premium-rwo', 'standard'],
    loadBalancers: { external: {}, internal: { 'networking.gke.io/load-balancer-type': 'Internal' } },
    gatewayClasses: [
      'gke-l7-global-external-managed',
      'gke-l7-regional-external-managed',
      'gke-l7-rilb',
      'gke-l7-gxlb',
      'gke-l7-global-external-managed-mc',
      'gke-l7-regional-external-managed-mc',
      'gke-l7-cross-regional-internal-managed-mc',
      'gke-l7-rilb-mc',
      'gke-l7-gxlb-mc',
    ],
  },
};

/** The Gateway API of a new GKE cluster, from each Kubernetes release on. */
const GATEWAY_API_OF_GKE: Readonly<Record<string, string>> = {
  '1.30': '1.1',
  '1.32': '1.2',
  '1.33': '1.3',
  '1.34': '1.4',
  '1.35': '1.5',
};

/** AKS. The Gateway API is an add-on. */
export const AKS: Cloud = {
  asOf: '2026-11',
  sources: [
    'https://learn.microsoft.com/azure/aks/concepts-storage',
    'https://learn.microsoft.com/azure/aks/internal-lb',
    'https://learn.microsoft.com/azure/aks/app-routing-gateway-api',
  ],
  profile: {
    provider: 'aks',
    storageClasses: [
      'managed-csi',
      'managed-csi-premium',
      'azurefile-csi',
      'azurefile-csi-premium',
      'default',
      'managed',
      'managed-premium',
      'azurefile',
      'azurefile-premium',
    ],
    loadBalancers: {
      external: {},
      internal: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' },
    },
  },
};

/**
 * k3s, with the components that it packages: Traefik, local-path storage, metrics-server, ServiceLB, and a controller of
 * NetworkPolicies.
 */
export const K3S: Cloud = {
  asOf: '2026-11',
  sources: [
    'https://docs.k3s.io/storage',
    'https://docs.k3s.io/networking/networking-services',
    'https://docs.k3s.io/installation/packaged-components',
    'https://github.com/k3s-io/k3s/tree/master/manifests', // the default class, in local-storage.yaml
  ],
  profile: { provider: 'k3s', storageClasses: ['local-path'], ingressClass: 'traefik' },
};

/** kind, as `kind create cluster` makes it; its network plugin enforces NetworkPolicies from 0.24 on. */
export const KIND: Cloud = {
  asOf: '2026-11',
  sources: [
    'https://github.com/kubernetes-sigs/kind/blob/main/pkg/build/nodeimage/const_storage.go',
    'https://github.com/kubernetes-sigs/kind/pull/3612',
  ],
  profile: { provider: 'kind', storageClasses: ['standard'] },
};

/** The profile of an EKS cluster: what a new one has, and on top what `own` says. */
export function eks(own: ClusterProfile = {}): ClusterProfile {
  return { ...EKS.profile, ...own };
}

/** The profile of a GKE cluster: what a new one has, and on top what `own` says. */
export function gke(own: ClusterProfile = {}): ClusterProfile {
  const { kubernetes } = own;
  const version = kubernetes === undefined ? undefined : gatewayApiOfGke(kubernetes);
  const gatewayApi = { ...(version !== undefined && { version }), channel: 'standard' } as const;
  return { ...GKE.profile, gatewayApi, ...own };
}

/** The profile of an AKS cluster: what a new one has, and on top what `own` says. */
export function aks(own: ClusterProfile = {}): ClusterProfile {
  return { ...AKS.profile, ...own };
}

/** The profile of a k3s cluster: what a new one has, and on top what `own` says. */
export function k3s(own: ClusterProfile = {}): ClusterProfile {
  return { ...K3S.profile, ...own };
}

/** The profile of a kind cluster: what a new one has, and on top what `own` says. */
export function kind(own: ClusterProfile = {}): ClusterProfile {
  return { ...KIND.profile, ...own };
}

/** The profile of any other cluster: what `own` says. */
export function generic(own: ClusterProfile = {}): ClusterProfile {
  return { provider: 'generic', ...own };
}

/** The last version that is not newer than the cluster; an unknown release is reported by the environment. */
function gatewayApiOfGke(kubernetes: string): string | undefined {
  const minor = /^v?(\d+\.\d+)/.exec(kubernetes)?.[1];
  if (minor === undefined) return undefined;
  return Object.entries(GATEWAY_API_OF_GKE).findLast(([since]) => !isBefore(minor, since))?.[1];
}
