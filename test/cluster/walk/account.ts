import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { cluster } from '../cluster';

interface Entry {
  readonly name: string;
  readonly cluster: { readonly server: string; readonly 'certificate-authority'?: string };
}

/** Writes the kubeconfig of a pod: with the token of its ServiceAccount, and its namespace. Needs no other file. */
export async function writeKubeconfigOfPod(file: string, account: string, namespace: string): Promise<void> {
  const { status } = await cluster.core.createNamespacedServiceAccountToken({
    name: account,
    namespace,
    body: { spec: { audiences: [], expirationSeconds: 3600 } },
  });
  const { clusters } = parse(readFileSync(cluster.kubeconfig, 'utf8')) as { clusters: [Entry] };
  const [{ name, cluster: entry }] = clusters;
  const { 'certificate-authority': authority, ...access } = entry;
  // The user of an image may not read the file.
  const data = authority !== undefined && {
    'certificate-authority-data': readFileSync(authority, 'base64'),
  };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { ...access, ...data } }],
    users: [{ name: 'pod', user: { token: status?.token } }],
    contexts: [{ name: 'pod', context: { cluster: name, user: 'pod', namespace } }],
    'current-context': 'pod',
  };
  writeFileSync(file, stringify(config));
}
