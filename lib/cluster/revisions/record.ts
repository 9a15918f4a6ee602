import { SeaworthyError } from '../../errors';
import { formatId, type KubeObject } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { Cluster } from '../client/cluster';
import { createObject, patchObject } from '../client/objects';
import { failed } from '../client/refusal';
import { textAt } from '../fields';
import { SECRETS, type AppName } from '../owned/record';
import { pack, type Packed } from './content';
import { deleteParts, partsOf } from './history';
import { ownVersion } from './own-version';
import {
  annotationsOf,
  contentOf,
  labelsOf,
  partId,
  placeOf,
  REVISION_TYPE,
  revisionIn,
  stateMark,
} from './revision';
import type { RevisionState } from './revision';

/** Manager of the fields of revisions. */
const MANAGER = 'seaworthy-revisions';

/** How many revisions are kept, as with Helm. */
const KEPT = 10;

/** Times that the number of a revision is taken by somebody else. */
const TRIES = 10;

/** What is kept with a revision. */
export interface RecordOptions {
  /** What becomes of objects, by effect. @default nothing */
  readonly changes?: Readonly<Record<string, number>>;
  /** Where the objects came from: `git 3f2a9c1`. */
  readonly origin?: string | undefined;
  /** How many revisions are kept, with this one. @default 10 */
  readonly keep?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A revision that is being applied. */
export interface OpenRevision {
  readonly revision: number;
  /** Says how it ended, which may be more than once, and deletes revisions beyond those that are kept. Writes nothing that is so already. */
  end(state: Exclude<RevisionState, 'pending'>): Promise<void>;
}

/** What has to be known before a revision is recorded: it is asked for, and what is asked may be waited for later. */
export interface Preparation {
  readonly packed: Promise<Packed>;
  /** The Secrets of revisions that are there. */
  readonly secrets: Promise<readonly KubeObject[]>;
  /** Whether they were not asked for, since there should be none: the server looks through all Secrets of the namespace. */
  readonly isFirst?: boolean;
  /** Who applies. @default asked for where the objects are another revision than the newest */
  readonly by?: Promise<string | undefined>;
}

/**
 * Begins to ask for what `recordRevision` needs to know, so that nobody has to wait for one answer after the other.
 *
 * @param isFirst whether the application is new, so that there should be no revisions; they are listed where there is one
 */
export function prepareRevision(
  cluster: Cluster,
  app: AppName,
  set: ManifestSet,
  { changes = {}, signal }: RecordOptions,
  isFirst = false,
): Preparation {
  const isOther = Object.keys(changes).some((effect) => effect !== 'none');
  const begun = {
    packed: pack(set),
    secrets: isFirst ? Promise.resolve([]) : partsOf(cluster, app, signal),
    ...(isOther && { by: userOf(cluster, signal) }),
  };
  // Perhaps nobody comes to wait for them.
  for (const each of Object.values(begun)) each.catch(() => undefined);
  return { ...begun, isFirst };
}

/**
 * Keeps a set of objects as the newest revision of an application, before it is applied: whatever happens then, what ran
 * before is the revision before it. The newest revision is used again if it has the same objects.
 *
 * @param set the objects as they are applied, without the label of the application
 * @param preparation what was asked for before
 * @throws SeaworthyError CLUSTER_FORBIDDEN, CLUSTER_FAILED
 */
export async function recordRevision(
  cluster: Cluster,
  app: AppName,
  set: ManifestSet,
  options: RecordOptions = {},
  preparation = prepareRevision(cluster, app, set, options),
): Promise<OpenRevision> {
  const { signal } = options;
  const packed = await preparation.packed;
  const secrets = await preparation.secrets;
  const numbers = secrets.map((secret) => placeOf(secret).revision ?? 0);
  const newest = secrets
    .filter((secret) => revisionIn(secret) !== undefined)
    .sort((a, b) => (placeOf(b).revision ?? 0) - (placeOf(a).revision ?? 0))[0];
  if (newest !== undefined && contentOf(newest).digest === packed.digest) {
    const number = placeOf(newest).revision ?? 0;
    const before = revisionIn(newest)?.state;
    // What was brought back is about to go once more.
    const isAgain = before === 'rolled-back';
    if (isAgain) await mark(cluster, app, number, 'pending', signal);
    return opened(cluster, app, { number, before: isAgain ? 'pending' : before, known: secrets }, options);
  }
  const by = await (preparation.by ?? userOf(cluster, signal));
  const about = {
    state: 'pending' as const,
    version: ownVersion(),
    objects: set.size,
    changes: options.changes ?? {},
    ...(by !== undefined && { by }),
    ...(options.origin !== undefined && { origin: options.origin }),
  };
  // Numbers of revisions that were never finished count, too: their parts are still there.
  const next = Math.max(0, ...numbers) + 1;
  for (let revision = next; revision < next + TRIES; revision++) {
    const annotations = annotationsOf(about, { parts: packed.pieces.length, digest: packed.digest });
    if (await store(cluster, app, revision, packed, annotations, signal))
      return opened(cluster, app, { number: revision, before: 'pending', known: secrets }, options);
    // Revisions were left of one that had its name.
    if (preparation.isFirst === true) return recordRevision(cluster, app, set, options);
  }
  throw new SeaworthyError({
    code: 'CLUSTER_FAILED',
    place: `application ${app.namespace}/${app.name}`,
    message: 'its revisions change all the time',
    hint: 'Is somebody else applying the same application? Try again when that is done.',
  });
}

/** Writes the Secrets of a revision, the one that says what it is last; false if somebody else has taken the number. */
async function store(
  cluster: Cluster,
  app: AppName,
  revision: number,
  { pieces }: Packed,
  annotations: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const written: KubeObject[] = [];
  for (const [part, piece] of [...pieces.entries()].reverse()) {
    const { apiVersion, kind, name, namespace } = partId(app, revision, part);
    const labels = labelsOf(app, revision, part);
    const metadata = { name, namespace, labels, ...(part === 0 && { annotations }) };
    const data = { objects: piece.toString('base64') };
    const object = { apiVersion, kind, metadata, type: REVISION_TYPE, immutable: true, data };
    const { refusal, ...reply } = await createObject(cluster, SECRETS, object, { manager: MANAGER, signal });
    if (refusal === undefined) {
      written.push((reply as { readonly object: KubeObject }).object);
      continue;
    }
    if (refusal.reason !== 'AlreadyExists') failed(refusal, `write revision ${revision} of ${app.name}`);
    await deleteParts(cluster, written, signal);
    return false;
  }
  return true;
}

/** A revision as it is begun. */
interface Begun {
  readonly number: number;
  readonly before: RevisionState | undefined;
  /** The Secrets of revisions that were there before. */
  readonly known: readonly KubeObject[];
}

function opened(
  cluster: Cluster,
  app: AppName,
  { number, before, known }: Begun,
  { keep = KEPT, signal }: RecordOptions,
): OpenRevision {
  const most = Math.max(1, keep);
  let now = before;
  return {
    revision: number,
    async end(state) {
      if (state !== now) await mark(cluster, app, number, state, signal);
      now = state;
      if (mayBeTooMany(known, most))
        await deleteParts(cluster, superfluous(await partsOf(cluster, app, signal), most), signal);
    },
  };
}

/** Writes how a revision ended. */
async function mark(
  cluster: Cluster,
  app: AppName,
  revision: number,
  state: RevisionState,
  signal: AbortSignal | undefined,
): Promise<void> {
  const id = partId(app, revision, 0);
  const patch = { metadata: { annotations: stateMark(state) } };
  const { refusal } = await patchObject(cluster, SECRETS, id, patch, { manager: MANAGER, signal });
  if (refusal !== undefined) failed(refusal, `write ${formatId(id)}`);
}

/** Whether one more revision than `known` has may be too many, or parts of one that was never finished are there. */
function mayBeTooMany(known: readonly KubeObject[], keep: number): boolean {
  const whole = new Set(known.flatMap((secret) => revisionIn(secret)?.revision ?? []));
  return whole.size >= keep || known.some((secret) => !whole.has(placeOf(secret).revision ?? 0));
}

/**
 * The Secrets beyond those of the newest revisions. The newest one that was applied always stays, or there would be nothing
 * to go back to after many that failed; so do parts of a revision that somebody else is writing.
 */
function superfluous(secrets: readonly KubeObject[], keep: number): KubeObject[] {
  const heads = secrets.flatMap((secret) => revisionIn(secret) ?? []).sort((a, b) => b.revision - a.revision);
  const applied = heads.find(({ state }) => state === 'applied');
  const kept = new Set([...heads.slice(0, keep), ...(applied ? [applied] : [])].map((head) => head.revision));
  const newest = heads[0]?.revision ?? 0;
  return secrets.filter((secret) => {
    const { revision = 0 } = placeOf(secret);
    return !kept.has(revision) && revision < newest;
  });
}

/** The user of the kubeconfig, as the server knows them; undefined where it does not say. */
async function userOf(cluster: Cluster, signal: AbortSignal | undefined): Promise<string | undefined> {
  const answer = await cluster.request({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    signal,
  });
  if (answer.refusal !== undefined) return undefined;
  const name = textAt(answer.body, 'status', 'userInfo', 'username');
  return name === '' ? undefined : name;
}
