import { readFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';
import { parse } from 'yaml';

/** What an API server answered. */
export interface Reply {
  readonly ok: boolean;
  readonly code: number;
  /** Of a refusal. */
  readonly message: string;
}

export interface Cluster {
  readonly request: (method: string, path: string, body?: unknown) => Promise<Reply>;
}

interface KubeConfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly 'certificate-authority': string };
  }[];
  readonly users: readonly {
    readonly user: { readonly 'client-certificate': string; readonly 'client-key': string };
  }[];
}

/** Milliseconds in which something of an answer must come. */
const SILENCE = 15_000;

/** Speaks to the control plane of scripts/cluster/control-plane.js, by its kubeconfig, over connections that it keeps. */
export function connect(kubeconfig: string): Cluster {
  const { clusters, users } = parse(readFileSync(kubeconfig, 'utf8')) as KubeConfig;
  const [cluster, user] = [clusters[0]?.cluster, users[0]?.user];
  if (cluster === undefined || user === undefined)
    throw new Error(`${kubeconfig} names no cluster or no user`);
  const agent = new Agent({
    keepAlive: true,
    ca: readFileSync(cluster['certificate-authority']),
    cert: readFileSync(user['client-certificate']),
    key: readFileSync(user['client-key']),
  });
  const send = (method: string, path: string, body: unknown): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', accept: 'application/json' };
      const options = { method, agent, headers, timeout: SILENCE };
      const sent = httpsRequest(new URL(path, cluster.server), options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const code = response.statusCode ?? 0;
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ ok: code < 300, code, message: code < 300 ? '' : messageOf(text) });
        });
      });
      sent.on('error', reject);
      sent.on('timeout', () => sent.destroy(new Error(`no answer in ${SILENCE / 1000} s`)));
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return {
    // The server may close a connection at the moment in which it is used again.
    request: (method, path, body) => send(method, path, body).catch(() => send(method, path, body)),
  };
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { readonly message?: string }).message ?? text;
  } catch {
    return text;
  }
}
