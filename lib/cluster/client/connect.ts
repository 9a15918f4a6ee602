import { SeaworthyError } from '../../errors';
import { textAt } from '../fields';
import { ask, Cluster } from './cluster';
import { Connection } from './connection';
import { readKubeConfig } from './kubeconfig/kubeconfig';
import { loginOf } from './login';
import type { ConnectOptions } from './options';

/** Milliseconds for a server to answer what it is: one that is not there should be told soon. */
const FIRST_ANSWER = 4_000;

/**
 * Connects to the cluster of a kubeconfig, as kubectl does; credential plugins and OIDC are asked as it says.
 *
 * @throws SeaworthyError KUBECONFIG_MISSING, KUBECONFIG_INVALID; CLIENT_MISSING if a plugin, OIDC or a proxy needs the
 * package @kubernetes/client-node; CLUSTER_UNREACHABLE or CLUSTER_UNAUTHORIZED if the server does not say within five
 * seconds what it is
 */
export async function connect(options: ConnectOptions = {}): Promise<Cluster> {
  const access = readKubeConfig(options);
  const { name, namespace, cluster } = access;
  const server = withoutLogin(cluster.server);
  const connection = new Connection(await loginOf(access), server, cluster.proxy !== undefined);
  const answer = await ask(
    connection,
    { method: 'GET', path: '/version', timeout: FIRST_ANSWER },
    { within: 0 },
  ).catch((error: unknown) => {
    connection.close();
    throw error;
  });
  const { refusal } = answer;
  if (refusal?.code === 401) {
    connection.close();
    throw new SeaworthyError({
      code: 'CLUSTER_UNAUTHORIZED',
      place: server,
      message: 'the API server does not accept the login of the kubeconfig',
      hint: 'A token or certificate may have expired: log in again, or fetch the kubeconfig again.',
    });
  }
  return new Cluster(connection, {
    name,
    server,
    namespace,
    version: answer.refusal === undefined ? textAt(answer.body, 'gitVersion') : '',
  });
}

/** An address without the user and password that one may hold. */
function withoutLogin(server: string): string {
  const url = new URL(server);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}
