import type { Cluster } from '../../../graph/cluster';
import { listObjects } from '../../../graph/describe';
import {
  isAsked,
  requiredWebhooks,
  type RequiredWebhook,
  type WebhookRequest,
} from '../../../graph/webhooks';
import type { Rule } from '../../rule';

/**
 * Source: "Avoiding deadlocks in self-hosted webhooks" and "Avoiding operating on the kube-system namespace" in the
 * Kubernetes documentation of admission webhooks.
 */
export const webhookBlocksRecovery: Rule = {
  name: 'wiring/webhook-blocks-recovery',
  severity: 'warning',
  about:
    'Finds webhooks with failurePolicy Fail that the API server asks about their own pods, about pods in kube-system, about new nodes, or about the leases of nodes.',
  why: 'Once its pods are down, nothing that it is asked about can be created, not even new pods for it; without leases, nodes become NotReady.',
  run(cluster, report) {
    for (const hook of requiredWebhooks(cluster)) {
      const covered = coveredBy(cluster, hook);
      if (covered.length === 0) continue;
      const what = inWords(covered.map(({ text }) => text));
      const message = `with failurePolicy Fail, blocks ${what} while it does not answer`;
      report(hook.manifest, `${hook.field.path}.failurePolicy`, message, hintFor(covered));
    }
  },
};

interface Covered {
  readonly text: string;
  /** The namespace to leave out; none for what is left out of the rules. */
  readonly namespace: string | undefined;
  /** The resource to leave out of the rules. */
  readonly resource?: string;
}

function coveredBy(cluster: Cluster, hook: RequiredWebhook): Covered[] {
  const own = hook.servers.filter((pods) => isAsked(cluster, hook, pod(pods.namespace, pods.labels)));
  const [first] = own;
  return [
    ...(first === undefined
      ? []
      : [
          {
            text: `new pods of ${listObjects(own.map(({ manifest }) => manifest))}, which serve it`,
            namespace: first.namespace,
          },
        ]),
    ...(isAsked(cluster, hook, pod('kube-system', SYSTEM_LABELS))
      ? [{ text: 'new pods in kube-system', namespace: 'kube-system' }]
      : []),
    ...(LEASES.some((namespace) => isAsked(cluster, hook, lease(namespace)))
      ? [
          {
            text: 'the leases of nodes and controllers',
            namespace: undefined,
            resource: 'leases.coordination.k8s.io',
          },
        ]
      : []),
    ...(isAsked(cluster, hook, NODE) ? [{ text: 'new nodes', namespace: undefined, resource: 'nodes' }] : []),
  ];
}

function hintFor(covered: readonly Covered[]): string {
  const spaces = [...new Set(covered.flatMap(({ namespace }) => namespace ?? []))];
  const values = spaces.join(', ');
  const resources = covered.flatMap(({ resource }) => resource ?? []);
  const parts = [
    ...(spaces.length === 0
      ? []
      : [
          `Leave out namespaces with namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: NotIn, values: [${values}] }] }.`,
        ]),
    ...(resources.length === 0 ? [] : [`Name the resources in rules, without ${resources.join(' and ')}.`]),
  ];
  return parts.join(' ');
}

function inWords(parts: readonly string[]): string {
  const last = parts.slice(-1).join('');
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** A label that the pods of the cluster's own software have. */
const SYSTEM_LABELS = { 'k8s-app': 'kube-dns' };
const LEASES = ['kube-node-lease', 'kube-system'];

function pod(namespace: string, labels: WebhookRequest['labels']): WebhookRequest {
  const type = { group: '', version: 'v1', kind: 'Pod', resource: 'pods' } as const;
  return { ...type, operation: 'CREATE', namespace, labels };
}

function lease(namespace: string): WebhookRequest {
  const type = { group: 'coordination.k8s.io', version: 'v1', kind: 'Lease', resource: 'leases' } as const;
  return { ...type, operation: 'UPDATE', namespace, labels: {} };
}

const NODE: WebhookRequest = {
  group: '',
  version: 'v1',
  kind: 'Node',
  resource: 'nodes',
  operation: 'CREATE',
  labels: {},
};
