import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FieldError } from '../../../lib/apiserver/admission/review';
import { withAnnotations } from '../../../lib/apiserver/patch/last-applied';
import { strategicPatch } from '../../../lib/apiserver/patch/strategic';
import { isPlainRecord, type PlainRecord } from '../../../lib/manifest/data';
import { withoutKubectl } from '../../manifest/yaml/kubectl';
import { facts, schemaOf, type Fact } from './facts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Discovery, as far as kubectl needs it for the kinds of the facts. */
const DISCOVERY: Readonly<Record<string, object>> = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': {
    kind: 'APIGroupList',
    groups: [{ name: 'apps', versions: [{ groupVersion: 'apps/v1', version: 'v1' }] }],
  },
  '/api/v1': resources('v1', 'services', 'Service'),
  '/apis/apps/v1': resources('apps/v1', 'deployments', 'Deployment'),
};

function resources(groupVersion: string, name: string, kind: string): object {
  const resource = { name, singularName: '', namespaced: true, kind, verbs: ['get', 'patch'] };
  return { kind: 'APIResourceList', groupVersion, resources: [resource] };
}

/** A state of an object with what makes it one of its own. */
function named(state: PlainRecord, kind: string, index: number): PlainRecord {
  const metadata = isPlainRecord(state['metadata']) ? state['metadata'] : {};
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'v1';
  return { apiVersion, kind, ...state, metadata: { ...metadata, name: `a${index}`, namespace: 'shop' } };
}

function annotated(object: PlainRecord, annotations: PlainRecord): PlainRecord {
  const { metadata } = object;
  return { ...object, metadata: { ...(isPlainRecord(metadata) ? metadata : {}), annotations } };
}

/** The three states of a fact as kubectl has them. */
function statesOf({ kind, original, modified, live }: Fact, index: number) {
  const [was, will, there] = [original, modified, live].map((state) => named(state, kind, index)) as [
    PlainRecord,
    PlainRecord,
    PlainRecord,
  ];
  const old = withAnnotations(was);
  const held = annotated(there, { [LAST_APPLIED]: JSON.stringify(old) });
  return { original: old, modified: withAnnotations(will), live: held };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** A server that has `live` objects by name, and notes the patches that it gets. */
function serverOf(live: ReadonlyMap<string, PlainRecord>, patches: Map<string, unknown>): Server {
  return createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const path = (request.url ?? '').replace(/\?.*/, '');
      const name = path.split('/').at(-1) ?? '';
      if (request.method === 'PATCH') patches.set(name, JSON.parse(body));
      const found = DISCOVERY[path] ?? live.get(name);
      const missing = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 };
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(found ?? missing));
    });
  });
}

/** The patches that kubectl sends for `objects`, by name; none where it refuses to make one. */
async function patchesOf(objects: readonly PlainRecord[], live: ReadonlyMap<string, PlainRecord>) {
  const patches = new Map<string, unknown>();
  const server = serverOf(live, patches);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-kubectl-'));
  const file = join(folder, 'objects.json');
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = ['apply', `--server=${url}`, '--validate=false', '-f', file];
  // It exits with 1, since it refuses some of the objects.
  await new Promise<void>((resolve) => {
    execFile('kubectl', args, { env: { ...process.env, HOME: folder, KUBECONFIG: devNull } }, () =>
      resolve(),
    );
  });
  server.close();
  rmSync(folder, { recursive: true });
  return patches;
}

/** Without what kubectl notes of itself, and without what is empty then. */
function withoutNote(patch: unknown): unknown {
  if (!isPlainRecord(patch)) return patch;
  const { metadata, ...rest } = patch;
  const { annotations, ...others } = isPlainRecord(metadata) ? metadata : {};
  const { [LAST_APPLIED]: _, ...kept } = isPlainRecord(annotations) ? annotations : {};
  const left = { ...others, ...(Object.keys(kept).length > 0 && { annotations: kept }) };
  return { ...rest, ...(Object.keys(left).length > 0 && { metadata: left }) };
}

(withoutKubectl ? describe.skip : describe)('kubectl apply', () => {
  it('sends the same patches, and refuses the same objects', async () => {
    const builtin = facts.filter(({ kind }) => schemaOf(kind) !== undefined);
    const states = builtin.map(statesOf);
    const live = new Map(states.map((state, index) => [`a${index}`, state.live]));
    const sent = await patchesOf(
      builtin.map(({ kind, modified }, index) => named(modified, kind, index)),
      live,
    );
    expect(sent.size).toBeGreaterThan(100);
    for (const [index, { kind }] of builtin.entries()) {
      const [state, schema] = [states[index], schemaOf(kind)];
      if (state === undefined || schema === undefined) throw new Error('every fact has states and a schema');
      const errors: FieldError[] = [];
      const patch = strategicPatch(state, schema, { path: '', errors });
      expect([index, withoutNote(sent.get(`a${index}`))]).toEqual([
        index,
        errors.length > 0 ? undefined : withoutNote(patch),
      ]);
    }
  });
});
