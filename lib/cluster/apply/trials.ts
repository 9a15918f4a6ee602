import { isApplied } from '../../apiserver/apply/applied';
import { serverKind, type Server } from '../../apiserver/update/kind';
import type { PlainRecord } from '../../manifest/data';
import { formatId, identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import { withKeys } from '../../manifest/with-keys';
import type { Change } from '../../plan/change';
import type { Cluster } from '../client/cluster';
import { limited } from '../limited';
import { alikeIn } from './alike/alike';
import { placeOf, type Questions } from './alike/questions';
import { differencesOf, type Sides } from './compare';
import type { Foundations } from './foundations';
import type { Inquiry } from './inquiry';
import type { Target } from './targets';
import { tryObject, UNCHANGED, UNTRIED, type Answered, type Trial } from './trial';
import { MANAGER, type RefusedObject } from './types';

/** What our plan says, and what it was made from. */
export interface Planned {
  readonly live: ReadonlyMap<string, KubeObject>;
  readonly changes: readonly Change[];
  readonly server: Server | undefined;
  /** New objects as the server would hold them, each of which is taken once it was compared. */
  readonly created: Map<string, PlainRecord>;
  readonly foundations: Foundations;
  /** Whether a namespace may have a quota. */
  readonly isCounted: (namespace: string) => boolean;
  /** What is asked before one of many is tried. */
  readonly questions: Questions;
}

/**
 * What the server would do with each object, by `identityKey`. Of new objects that are alike, it is asked about some, and
 * about the others only where one of those is not just as planned.
 */
export async function trialsOf(
  cluster: Cluster,
  inquiry: Inquiry,
  planned: Planned,
): Promise<ReadonlyMap<string, Trial>> {
  const { targets } = inquiry;
  const changes = new Map(planned.changes.map((change) => [identityKey(change.id), change]));
  const groups = inquiry.triesAll
    ? []
    : await alikeIn(targets, cluster.version, { ...planned, isNew: (target) => isNew(target, planned) });
  const spared = new Set<Target>(groups.flatMap(({ others }) => others));
  const trials = new Map<string, Trial>();
  const judge = async (target: Target): Promise<void> =>
    void trials.set(
      target.key,
      await judgedTarget(cluster, target, changes.get(target.key), inquiry, planned),
    );
  await limited(
    targets.filter((target) => !spared.has(target)),
    judge,
  );
  // Whoever judges one of a kind in a namespace in a way that nobody knows here, may judge the others, too.
  const doubtful = new Set(
    groups
      .flatMap(({ tried }) => tried)
      .filter(({ key }) => !isAsPlanned(trials.get(key)))
      .map(({ manifest }) => placeOf(manifest.id)),
  );
  const others = [...spared];
  const isDoubtful = ({ manifest: { id } }: Target): boolean => doubtful.has(placeOf(id));
  await limited(others.filter(isDoubtful), judge);
  for (const target of others.filter((each) => !isDoubtful(each))) {
    const [change, now] = [changes.get(target.key), taken(planned.created, target.key)];
    trials.set(
      target.key,
      change && now ? withKeys(UNTRIED, { expected: { change, created: now } }) : { ...UNTRIED },
    );
  }
  return trials;
}

function isNew({ key, manifest }: Target, { live, created, foundations }: Planned): boolean {
  return !live.has(key) && created.has(key) && !foundations.areMissing(manifest);
}

/** Whether the server would create an object just as planned, and says nothing to it. */
function isAsPlanned(trial: Trial | undefined): boolean {
  return (
    trial !== undefined &&
    trial !== UNTRIED &&
    trial.refused === undefined &&
    trial.conflicts.length === 0 &&
    trial.warnings.length === 0 &&
    trial.differences === undefined
  );
}

async function judgedTarget(
  cluster: Cluster,
  target: Target,
  change: Change | undefined,
  inquiry: Inquiry,
  { live, server, created, foundations }: Planned,
): Promise<Trial> {
  const found = live.get(target.key);
  if (change?.effect === 'none' && isThere(target, found, server)) return UNCHANGED;
  const answered = await tried(cluster, target, { ...inquiry, live: found, foundations });
  return compared(answered, change, { server, live: found, created: taken(created, target.key) });
}

/** A trial with where it differs from our plan, without what the server answered: thousands of those are much to hold. */
function compared(
  answered: Answered,
  change: Change | undefined,
  { server, ...sides }: Sides & { readonly server: Server | undefined },
): Trial {
  // Nobody but us has judged it.
  if (answered === UNTRIED) return UNTRIED;
  const { object: _, isComparable, ...trial } = answered;
  if (!isComparable || change === undefined || server === undefined) return trial;
  const differences = differencesOf(change, answered, sides, server);
  return differences.length === 0 ? trial : { ...trial, differences };
}

/** The value of a key, which goes: nobody asks for it again. */
function taken<T>(values: Map<string, T>, key: string): T | undefined {
  const value = values.get(key);
  values.delete(key);
  return value;
}

/** Whether the server needs not be asked: it has the object just as it is applied. Our plan has come to the same. */
function isThere(
  { manifest: { object, id } }: Target,
  live: KubeObject | undefined,
  server: Server | undefined,
): boolean {
  if (live === undefined || server === undefined) return false;
  const { schema, isKnown } = serverKind(id.apiVersion, id.kind, server);
  return isKnown && isApplied(object, live, MANAGER, schema);
}

interface Trying extends Pick<Inquiry, 'mayTake' | 'signal'> {
  readonly live: KubeObject | undefined;
  readonly foundations: Foundations;
}

async function tried(cluster: Cluster, target: Target, around: Trying): Promise<Answered> {
  const { manifest, resource } = target;
  const { foundations } = around;
  if (resource === undefined) return { ...UNTRIED, refused: unserved(manifest.id) };
  if (foundations.areMissing(manifest)) return UNTRIED;
  const trial = await tryObject(cluster, target, around);
  const code = trial.refused?.code;
  // What it names comes with it: a binding its role, a pod its account.
  return (code === 403 || code === 404) && foundations.areIncomplete(manifest) ? UNTRIED : trial;
}

function unserved(id: ObjectId): RefusedObject & { readonly code: number } {
  return {
    id,
    code: 404,
    reason: 'NotFound',
    message: `the server does not serve ${id.kind} of ${id.apiVersion}`,
    hint: `Install what defines it, or apply its CustomResourceDefinition with it: ${formatId(id)} cannot be stored before.`,
  };
}
