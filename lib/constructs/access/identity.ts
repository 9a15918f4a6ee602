import type { IConstruct } from 'constructs';
import type { Provider } from '../../profiles/cluster-profile';
import { Environment } from '../core/environment';
import type { Reporter } from '../core/problems';
import { shown } from '../core/props';
import { record, text } from '../core/shapes';
import type { TokenSource } from '../network/token-egress';

/** As whom pods call the API of a cloud, by cloud: the `provider` of the cluster's profile decides which one counts. */
export interface CloudIdentity {
  /** The IAM role on EKS: `arn:aws:iam::111122223333:role/shop-api`. @default none: an error on EKS */
  readonly aws?: string;
  /** The IAM service account on GKE: `shop-api@acme.iam.gserviceaccount.com`. @default none: an error on GKE */
  readonly gcp?: string;
  /** The client ID of the managed identity or application on AKS. @default none: an error on AKS */
  readonly azure?: string;
}

export const IDENTITY = record<CloudIdentity>(
  { aws: text, gcp: text, azure: text },
  { example: "{ aws: 'arn:aws:iam::111122223333:role/shop-api' }" },
);

/** How one cloud takes the identity of pods. */
interface CloudWay {
  readonly key: keyof CloudIdentity;
  /** Annotation of the ServiceAccount. */
  readonly annotation: string;
  /** Label of the pods. @default none */
  readonly label?: string;
  /** Where the node hands out its tokens. @default the internet */
  readonly tokens?: readonly TokenSource[];
  readonly form: RegExp;
  readonly expected: string;
}

/**
 * Each puts a token of its own into the pods, or serves it on the node, so that none for the API server is mounted.
 *
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html,
 * https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity and
 * https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html; for the addresses,
 * https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity and
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html, read in 2026-11.
 */
const WAYS: Readonly<Partial<Record<Provider, CloudWay>>> = {
  eks: {
    key: 'aws',
    annotation: 'eks.amazonaws.com/role-arn',
    form: /^arn:aws[a-z-]*:iam::\d+:role\/\S+$/,
    expected: "the ARN of an IAM role, such as 'arn:aws:iam::111122223333:role/shop-api'",
  },
  gke: {
    key: 'gcp',
    annotation: 'iam.gke.io/gcp-service-account',
    // The metadata server, as policies of Dataplane V2 see it, and as those of V1 do.
    tokens: [
      { cidr: '169.254.169.254/32', ports: [80, 8080] },
      { cidr: '169.254.169.252/32', ports: [987, 988] },
    ],
    form: /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/,
    expected: "an IAM service account, such as 'shop-api@acme.iam.gserviceaccount.com'",
  },
  aks: {
    key: 'azure',
    annotation: 'azure.workload.identity/client-id',
    label: 'azure.workload.identity/use',
    form: /^\S+$/,
    expected: 'a client ID',
  },
};

/** Clusters for development, which no cloud knows. */
const LOCAL: readonly (Provider | undefined)[] = ['k3s', 'kind'];

/** What an identity adds to the ServiceAccount and the pods. */
export interface IdentityPart {
  /** Annotations of the ServiceAccount. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Labels of the pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** Where its pods have to be let out to, besides the internet. */
  readonly tokens: readonly TokenSource[];
}

const NOTHING: IdentityPart = { annotations: {}, labels: {}, tokens: [] };

/** The agent of EKS Pod Identity, on each node: in clusters with addresses of IPv4, and of IPv6. */
const POD_IDENTITY_AGENT: readonly TokenSource[] = [
  { cidr: '169.254.170.23/32', ports: [80] },
  { cidr: 'fd00:ec2::23/128', ports: [80] },
];

/** What the cloud of the cluster reads; reports what is missing. */
export function identityPart(
  workload: IConstruct,
  identity: CloudIdentity | undefined,
  report: Reporter,
): IdentityPart {
  if (identity === undefined) return NOTHING;
  const { provider, awsIdentity } = Environment.of(workload)?.profile ?? {};
  if (LOCAL.includes(provider)) return NOTHING;
  const way = provider === undefined ? undefined : WAYS[provider];
  if (way === undefined) {
    report({
      code: 'MISSING_PROP',
      message: 'Required value: the profile names no cloud that knows the identity',
      hint: "Set `provider` of the environment's profile to 'eks', 'gke' or 'aks'.",
    });
    return NOTHING;
  }
  const { key, annotation, label, tokens = [], form, expected } = way;
  const value = identity[key];
  if (value === undefined) {
    const message = `Required value: the provider of the cluster is "${provider ?? ''}"`;
    report({ code: 'MISSING_PROP', path: key, message, hint: `Set it to ${expected}.` });
    return NOTHING;
  }
  if (!form.test(value))
    report({
      code: 'INVALID_PROP',
      path: key,
      message: `Invalid value: ${shown(value)}: expected ${expected}`,
    });
  // EKS Pod Identity finds the role by an association, which is made outside of the cluster.
  if (key === 'aws' && awsIdentity === 'pod-identity') return { ...NOTHING, tokens: POD_IDENTITY_AGENT };
  return {
    annotations: { [annotation]: value },
    labels: label === undefined ? {} : { [label]: 'true' },
    tokens,
  };
}
