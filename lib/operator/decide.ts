import { MANAGER } from '../cluster/apply/types';
import { prunable } from '../cluster/owned/prunable';
import { APPLYSET } from '../kube/applyset';
import { formatId, identityKey, type KubeObject, type Manifest, type ObjectId } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import type { Change } from '../plan/change';
import { planLive } from '../plan/plan-live';
import { cut } from '../text';
import { allowancesOf, type Allowances } from './allowances';
import {
  ALLOWANCES,
  type CustomResource,
  type Decide,
  type DecideContext,
  type Decision,
  type DecisionReason,
  type ObjectDrift,
} from './types';

const MOST_NAMED = 5;
const LONGEST = 4_000;

export const decide: Decide = (definition, resource, { set, problem }, live, context) => {
  if (problem !== undefined || set === undefined)
    return hold(problem?.reason ?? 'NothingRendered', problem?.message ?? 'nothing is rendered');
  const allowed = allowancesOf(resource);
  if (typeof allowed === 'string') return hold('InvalidAnnotation', allowed);
  const foreign = foreignProblem(set, live, context, allowed);
  if (foreign !== undefined) return foreign;
  const after = labelled(set, context.applySet);
  const recreate = new Set(
    [...after].filter(({ id }) => allowed.mayRecreate(id)).map(({ id }) => identityKey(id)),
  );
  const { gone, guarded } = gonePart(live, after, resource, context, allowed);
  const sought = new Set([...gone.keys(), ...after.manifests.map(({ id }) => identityKey(id))]);
  const there = [...live].filter(({ id }) => sought.has(identityKey(id)));
  const planned = planLive(
    there.map(({ object }) => object),
    after,
    { ...facts(context), manager: MANAGER, recreate },
  );
  const changes = planned.filter(({ effect, id }) => effect !== 'deleted' || gone.has(identityKey(id)));
  const driftMode = allowed.drift ?? context.drift ?? definition.drift;
  return judge(changes, guarded, allowed, driftMode);
};

function hold(
  reason: DecisionReason,
  message: string,
  changes: readonly Change[] = [],
  drift: readonly ObjectDrift[] = [],
): Decision {
  return { ...NOTHING, action: 'hold', reason, message: cut(message, LONGEST), changes, drift };
}

const NOTHING = { allowDataLoss: [], recreate: [], takeOwnership: [] } as const;

function facts({ kubernetes, profile, assume, recorded }: DecideContext): object {
  return {
    ...(kubernetes !== undefined && { kubernetes }),
    ...(profile !== undefined && { profile }),
    ...(assume !== undefined && { assume }),
    ...(recorded !== undefined && { recorded }),
  };
}

/** The objects with the label of their ApplySet, as they are applied. */
function labelled(set: ManifestSet, applySet: string): ManifestSet {
  const manifests = set.manifests.map((manifest): Manifest => {
    const { metadata } = manifest.object;
    const labels = { ...metadata.labels, [APPLYSET.partOf]: applySet };
    return { ...manifest, object: { ...manifest.object, metadata: { ...metadata, labels } } };
  });
  return ManifestSet.from(manifests, set.clusters);
}

/** Objects that exist and are not those of the resource. */
function foreignProblem(
  set: ManifestSet,
  live: ManifestSet,
  { applySet }: DecideContext,
  { mayAdopt, nameOf }: Allowances,
): Decision | undefined {
  const own = new Set(set.manifests.map(({ id }) => identityKey(id)));
  const rivals = live.manifests.filter(
    ({ id, object }) => own.has(identityKey(id)) && partOf(object) !== applySet,
  );
  const owned = rivals.filter(({ object }) => partOf(object) !== undefined);
  if (owned.length > 0)
    return hold(
      'OwnedByOthers',
      `${named(owned)} belongs to another resource or application, by its label ${APPLYSET.partOf}`,
    );
  const loose = rivals.filter(({ id }) => !mayAdopt(id));
  if (loose.length === 0) return undefined;
  return hold(
    'AlreadyExists',
    `${named(loose)} exists already, and is no part of the resource; annotation ${annotation('adopt', loose, nameOf)} makes it one`,
  );
}

function partOf({ metadata }: KubeObject): string | undefined {
  const label = metadata.labels?.[APPLYSET.partOf];
  return label === '' ? undefined : label;
}

/** What the resource no longer renders: what goes, by its key, and what would take data along. */
function gonePart(
  live: ManifestSet,
  after: ManifestSet,
  { metadata }: CustomResource,
  { applySet, home = 'default' }: DecideContext,
  { mayLose }: Allowances,
): {
  readonly gone: ReadonlySet<string>;
  readonly guarded: readonly { readonly id: ObjectId; readonly why: string }[];
} {
  const members = live.manifests.filter(({ object }) => partOf(object) === applySet);
  const { gone, guarded } = prunable(
    members.map(({ object }) => object),
    after,
    { manager: MANAGER, mayLose, home: metadata.namespace ?? home },
  );
  return { gone: new Set(gone.map(({ id }) => identityKey(id))), guarded };
}

/** What the changes come to. */
function judge(
  changes: readonly Change[],
  guarded: readonly { readonly id: ObjectId; readonly why: string }[],
  allowed: Allowances,
  mode: 'correct' | 'report',
): Decision {
  const { nameOf } = allowed;
  const drift = changes.flatMap(driftOf);
  const held = (reason: DecisionReason, message: string): Decision => hold(reason, message, changes, drift);
  const refused = changes.filter(({ effect }) => effect === 'rejected');
  if (refused.length > 0) {
    const why = refused[0]?.reasons?.map(({ path, message }) => `${path}: ${message}`).join(', ') ?? '';
    return held(
      'ChangeRefused',
      `the API server refuses to change ${named(refused)}: ${why}; annotation ${annotation('recreate', refused, nameOf)} deletes it and creates it again`,
    );
  }
  const lost = [...guarded, ...changes.flatMap((change) => lossOf(change, allowed))];
  if (lost.length > 0)
    return held(
      'DataLoss',
      `${lost[0]?.why ?? ''}; annotation ${annotation('dataLoss', lost, nameOf)} allows it`,
    );
  const open = changes.flatMap((change) => conflictsOf(change, allowed, mode));
  const [conflict] = open;
  const changing = changes.filter((change) => change.effect !== 'none');
  const isOwnChange = changing.some((change) => !isOnlyDrift(change));
  if (mode === 'report' && drift.length > 0 && !isOwnChange)
    return {
      ...NOTHING,
      action: 'none',
      reason: 'DriftReported',
      message: toldDrift(drift, nameOf),
      changes,
      drift,
    };
  if (conflict !== undefined)
    return held(
      'FieldConflict',
      `${conflict.manager} holds ${nameOf(conflict.id)} ${conflict.path} with another value; annotation ${ALLOWANCES.takeOwnership}: ${nameOf(conflict.id)}:${conflict.path} takes it over`,
    );
  if (changing.length === 0)
    return {
      ...NOTHING,
      action: 'none',
      reason: 'UpToDate',
      message: `${changes.length} objects are as they should be`,
      changes,
      drift,
    };
  return {
    action: 'apply',
    reason: isOwnChange ? 'Applying' : 'DriftCorrected',
    message: isOwnChange
      ? `${named(changing)} ${changing.length === 1 ? 'changes' : 'change'}`
      : toldDrift(drift, nameOf),
    changes,
    drift,
    allowDataLoss: changing.filter(({ id }) => allowed.mayLose(id)).map(({ id }) => nameOf(id)),
    recreate: changing
      .filter(({ id, effect }) => effect !== 'created' && effect !== 'deleted' && allowed.mayRecreate(id))
      .map(({ id }) => nameOf(id)),
    takeOwnership: changes.flatMap(({ id, conflicts = [] }) =>
      conflicts.map(({ path }) => `${nameOf(id)}:${path}`),
    ),
  };
}

/** What somebody changed that applying sets back, or is refused by. */
function driftOf({ id, drift = [] }: Change): ObjectDrift[] {
  return drift.filter(({ then }) => then !== 'stays').map((field) => ({ ...field, id }));
}

/** Whether an object changes only since somebody else changed it. */
function isOnlyDrift(change: Change): boolean {
  if (change.effect === 'created' || change.effect === 'deleted') return false;
  const drifted = driftOf(change).map(({ path }) => path);
  return change.fields.every(({ path }) =>
    drifted.some((each) => isBelow(path, each) || isBelow(each, path)),
  );
}

function isBelow(path: string, above: string): boolean {
  return path === above || (path.startsWith(above) && /^[.[]/.test(path.slice(above.length)));
}

function lossOf(
  { id, effect, consequences }: Change,
  { mayLose }: Allowances,
): { id: ObjectId; why: string }[] {
  // What is deleted has been asked for already.
  if (effect === 'deleted' || mayLose(id)) return [];
  return consequences
    .filter(({ kind, severity }) => kind === 'data' && severity === 'error')
    .map(({ message }) => ({ id, why: `${formatId(id)}: ${message}` }));
}

/** People's tools: what they set is drift. Other managers are controllers or deployers, which would set it again. */
const PEOPLE = /^(kubectl|k9s|lens|headlamp|dashboard)/i;

function conflictsOf(
  { id, conflicts = [] }: Change,
  { mayTake }: Allowances,
  mode: 'correct' | 'report',
): { readonly id: ObjectId; readonly path: string; readonly manager: string }[] {
  return conflicts
    .filter(({ path, manager }) => !mayTake(id, path) && !(mode === 'correct' && PEOPLE.test(manager)))
    .map(({ path, manager }) => ({ id, path, manager }));
}

function named(objects: readonly { readonly id: ObjectId }[]): string {
  const shown = objects.slice(0, MOST_NAMED).map(({ id }) => formatId(id));
  const rest = objects.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

function annotation(
  of: keyof typeof ALLOWANCES,
  objects: readonly { readonly id: ObjectId }[],
  nameOf: Allowances['nameOf'],
): string {
  return `${ALLOWANCES[of]}: ${objects.map(({ id }) => nameOf(id)).join(',')}`;
}

function toldDrift(drift: readonly ObjectDrift[], nameOf: Allowances['nameOf']): string {
  const shown = drift
    .slice(0, MOST_NAMED)
    .map(({ id, path, manager }) => `${nameOf(id)} ${path}${manager === undefined ? '' : ` by ${manager}`}`);
  const rest = drift.length - shown.length;
  return `changed: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
