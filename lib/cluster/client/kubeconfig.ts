import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import type { Cluster, KubeConfig, User } from '@kubernetes/client-node';
import { nearest, SeaworthyError } from '../../errors';
import type { ConnectOptions } from './options';

type KubeConfigClass = typeof KubeConfig;

/**
 * The configuration of the cluster: its current context is the one that was asked for, and has a cluster and a user.
 * No message says what stands in a kubeconfig besides the names of contexts, clusters and users.
 *
 * @throws SeaworthyError KUBECONFIG_MISSING, KUBECONFIG_INVALID
 */
export function readKubeConfig(Config: KubeConfigClass, { kubeconfig, context }: ConnectOptions): KubeConfig {
  const config = kubeconfig === undefined ? defaultConfig(Config) : merged(Config, kubeconfig);
  const names = config.getContexts().map(({ name }) => name);
  const chosen = context ?? config.getCurrentContext();
  if (!chosen)
    throw invalid('no context is chosen', `Name one with --context: ${names.join(', ') || 'there is none'}.`);
  if (!names.includes(chosen)) {
    const near = nearest(chosen, names);
    const hint = near === undefined ? `Its contexts: ${names.join(', ')}.` : `Did you mean ${near}?`;
    throw invalid(`has no context ${chosen}`, hint);
  }
  config.setCurrentContext(chosen);
  const { cluster, user } = config.getContextObject(chosen) ?? {};
  const found = config.getCurrentCluster();
  if (found === null) throw invalid(`context ${chosen} names cluster ${cluster}, which is not there`);
  if (!URL.canParse(found.server)) throw invalid(`the server of cluster ${found.name} is no URL`);
  // The client wants this said where there is no TLS to verify, as with `kubectl proxy`; kubectl does not.
  if (found.server.startsWith('http:')) Object.assign(found, { skipTLSVerify: true });
  const login = config.getCurrentUser();
  if (login === null) throw invalid(`context ${chosen} names user ${user}, which is not there`);
  tellPlugin(login, found);
  tellProvider(login);
  return config;
}

function invalid(message: string, hint?: string): SeaworthyError {
  return new SeaworthyError({
    code: 'KUBECONFIG_INVALID',
    place: 'kubeconfig',
    message,
    ...(hint !== undefined && { hint }),
  });
}

const HINT = 'Name the file with --kubeconfig or the variable KUBECONFIG, as for kubectl.';

/** As kubectl finds it; without any, the client would turn to port 8080 of this machine. */
function defaultConfig(Config: KubeConfigClass): KubeConfig {
  const config = new Config();
  guarded(() => config.loadFromDefault());
  const [cluster] = config.getClusters();
  if (cluster?.name !== 'cluster' || cluster.server !== 'http://localhost:8080') return config;
  throw new SeaworthyError({ code: 'KUBECONFIG_MISSING', message: 'no kubeconfig was found', hint: HINT });
}

/** The kubeconfigs at `paths` in one: what an earlier one says counts. Files that are not there are left out, as kubectl does. */
function merged(Config: KubeConfigClass, paths: string): KubeConfig {
  const files = paths.split(delimiter).filter((path) => path !== '');
  const there = files.filter((path) => existsSync(path));
  if (there.length === 0) {
    const message = `no such file: ${files.join(', ') || '(no path)'}`;
    throw new SeaworthyError({ code: 'KUBECONFIG_MISSING', place: 'kubeconfig', message, hint: HINT });
  }
  const parts = there.map((path) => {
    const part = new Config();
    guarded(() => part.loadFromFile(path), path);
    return part;
  });
  const config = new Config();
  config.loadFromOptions({
    clusters: firstOfEach(parts.flatMap((part) => part.getClusters())),
    users: firstOfEach(parts.flatMap((part) => part.getUsers())),
    contexts: firstOfEach(parts.flatMap((part) => part.getContexts())),
    currentContext: parts.map((part) => part.getCurrentContext()).find((name) => Boolean(name)),
  });
  return config;
}

function firstOfEach<T extends { readonly name: string }>(all: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const each of all) if (!found.has(each.name)) found.set(each.name, each);
  return [...found.values()];
}

/** Runs `read`; what a YAML parser quotes of the file may be a credential, so that only its reason and line are told. */
function guarded(read: () => void, place = 'kubeconfig'): void {
  try {
    read();
  } catch (error) {
    const { code, reason, mark } = error as {
      readonly code?: string;
      readonly reason?: string;
      readonly mark?: { readonly line: number };
    };
    const parsed = mark === undefined ? undefined : `line ${mark.line + 1}: ${reason ?? 'no YAML'}`;
    const message = parsed ?? (code === undefined ? 'is no kubeconfig' : `cannot be read: ${code}`);
    throw new SeaworthyError({
      code: 'KUBECONFIG_INVALID',
      place,
      message,
      hint: 'kubectl config view shows how kubectl reads it.',
    });
  }
}

/**
 * Gives a credential plugin what client-go gives it, and some cannot do without.
 *
 * @source k8s.io/client-go plugin/pkg/client/auth/exec/exec.go refreshCredsLocked 1.36
 */
function tellPlugin(user: User, { server, caData, skipTLSVerify, tlsServerName }: Cluster): void {
  const exec = user.exec as Plugin | undefined;
  if (typeof exec?.command !== 'string') return;
  const cluster = {
    server,
    ...(caData !== undefined && { 'certificate-authority-data': caData }),
    ...(skipTLSVerify && { 'insecure-skip-tls-verify': true }),
    ...(tlsServerName !== undefined && { 'tls-server-name': tlsServerName }),
  };
  const value = JSON.stringify({
    apiVersion: exec.apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo === true && { cluster }) },
  });
  exec.env = [...(exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value }];
}

/** `users[].user.exec` of a kubeconfig. */
interface Plugin {
  readonly command?: unknown;
  readonly apiVersion?: string;
  readonly provideClusterInfo?: boolean;
  env?: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Gives the client the issuer of an OIDC login as what its library takes: as the text of the kubeconfig, a token that has
 * expired is never renewed.
 *
 * See https://github.com/kubernetes-client/javascript/issues/2202.
 */
function tellProvider({ authProvider }: User): void {
  const provider = authProvider as Provider | undefined;
  const issuer = provider?.config?.['idp-issuer-url'];
  if (provider?.name !== 'oidc' || provider.config === undefined || typeof issuer !== 'string') return;
  if (!URL.canParse(issuer)) throw invalid('idp-issuer-url of its OIDC login is no URL');
  provider.config['idp-issuer-url'] = new URL(issuer);
}

/** `users[].user.auth-provider` of a kubeconfig. */
interface Provider {
  readonly name?: unknown;
  readonly config?: Record<string, unknown>;
}
