import { managedEntries } from '../../apiserver/apply/managed-fields';
import { isDefinition } from '../../apiserver/admission/custom/is-definition';
import { APPLYSET } from '../../kube/applyset';
import {
  groupOf,
  identify,
  identityKey,
  type KubeObject,
  type Manifest,
  type ObjectId,
} from '../../manifest/manifest';
import { ownValue } from '../../manifest/data';
import type { ManifestSet } from '../../manifest/set';
import { dataLosses } from '../../plan/data-loss';
import { keptObjects } from '../../plan/kept';
import { recordsAt, textAt } from '../fields';

/** An object that the application no longer has, and why it stays. */
export interface StayingObject {
  readonly id: ObjectId;
  /** In a few words: `annotation helm.sh/resource-policy: keep`. */
  readonly why: string;
}

/** What becomes of the objects that an application no longer has. */
export interface Prunable {
  /** Objects that are deleted, as they were read. */
  readonly gone: readonly Manifest[];
  /** Objects that hold data, and that nobody said may go: they stay. */
  readonly guarded: readonly StayingObject[];
  /** Objects that stay for another reason. */
  readonly kept: readonly StayingObject[];
  /** Objects that are being deleted already. They are members until they are gone. */
  readonly going: readonly Manifest[];
}

/** What decides what may be deleted. */
export interface PruneRules {
  /** The manager of the fields of objects that the application applies. */
  readonly manager: string;
  /** Whether an object may be deleted although it holds data. */
  readonly mayLose: (id: ObjectId) => boolean;
  /** The namespace of the record. */
  readonly home: string;
  /** Names of definitions of which the cluster has no object. @default none */
  readonly unused?: ReadonlySet<string>;
}

/**
 * What becomes of the members of an application that are not in `set`, the objects that it has now, each in its namespace.
 * The version of an object does not count.
 */
export function prunable(members: Iterable<KubeObject>, set: ManifestSet, rules: PruneRules): Prunable {
  const current = new Set([...set].map(({ id }) => identityKey(id)));
  const kept: StayingObject[] = [];
  const going: Manifest[] = [];
  const absent: Manifest[] = [];
  for (const object of members) {
    const manifest = { object, id: identify(object) };
    if (current.has(identityKey(manifest.id))) continue;
    if (isOfOthers(object, rules.manager)) continue;
    (isGoing(object) ? going : absent).push(manifest);
  }
  const stays = new Map([...keptObjects(absent), ...neededBy(set, absent, rules.home)]);
  kept.push(...[...stays].map(([{ id }, why]) => ({ id, why })));
  const open = absent.filter((manifest) => !stays.has(manifest));
  const guarded = guardedIn(open, rules);
  const guardedObjects = new Set(guarded.map(({ manifest }) => manifest));
  return {
    gone: open.filter((manifest) => !guardedObjects.has(manifest)),
    guarded: guarded.map(({ manifest: { id }, why }) => ({ id, why })),
    kept,
    going,
  };
}

/**
 * Whether an object has the label of the members and was not applied by us. Controllers copy the labels of what they
 * make their objects for: EndpointSlices and Endpoints have those of their Service.
 */
export function isOfOthers(object: KubeObject, manager: string): boolean {
  if (recordsAt(object, 'metadata', 'ownerReferences').length > 0) return true;
  return !managedEntries(object).some((entry) => {
    const labels = ownValue(ownValue(entry.fields, 'f:metadata'), 'f:labels');
    const isOurs = entry.manager === manager && entry.operation === 'Apply';
    return isOurs && ownValue(labels, `f:${APPLYSET.partOf}`) !== undefined;
  });
}

/** Whether an object is being deleted already. */
export function isGoing(object: KubeObject): boolean {
  return textAt(object, 'metadata', 'deletionTimestamp') !== '';
}

/** Namespaces and definitions that the application no longer has, and whose objects it has: they would go with them. */
function neededBy(set: ManifestSet, absent: readonly Manifest[], home: string): Map<Manifest, string> {
  const namespaces = new Set([...set].map(({ id }) => id.namespace));
  const kinds = new Set([...set].map(({ id }) => `${groupOf(id.apiVersion)}/${id.kind}`));
  const needed = new Map<Manifest, string>();
  for (const manifest of absent) {
    const { id, object } = manifest;
    if (isNamespace(id) && namespaces.has(id.name))
      needed.set(manifest, 'objects of the application are in it');
    else if (isNamespace(id) && id.name === home)
      needed.set(manifest, 'the record of the application is in it');
    else if (isDefinition(object) && kinds.has(definedKind(object)))
      needed.set(manifest, 'objects of the application are of this kind');
  }
  return needed;
}

/** Of objects that would be deleted, those that hold data and are not named. What a named one takes along needs no name. */
function guardedIn(
  open: readonly Manifest[],
  { mayLose, unused = new Set() }: PruneRules,
): { readonly manifest: Manifest; readonly why: string }[] {
  const namespaces = new Set(
    open.filter(({ id }) => isNamespace(id) && mayLose(id)).map(({ id: { name } }) => name),
  );
  const isTaken = ({ namespace }: ObjectId): boolean => namespace !== undefined && namespaces.has(namespace);
  return [...dataLosses(open)].flatMap(([manifest, why]) => {
    const isEmpty = isDefinition(manifest.object) && unused.has(manifest.id.name);
    return isEmpty || mayLose(manifest.id) || isTaken(manifest.id) ? [] : [{ manifest, why }];
  });
}

function isNamespace({ apiVersion, kind }: ObjectId): boolean {
  return apiVersion === 'v1' && kind === 'Namespace';
}

function definedKind(definition: KubeObject): string {
  return `${textAt(definition, 'spec', 'group')}/${textAt(definition, 'spec', 'names', 'kind')}`;
}
