/**
 * Compares what `plan` says of a change with the server's dry run of server-side apply: objects of this repository are applied,
 * some are edited by somebody else, and each is then changed at random places.
 */
import { applyObject, deleteObject, getObject, patchObject } from '../../lib/cluster/client/objects';
import { objectPath, Resources, type ApiResource } from '../../lib/cluster/client/resources';
import type { Cluster } from '../../lib/cluster/client/cluster';
import type { Refusal } from '../../lib/cluster/client/refusal';
import { differencesOf } from '../../lib/cluster/apply/compare';
import { UNTRIED } from '../../lib/cluster/apply/trial';
import { MANAGER } from '../../lib/cluster/apply/types';
import { admit } from '../../lib/check/admit';
import { scopeOf } from '../../lib/kube/kinds';
import type { KubernetesRelease } from '../../lib/kube/schema';
import { identify, type KubeObject } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { livePlan } from '../../lib/plan/plan-live';
import { corpus } from '../hostile/corpus';
import { changedValue } from '../hostile/generate/changes';
import { Random } from '../hostile/random';

const NAMESPACE = 'changes';
/** Requests at a time: each object is there for a moment only. */
const LANES = 4;

/** One change, by us and by the server. */
interface JudgedChange {
  readonly index: number;
  readonly before: KubeObject;
  readonly after: KubeObject;
  /** Why we reject it; empty if we do not. */
  readonly ours: readonly string[];
  readonly refusal?: Refusal;
  /** Fields of the result that differ, where both accept it. */
  readonly differences: readonly string[];
}

/** How changes agree. */
export interface ChangesReport {
  readonly judged: readonly JudgedChange[];
  /** Changes of objects that could not be applied first, or whose verdict hangs on the cluster. */
  readonly setAside: number;
}

/** Which changes, and of which release the server is. */
export interface ChangesRequest {
  readonly count: number;
  readonly seed: number;
  readonly kubernetes: KubernetesRelease;
}

export async function judgeChanges(cluster: Cluster, request: ChangesRequest): Promise<ChangesReport> {
  await applyObject(
    cluster,
    { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    { manager: MANAGER },
  );
  const resources = new Resources(cluster);
  const judged: JudgedChange[] = [];
  let next = 0;
  let setAside = 0;
  const lane = async (): Promise<void> => {
    while (next < request.count) {
      const found = await judgeOne(cluster, resources, next++, request);
      if (found === undefined) setAside++;
      else judged.push(found);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { judged, setAside };
}

async function judgeOne(
  cluster: Cluster,
  resources: Resources,
  index: number,
  { seed, kubernetes }: ChangesRequest,
): Promise<JudgedChange | undefined> {
  const random = new Random(seed, index);
  const before = named(random.pick(candidates(kubernetes)), index);
  const resource = await resources.of(before);
  if (resource === undefined) return undefined;
  const request = { manager: MANAGER, force: true };
  const applied = await applyObject(cluster, resource, before, request);
  if (applied.refusal !== undefined) return undefined;
  try {
    if (random.chance(30)) await edit(cluster, resource, before, random);
    const { apiVersion, kind } = before;
    // A change of the kind is another object.
    const after = { ...named(changedValue(before, random, 2), index), apiVersion, kind };
    const { object: live } = read(await getObject(cluster, resource, identify(before)));
    const set = setOf(after);
    if (live === undefined || set === undefined) return undefined;
    const tried = await dryRun(cluster, resource, after);
    if (tried === undefined || (tried.refusal !== undefined && hangsOnCluster(tried.refusal)))
      return undefined;
    return compared(index, { before, after, live, set, tried, kubernetes });
  } finally {
    await deleteObject(cluster, resource, identify(before));
  }
}

function compared(
  index: number,
  {
    before,
    after,
    live,
    set,
    tried,
    kubernetes,
  }: {
    readonly before: KubeObject;
    readonly after: KubeObject;
    readonly live: KubeObject;
    readonly set: ManifestSet;
    readonly tried: Tried;
    readonly kubernetes: KubernetesRelease;
  },
): JudgedChange | undefined {
  const options = { manager: MANAGER, kubernetes };
  const { changes, server } = livePlan([live], set, options);
  const [change] = changes;
  if (change === undefined || server === undefined) return undefined;
  const ours =
    change.effect === 'rejected'
      ? (change.reasons ?? []).map(({ path, message }) => `${path}: ${message}`)
      : [];
  if (tried.refusal !== undefined)
    return { index, before, after, ours, refusal: tried.refusal, differences: [] };
  const found =
    ours.length > 0
      ? []
      : differencesOf(change, { ...UNTRIED, object: tried.object }, { live, created: undefined }, server);
  const differences = found.map(
    ({ path, planned, server: stored }) =>
      `${path}: ${JSON.stringify(planned)}, server ${JSON.stringify(stored)}`,
  );
  return { index, before, after, ours, differences };
}

/** What the server said. */
type Tried = { readonly object: KubeObject; readonly refusal?: undefined } | { readonly refusal: Refusal };

/** Milliseconds in which an answer must come: a hostile value may cost the server all its time. */
const SILENCE = 10_000;

/** Asks once: a server that fails itself says nothing. */
async function dryRun(
  cluster: Cluster,
  resource: ApiResource,
  object: KubeObject,
): Promise<Tried | undefined> {
  try {
    const { refusal, ...answer } = await cluster.request(
      {
        method: 'PATCH',
        path: objectPath(resource, identify(object)),
        query: { fieldManager: MANAGER, force: true, fieldValidation: 'Strict', dryRun: 'All' },
        body: object,
        contentType: 'application/apply-patch+yaml',
        timeout: SILENCE,
      },
      { within: 200 },
    );
    return refusal === undefined ? { object: (answer as { readonly body: KubeObject }).body } : { refusal };
  } catch {
    return undefined;
  }
}

/** What somebody else writes, so that not all fields are ours. */
async function edit(
  cluster: Cluster,
  resource: ApiResource,
  object: KubeObject,
  random: Random,
): Promise<void> {
  const spec = object['spec'] as { readonly replicas?: unknown } | undefined;
  const replicas = typeof spec?.replicas === 'number' ? { spec: { replicas: random.below(3) } } : {};
  const patch = { metadata: { labels: { edited: 'yes' }, annotations: { by: 'hand' } }, ...replicas };
  await patchObject(cluster, resource, identify(object), patch, { manager: 'kubectl-edit' });
}

let known: readonly KubeObject[] | undefined;

/**
 * Valid objects of built-in kinds in namespaces: what is in none would change the cluster for the others. A Pod changes by
 * itself while it is scheduled.
 */
function candidates(kubernetes: KubernetesRelease): readonly KubeObject[] {
  known ??= corpus().objects.filter((value): value is KubeObject => {
    const { apiVersion, kind, metadata } = value as unknown as KubeObject;
    const isOwn = scopeOf(apiVersion, kind) === 'Namespaced' && typeof metadata === 'object';
    return isOwn && kind !== 'Pod' && admit(value, { kubernetes }).length === 0;
  });
  return known;
}

function named(object: object, index: number): KubeObject {
  const { metadata, ...rest } = object as KubeObject;
  const { generateName: _, ...kept } = typeof metadata === 'object' && metadata !== null ? metadata : {};
  return { ...rest, metadata: { ...kept, name: `c${index}`, namespace: NAMESPACE } };
}

/** Nothing for what the library refuses as no object. */
function setOf(object: KubeObject): ManifestSet | undefined {
  try {
    return ManifestSet.of([object]);
  } catch {
    return undefined;
  }
}

function read(found: Awaited<ReturnType<typeof getObject>>): { readonly object?: KubeObject } {
  return found.refusal === undefined ? found : {};
}

/** Answers that say nothing of the change itself. */
function hangsOnCluster({ code, message }: Refusal): boolean {
  return code === 404 || code === 409 || code >= 500 || (code === 403 && !message.includes('is invalid'));
}

/** Prints how often plan and server agree, and every change that they differ on. */
export function printChanges({ judged, setAside }: ChangesReport, seed: number): void {
  const accepted = judged.filter(({ refusal }) => refusal === undefined);
  const refused = judged.filter(({ refusal }) => refusal !== undefined);
  const falseAlarms = accepted.filter(({ ours }) => ours.length > 0);
  const missed = refused.filter(({ ours }) => ours.length === 0);
  const same = accepted.filter(({ ours, differences }) => ours.length === 0 && differences.length === 0);
  const share = (part: number, whole: number): string =>
    `${part} of ${whole} (${((100 * part) / Math.max(1, whole)).toFixed(2)} %)`;
  console.log(`\nseed ${seed}: ${judged.length} changes, ${setAside} set aside`);
  console.log(`agree          ${share(judged.length - falseAlarms.length - missed.length, judged.length)}`);
  console.log(`refusals found ${share(refused.length - missed.length, refused.length)}`);
  console.log(`false alarms   ${share(falseAlarms.length, accepted.length)}`);
  console.log(`same result    ${share(same.length, accepted.length - falseAlarms.length)}`);
  for (const { index, before, after, ours, refusal, differences } of judged) {
    const isSame = (refusal === undefined) === (ours.length === 0) && differences.length === 0;
    if (isSame) continue;
    console.log(`\n#${index} ${JSON.stringify(before)}\n  → ${JSON.stringify(after)}`);
    console.log(`  server: ${refusal?.message ?? 'accepts it'}`);
    console.log(`  ours:   ${ours.join('; ') || 'accept it'}`);
    for (const difference of differences) console.log(`  ${difference}`);
  }
}
