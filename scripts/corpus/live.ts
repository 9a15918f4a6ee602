/**
 * Compares `admit` with an API server of Kubernetes 1.36, or of 1.37, that runs now, on seeded random objects:
 *
 *     npm run corpus:live -- [--count 3000] [--changes 300] [--seed 1] [--release 1.37] [--all]
 *
 * Objects are made as for the hostile inputs (scripts/hostile/generate): values of every field of every built-in kind, and
 * the manifests of this repository with changes. The server is asked to create each without keeping it. Prints how often
 * the verdicts agree, every object that they differ on, and with --all what is set aside, since it hangs on the state of the
 * cluster.
 * Then it compares plans of changes with the server's dry run: live-changes.ts.
 */
import { parseArgs } from 'node:util';
import { admit } from '../../lib/check/admit';
import { pluralOf, scopeOf } from '../../lib/kube/kinds';
import { release } from '../../lib/kube/schema/release';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { connect } from '../../lib/cluster/client/connect';
import { startControlPlane } from '../cluster/control-plane';
import { object } from '../hostile/generate/objects';
import { Random } from '../hostile/random';
import { judgeChanges, printChanges } from './live-changes';

/** The release of test/cluster/control-plane/go.mod; the others have a .mod of their own there. */
const DEFAULT_RELEASE = '1.36';
/** Requests at a time. */
const LANES = 8;

const { values } = parseArgs({
  options: {
    count: { type: 'string' },
    changes: { type: 'string' },
    seed: { type: 'string' },
    release: { type: 'string' },
    all: { type: 'boolean' },
  },
});
const count = Number(values.count ?? 3000);
const changes = Number(values.changes ?? 300);
const seed = Number(values.seed ?? 1);
const kubernetes = release(values.release ?? DEFAULT_RELEASE);

/** What the server answered. */
interface Reply {
  readonly ok: boolean;
  readonly code: number;
  /** Of a refusal. */
  readonly message: string;
}

interface Judged {
  readonly index: number;
  readonly object: unknown;
  readonly ours: readonly string[];
  readonly reply: Reply;
}

/** Where an object is created; `undefined` where the server has no such kind, or the object says no kind. */
function pathOf(value: unknown): string | undefined {
  const { apiVersion, kind, metadata } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const scope = scopeOf(apiVersion, kind);
  const plural = pluralOf(apiVersion, kind);
  if (scope === undefined || plural === undefined) return undefined;
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const named = (metadata as { readonly namespace?: unknown } | null | undefined)?.namespace;
  const namespace = typeof named === 'string' && /^[^\p{Surrogate}]+$/u.test(named) ? named : 'default';
  return scope === 'Cluster'
    ? `${base}/${plural}`
    : `${base}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

/** The server closes the connection where it fails itself, or computes for ever (with a quantity of `1e-999999999`). */
const NO_ANSWER = 599;

/** Milliseconds in which an answer must come. */
const SILENCE = 15_000;

async function create(cluster: Cluster, path: string, body: unknown, query = {}): Promise<Reply> {
  const request = { method: 'POST', path, query, body, timeout: SILENCE } as const;
  try {
    // The server may close a connection at the moment in which it is used again.
    const { refusal } = await cluster.request(request, { within: 200 });
    return { ok: refusal === undefined, code: refusal?.code ?? 201, message: refusal?.message ?? '' };
  } catch (error) {
    return { ok: false, code: NO_ANSWER, message: String(error) };
  }
}

/** Answers that say nothing of the object itself: what it refers to is not there, or its kind is not served. */
function hangsOnCluster({ code, message }: Reply): boolean {
  return code === 404 || code === 409 || code >= 500 || (code === 403 && !message.includes('is invalid'));
}

async function judge(cluster: Cluster, index: number): Promise<Judged | undefined> {
  const value = object(new Random(seed, index), kubernetes);
  const path = pathOf(value);
  if (path === undefined) return undefined;
  const ask = (): Promise<Reply> =>
    create(cluster, path, value, { dryRun: 'All', fieldValidation: 'Strict' });
  const first = await ask();
  const [, name] = /^namespaces "(.+)" not found$/.exec(first.message) ?? [];
  // Any name that a namespace may have becomes one, so that less is set aside.
  const isMade =
    name !== undefined && (await create(cluster, '/api/v1/namespaces', { metadata: { name } })).ok;
  const reply = isMade ? await ask() : first;
  const ours = admit(value, { kubernetes }).map((finding) => `${finding.path}: ${finding.message}`);
  return { index, object: value, ours, reply };
}

async function main(): Promise<void> {
  const started = await startControlPlane(undefined, values.release);
  try {
    const cluster = await connect({ kubeconfig: started.kubeconfig });
    const judged: Judged[] = [];
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < count) {
        const found = await judge(cluster, next++);
        if (found !== undefined) judged.push(found);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    if (count > 0) print(judged);
    if (changes > 0) {
      printChanges(await judgeChanges(cluster, { count: changes, seed, kubernetes }), seed);
    }
    cluster.close();
  } finally {
    await started.stop();
  }
}

/** How many are set aside, by the code of the answer. */
function setAside(judged: readonly Judged[]): string {
  const codes = judged.filter(({ reply }) => hangsOnCluster(reply)).map(({ reply }) => reply.code);
  const counts = [...new Set(codes)]
    .sort()
    .map((code) => `${codes.filter((other) => other === code).length} × ${code}`);
  return counts.join(', ') || 'none';
}

function print(judged: readonly Judged[]): void {
  const own = judged.filter(({ reply }) => !hangsOnCluster(reply));
  const accepted = own.filter(({ reply }) => reply.ok);
  const falseAlarms = accepted.filter(({ ours }) => ours.length > 0);
  const refused = own.filter(({ reply }) => !reply.ok);
  const missed = refused.filter(({ ours }) => ours.length === 0);
  const share = (part: number, whole: number): string =>
    `${part} of ${whole} (${((100 * part) / whole).toFixed(2)} %)`;
  console.log(`seed ${seed}: ${judged.length} objects`);
  console.log(`set aside      ${setAside(judged)}`);
  console.log(`agree          ${share(own.length - falseAlarms.length - missed.length, own.length)}`);
  console.log(`refusals found ${share(refused.length - missed.length, refused.length)}`);
  console.log(`false alarms   ${share(falseAlarms.length, accepted.length)}`);
  if (values.all === true)
    for (const { index, reply } of judged.filter(({ reply }) => hangsOnCluster(reply)))
      console.log(`#${index} set aside: ${reply.code} ${reply.message}`);
  for (const { index, object: value, ours, reply } of [...falseAlarms, ...missed].sort(
    (a, b) => a.index - b.index,
  )) {
    console.log(`\n#${index} ${JSON.stringify(value)}`);
    console.log(`  server: ${reply.ok ? 'accepts it' : reply.message}`);
    console.log(`  ours:   ${ours.join('; ') || 'accept it'}`);
  }
}

void main();
