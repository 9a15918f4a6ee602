/** @jest-environment ./test/cluster/environment.js */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { connect } from '../../lib/cluster/client/connect';
import { applyObject, deleteObject, getObject, listObjects } from '../../lib/cluster/client/objects';
import { Resources } from '../../lib/cluster/client/resources';
import { watch, type WatchEvent } from '../../lib/cluster/client/watch';
import type { KubeObject } from '../../lib/manifest/manifest';
import { testNamespace } from './cluster';

const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const settings = (name: string, data: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'client' },
  data,
});

describe('the client', () => {
  testNamespace('client');

  it('applies, reads, lists and deletes objects', async () => {
    const cluster = await connect({ kubeconfig });
    expect(cluster.version).toMatch(/^v\d/);
    const maps = await new Resources(cluster).of({ apiVersion: 'v1', kind: 'ConfigMap' });
    if (maps === undefined) throw new Error('no ConfigMaps');
    const id = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'client', name: 'a' };
    const request = { manager: 'seaworthy' };
    const dry = await applyObject(cluster, maps, settings('a', { x: '1' }), { ...request, dryRun: true });
    expect(dry).toMatchObject({ object: { data: { x: '1' } } });
    expect(await getObject(cluster, maps, id)).toEqual({});
    await applyObject(cluster, maps, settings('a', { x: '1' }), request);
    expect(await getObject(cluster, maps, id)).toMatchObject({ object: { data: { x: '1' } } });
    const conflict = await applyObject(cluster, maps, settings('a', { x: '2' }), { manager: 'other' });
    expect(conflict.refusal).toMatchObject({ code: 409, causes: [{ field: '.data.x' }] });
    const listed = await listObjects(cluster, maps, { namespace: 'client' });
    expect(listed.map(({ metadata }) => metadata.name)).toContain('a');
    expect(await deleteObject(cluster, maps, id)).toBeUndefined();
    expect(await deleteObject(cluster, maps, id)).toBeUndefined();
    cluster.close();
  });

  it('watches what is there, and what comes', async () => {
    const cluster = await connect({ kubeconfig });
    const maps = await new Resources(cluster).of({ apiVersion: 'v1', kind: 'ConfigMap' });
    if (maps === undefined) throw new Error('no ConfigMaps');
    const end = new AbortController();
    const seen: string[] = [];
    const request = { manager: 'seaworthy' };
    await applyObject(cluster, maps, settings('b', { x: '1' }), request);
    const nameOf = (event: WatchEvent): string =>
      event.type === 'LISTED' ? '' : String(event.object.metadata.name);
    const selection = { namespace: 'client', fieldSelector: 'metadata.name!=kube-root-ca.crt' };
    for await (const event of watch(cluster, maps, selection, end.signal)) {
      seen.push(`${event.type} ${nameOf(event)}`.trim());
      if (event.type === 'LISTED') await applyObject(cluster, maps, settings('c', { x: '1' }), request);
      if (nameOf(event) === 'c') end.abort();
    }
    expect(seen).toEqual(['ADDED b', 'LISTED', 'ADDED c']);
    cluster.close();
  });
});

describe('a kubeconfig that is wrong', () => {
  interface Config {
    clusters: { cluster: { server: string } }[];
    users: { user: Record<string, unknown> }[];
    contexts: { context: { user: string } }[];
  }
  const changed = (name: string, change: (config: Config) => void): string => {
    const config = parse(readFileSync(kubeconfig, 'utf8')) as Config;
    change(config);
    const path = join(folder, name);
    writeFileSync(path, stringify(config));
    return path;
  };
  const failure = async (path: string, context?: string): Promise<Error & { code?: string }> => {
    const begin = performance.now();
    const options = context === undefined ? { kubeconfig: path } : { kubeconfig: path, context };
    const error = await connect(options).then(
      () => new Error('connected'),
      (thrown: unknown) => thrown as Error,
    );
    expect(performance.now() - begin).toBeLessThan(5000);
    return error;
  };

  it('is told in under five seconds, without what stands in it', async () => {
    expect(await failure(join(folder, 'none'))).toMatchObject({ code: 'KUBECONFIG_MISSING' });
    const broken = join(folder, 'broken');
    writeFileSync(broken, 'users:\n- user: {token: SESAME, token: SESAME}\n');
    const error = await failure(broken);
    expect(error).toMatchObject({ code: 'KUBECONFIG_INVALID' });
    expect(error.message).not.toContain('SESAME');
    expect(await failure(kubeconfig, 'nowhere')).toMatchObject({ code: 'KUBECONFIG_INVALID' });
    const closed = changed('closed', ({ clusters: [first] }) => {
      if (first !== undefined) first.cluster.server = 'https://127.0.0.1:1';
    });
    expect(await failure(closed)).toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
    const expired = changed('expired', ({ users: [first] }) => {
      if (first !== undefined) first.user = { token: 'SESAME' };
    });
    const refused = await failure(expired);
    expect(refused).toMatchObject({ code: 'CLUSTER_UNAUTHORIZED' });
    expect(refused.message).not.toContain('SESAME');
  });

  it('is told of a server that never answers, and of a plugin that fails', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;
    for (const scheme of ['http', 'https']) {
      const silent = changed('silent', ({ clusters: [first] }) => {
        if (first !== undefined) first.cluster.server = `${scheme}://127.0.0.1:${port}`;
      });
      expect(await failure(silent)).toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
    }
    for (const socket of sockets) socket.destroy();
    server.close();
    const plugin = changed('plugin', ({ users: [first] }) => {
      const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plugin' };
      if (first !== undefined) first.user = { exec };
    });
    expect(await failure(plugin)).toMatchObject({ code: 'CLUSTER_UNAUTHORIZED' });
  });

  it('asks a credential plugin, and tells it what it needs', async () => {
    const config = parse(readFileSync(kubeconfig, 'utf8')) as Config;
    const login = config.users[0]?.user ?? {};
    const script = `
      if (JSON.parse(process.env.KUBERNETES_EXEC_INFO).kind !== 'ExecCredential') process.exit(1);
      const read = (file) => require('node:fs').readFileSync(file, 'utf8');
      const status = { clientCertificateData: read(process.argv[1]), clientKeyData: read(process.argv[2]) };
      console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status }));`;
    const path = changed('asked', ({ users: [first] }) => {
      const args = ['-e', script, login['client-certificate'], login['client-key']];
      const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args };
      if (first !== undefined) first.user = { exec };
    });
    const cluster = await connect({ kubeconfig: path });
    expect(cluster.version).toMatch(/^v\d/);
    cluster.close();
  });
});
