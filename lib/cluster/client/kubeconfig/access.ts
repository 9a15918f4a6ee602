import { sep } from 'node:path';
import { nearest } from '../../../errors';
import { isPlainRecord, type PlainRecord } from '../../../manifest/data';
import type { Entry } from './entry';
import type { Entries } from './files';
import { invalid } from './invalid';
import type { Access, Impersonated, KubeCluster, KubeUser } from './types';

/**
 * The context of this name, or the current one, with its cluster and user. What kubectl refuses is refused.
 *
 * @throws SeaworthyError KUBECONFIG_INVALID
 * @source k8s.io/client-go tools/clientcmd/validation.go validateClusterInfo, validateAuthInfo, validateContext 1.36
 */
export function accessOf(entries: Entries, context: string | undefined): Access {
  const chosen = chosenContext(entries, context);
  const named = (list: 'clusters' | 'users', field: string): Entry => {
    const name = chosen.text(field);
    const found = entries[list].get(name);
    if (found !== undefined) return found;
    const what = name === '' ? `no ${field}` : `${field} ${name}, which is not there`;
    throw invalid(`context ${chosen.name} names ${what}`);
  };
  return {
    name: chosen.name,
    namespace: chosen.text('namespace') || 'default',
    cluster: clusterOf(named('clusters', 'cluster')),
    user: userOf(named('users', 'user')),
  };
}

function chosenContext({ contexts, currentContext }: Entries, context: string | undefined): Entry {
  const names = [...contexts.keys()];
  const name = context ?? currentContext;
  if (name === '')
    throw invalid('no context is chosen', `Name one with --context: ${names.join(', ') || 'there is none'}.`);
  const chosen = contexts.get(name);
  if (chosen !== undefined) return chosen;
  const near = nearest(name, names);
  const hint = near === undefined ? `Its contexts: ${names.join(', ') || 'none'}.` : `Did you mean ${near}?`;
  throw invalid(`has no context ${name}`, hint);
}

function clusterOf(entry: Entry): KubeCluster {
  const { name } = entry;
  const authority = entry.material('certificate-authority');
  const isInsecure = entry.flag('insecure-skip-tls-verify');
  const hasAuthority = authority.file !== undefined || authority.data !== undefined;
  if (isInsecure && hasAuthority)
    throw invalid(
      `${entry.place} has a certificate-authority and insecure-skip-tls-verify, of which only one is allowed`,
    );
  const server = urlOf(entry.text('server'), entry.text('proxy-url'), entry);
  return {
    name,
    ...server,
    authority,
    isInsecure,
    serverName: entry.text('tls-server-name') || undefined,
  };
}

function urlOf(text: string, proxy: string, { name }: Entry): Pick<KubeCluster, 'server' | 'proxy'> {
  if (text === '') throw invalid(`cluster ${name} has no server`);
  if (!isUrl(text, /^https?:$/)) throw invalid(`the server of cluster ${name} is no URL`);
  if (proxy !== '' && !isUrl(proxy, /^(https?|socks5h?):$/))
    throw invalid(`the proxy-url of cluster ${name} is no URL of a proxy: http, https or socks5`);
  return { server: text.replace(/\/$/, ''), proxy: proxy || undefined };
}

function isUrl(text: string, protocols: RegExp): boolean {
  return URL.canParse(text) && protocols.test(new URL(text).protocol);
}

function userOf(entry: Entry): KubeUser {
  const { name, place } = entry;
  const [certificate, key] = [entry.material('client-certificate'), entry.material('client-key')];
  const isWhole = Object.keys(certificate).length === 0 || Object.keys(key).length > 0;
  if (!isWhole) throw invalid(`${place} has a client-certificate and no client-key`);
  const [token, username, password] = [entry.text('token'), entry.text('username'), entry.text('password')];
  const hasToken = token !== '' || (entry.text('tokenFile') !== '' && username !== '');
  if (hasToken && (username !== '' || password !== ''))
    throw invalid(`${place} has a token and a username, of which only one is allowed`);
  const [plugin, provider] = [pluginOf(entry), entry.record('auth-provider')];
  if (plugin !== undefined && provider !== undefined)
    throw invalid(`${place} has exec and auth-provider, of which only one is allowed`);
  return {
    name,
    certificate,
    key,
    token: token || undefined,
    tokenFile: entry.path('tokenFile'),
    username,
    password,
    impersonated: impersonatedBy(entry),
    plugin,
    provider,
  };
}

/** A command with a folder is found from that of the kubeconfig, one without in PATH. */
function pluginOf(entry: Entry): PlainRecord | undefined {
  const exec = entry.record('exec');
  if (exec === undefined) return undefined;
  const { command, env = [] } = exec;
  if (typeof command !== 'string' || command === '') throw invalid(`${entry.place}.exec has no command`);
  if (env !== null && !(Array.isArray(env) && env.every(isPlainRecord)))
    throw invalid(`${entry.place}.exec.env is not a list of maps`);
  return { ...exec, command: command.includes(sep) ? entry.absolute(command) : command };
}

function impersonatedBy(entry: Entry): Impersonated | undefined {
  const [user, uid, groups, extra] = [
    entry.text('as'),
    entry.text('as-uid'),
    entry.texts('as-groups'),
    entry.textLists('as-user-extra'),
  ];
  if (user !== '') return { user, uid, groups, extra };
  if (uid === '' && groups.length === 0 && extra.size === 0) return undefined;
  throw invalid(`${entry.place} has as-uid, as-groups or as-user-extra without as`);
}
