import type { RequestOptions } from 'node:https';
import type { KubeConfig, User } from '@kubernetes/client-node';
import { SeaworthyError } from '../../errors';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { invalid } from './kubeconfig/invalid';
import { bytesOf } from './kubeconfig/material';
import type { Access, KubeCluster, Login, Material } from './kubeconfig/types';

/**
 * The login of a user by the client of Kubernetes: it asks credential plugins, renews OIDC logins, and connects through
 * proxies.
 *
 * @throws SeaworthyError CLIENT_MISSING, KUBECONFIG_INVALID
 */
export async function officialLogin(access: Access): Promise<Login> {
  const { name, namespace, cluster, user } = access;
  const config = new (await loadKubeConfig())();
  const { server, serverName, proxy, isInsecure } = cluster;
  config.loadFromOptions({
    clusters: [
      {
        name: cluster.name,
        server,
        // The client wants this said where there is no TLS to verify, as with `kubectl proxy`; kubectl does not.
        skipTLSVerify: isInsecure || server.startsWith('http:'),
        ...within('ca', cluster.authority),
        ...(serverName !== undefined && { tlsServerName: serverName }),
        ...(proxy !== undefined && { proxyUrl: proxy }),
      },
    ],
    users: [
      {
        name: user.name,
        ...within('cert', user.certificate),
        ...within('key', user.key),
        ...(user.username !== '' && { username: user.username, password: user.password }),
        ...(user.plugin !== undefined && { exec: toldPlugin(user.plugin, cluster) }),
        ...(user.provider !== undefined && { authProvider: toldProvider(user.provider) }),
      } satisfies User,
    ],
    contexts: [{ name, namespace, cluster: cluster.name, user: user.name }],
    currentContext: name,
  });
  return async () => {
    const options: RequestOptions = { headers: {} };
    await config.applyToHTTPSOptions(options);
    return options;
  };
}

/**
 * The client of Kubernetes: an optional peer of this package, since most users never need it, and it takes half a second
 * to load.
 */
async function loadKubeConfig(): Promise<typeof KubeConfig> {
  try {
    return (await import('@kubernetes/client-node')).KubeConfig;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new SeaworthyError({
      code: 'CLIENT_MISSING',
      message:
        'the kubeconfig names a credential plugin, an auth provider or a proxy, and the package @kubernetes/client-node, which knows them, is not installed',
      hint: 'Install it: npm install --save-dev @kubernetes/client-node@1.4',
    });
  }
}

/** As the client names it: `caFile`, `caData`. */
function within<K extends string>(
  key: K,
  { file, data }: Material,
): Partial<Record<`${K}File` | `${K}Data`, string>> {
  return {
    ...(file !== undefined && { [`${key}File`]: file }),
    ...(data !== undefined && { [`${key}Data`]: data }),
  } as Partial<Record<`${K}File` | `${K}Data`, string>>;
}

/**
 * Gives a credential plugin what client-go gives it, and some cannot do without.
 *
 * @source k8s.io/client-go plugin/pkg/client/auth/exec/exec.go refreshCredsLocked 1.36
 * @source k8s.io/client-go rest/exec.go ConfigToExecCluster 1.36
 */
function toldPlugin(
  plugin: PlainRecord,
  { server, authority, isInsecure, serverName, proxy }: KubeCluster,
): PlainRecord {
  const ca = bytesOf(authority)?.toString('base64');
  const cluster = {
    server,
    ...(serverName !== undefined && { 'tls-server-name': serverName }),
    ...(isInsecure && { 'insecure-skip-tls-verify': true }),
    ...(ca !== undefined && { 'certificate-authority-data': ca }),
    ...(proxy !== undefined && { 'proxy-url': proxy }),
  };
  const value = JSON.stringify({
    apiVersion: plugin['apiVersion'] ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, ...(plugin['provideClusterInfo'] === true && { cluster }) },
  });
  const env = Array.isArray(plugin['env']) ? plugin['env'].filter(isPlainRecord) : [];
  return { ...plugin, env: [...env, { name: 'KUBERNETES_EXEC_INFO', value }] };
}

/**
 * Gives the client the issuer of an OIDC login as what its library takes: as the text of the kubeconfig, a token that has
 * expired is never renewed.
 *
 * See https://github.com/kubernetes-client/javascript/issues/2202.
 */
function toldProvider(provider: PlainRecord): PlainRecord {
  const config = isPlainRecord(provider['config']) ? provider['config'] : {};
  const issuer = config['idp-issuer-url'];
  if (provider['name'] !== 'oidc' || typeof issuer !== 'string') return provider;
  if (!URL.canParse(issuer)) throw invalid('idp-issuer-url of its OIDC login is no URL');
  return { ...provider, config: { ...config, 'idp-issuer-url': new URL(issuer) } };
}
