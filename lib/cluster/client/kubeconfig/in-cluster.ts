import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from './types';

/** Where a pod has the token of its service account. */
const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The cluster that this process runs in, as the service account of its pod; undefined outside of a pod.
 *
 * @source k8s.io/client-go rest/config.go InClusterConfig 1.36
 * @source k8s.io/client-go tools/clientcmd/client_config.go inClusterClientConfig.Namespace, inClusterClientConfig.Possible 1.36
 */
export function inClusterAccess(env: NodeJS.ProcessEnv, folder = FOLDER): Access | undefined {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '', POD_NAMESPACE = '' } = env;
  const tokenFile = join(folder, 'token');
  if (host === '' || port === '' || !isFile(tokenFile)) return undefined;
  const authority = join(folder, 'ca.crt');
  const none = {
    username: '',
    password: '',
    impersonated: undefined,
    plugin: undefined,
    provider: undefined,
  };
  return {
    name: 'in-cluster',
    namespace: POD_NAMESPACE || textOf(join(folder, 'namespace')) || 'default',
    cluster: {
      name: 'in-cluster',
      server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
      authority: isFile(authority) ? { file: authority } : {},
      isInsecure: false,
      serverName: undefined,
      proxy: undefined,
    },
    user: { ...none, name: 'service-account', certificate: {}, key: {}, token: undefined, tokenFile },
  };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function textOf(path: string): string {
  return isFile(path) ? readFileSync(path, 'utf8').trim() : '';
}
