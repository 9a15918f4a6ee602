import { recordIn, type Plain } from './plain';

/**
 * A namespace has a label with its name, so that selectors can match it by name.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Namespace 1.36
 */
export function namespace(namespace: Plain): void {
  const metadata = recordIn(namespace, 'metadata');
  const name = metadata?.['name'];
  if (metadata === undefined || typeof name !== 'string') return;
  metadata['labels'] = { ...recordIn(metadata, 'labels'), 'kubernetes.io/metadata.name': name };
}

/**
 * Users and groups are of RBAC's API group, service accounts of the core group.
 *
 * @source k8s.io/kubernetes pkg/apis/rbac/v1/defaults.go SetDefaults_Subject 1.36
 */
export function subject(subject: Plain): void {
  const kind = subject['kind'];
  if (kind === 'User' || kind === 'Group') subject['apiGroup'] ??= 'rbac.authorization.k8s.io';
}
