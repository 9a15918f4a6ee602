import { FieldSources } from '../manifest/field-sources';
import { formatId, type Manifest } from '../manifest/manifest';
import { classNames } from '../profiles/storage-classes';
import { isClosed } from '../kube/rbac/resources';
import { builtInNames } from './builtin-objects';
import type { Cluster } from './cluster';
import { mayBeOfTheCluster } from './cluster-kinds';
import { isNear } from './folders';
import { sameName } from './likeness';
import { resourceOf } from './makers/custom';
import { isLoose, looseDoubt } from './loose';
import { deployerOf } from './makers/open';
import { operatorOf } from './makers/operators';
import { makerOf } from './makers/registry';
import { CLIENTS_OWN, SYSTEM_NAMESPACES } from './namespace';
import type { Doubt, NamingReference, Target } from './reference';
import { worldOf } from './references';
import { isSlipOfAny } from '../kube/slip';
import type { World } from './world';

/**
 * Why a missing target may be there all the same. `undefined` where the set proves that it is missing: it has a name that
 * is a letter off, or an object of exactly this name in another place, where both name their namespaces; or it has the
 * other objects of that namespace and nothing that could make this one.
 */
export function doubtOf(cluster: Cluster, reference: NamingReference): Doubt | undefined {
  const assume = (why: string | undefined): Doubt | undefined =>
    why === undefined ? undefined : { why, remedy: 'Pass it with --assume if the cluster has it.' };
  const world = worldOf(cluster);
  const { target } = reference;
  const spread = spreadBy(target);
  if (spread !== undefined) return assume(`${spread} creates it in every namespace`);
  if (world.isComplete(target)) return assume(makerDoubt(cluster, reference));
  if (isSlipOfAny(target.name, namesLike(world, target), 1)) return undefined;
  const loose = looseDoubt(cluster, reference);
  if (loose !== undefined) return loose;
  return assume(
    commentDoubt(cluster, reference) ?? makerDoubt(cluster, reference) ?? placeDoubt(cluster, reference),
  );
}

/** Words of a comment that tell the reader to put another name there, or to create what it names. */
const FOR_THE_READER =
  /\b(?:adjust|change|customi[sz]e|edit|fill in|modify|place ?holder|replace|substitute|update)\b|\b(?:TODO|FIXME|XXX)\b|\byour\b|\bset (?:it|this|to)\b|\b(?:already|must|should|pre-?) ?(?:be )?(?:creat|exist|provision)|\bcreated? (?:it|this|by|before|first|manually|separately|with)\b|\bexisting\b/i;

/** Whether whoever wrote the name says beside it that it is not meant as it is. */
function commentDoubt(cluster: Cluster, { from, path }: NamingReference): string | undefined {
  const comment = cluster.derived(newSources).commentAt(from.object, path);
  return FOR_THE_READER.test(comment) ? 'a comment says what to put there' : undefined;
}

function newSources(): FieldSources {
  return new FieldSources();
}

/** Who may make a missing target, or knows of it. */
function makerDoubt(cluster: Cluster, reference: NamingReference): string | undefined {
  const { target, from } = reference;
  if (reference.byShape === true) return `nothing is known of the kind ${from.id.kind}`;
  const maker = makerFor(cluster, target, from);
  if (maker !== undefined) return `${formatId(maker.id)} may create it`;
  const file = cluster.elsewhere?.has(target);
  if (file !== undefined) return `${file} has it, or a command that creates or uses it`;
  const builder = cluster.elsewhere?.builtBy();
  return builder && `${builder} builds on this folder, and may add it`;
}

/** Why a set that has nothing else of this name may not have to hold the target. */
function placeDoubt(cluster: Cluster, reference: NamingReference): string | undefined {
  const { target } = reference;
  const world = worldOf(cluster);
  if (sameName(world, reference) !== undefined || isSlipOfAny(target.name, namesLike(world, target), 2))
    return undefined;
  return needless(reference) ?? notHeld(cluster, target, reference.from);
}

/** What a set does not show, and may all the same have been created: what it is, and whose namespace it is in. */
export interface Unseen extends Omit<Target, 'name' | 'namespace'> {
  readonly namespace: string;
}

/**
 * Why there may be an object of a kind that the set has none of, as what follows a colon. `undefined` where the set creates
 * the namespace, and has nothing that could make one: whoever keeps a namespace may have put one into it.
 */
export function unseenDoubt(cluster: Cluster, unseen: Unseen, from: Manifest): string | undefined {
  const maker = makerFor(cluster, { ...unseen, name: '' }, from);
  if (maker !== undefined) return `${formatId(maker.id)} may create one`;
  const { namespace } = unseen;
  const isCreated = worldOf(cluster).names(NAMESPACE).has(namespace);
  return isCreated ? undefined : `these manifests do not create namespace "${namespace}"`;
}

/** ConfigMaps with certificates that a controller puts into every namespace. */
const SPREAD: ReadonlyMap<string, string> = new Map([
  // istio: pilot/pkg/serviceregistry/kube/controller/namespacecontroller.go, features.CACertConfigMapName
  ['istio-ca-root-cert', 'Istio'],
  // openshift/service-ca-operator: pkg/controller/api/api.go
  ['openshift-service-ca.crt', 'OpenShift'],
]);

function spreadBy({ group, kind, name }: Target): string | undefined {
  return group === '' && kind === 'ConfigMap' ? SPREAD.get(name) : undefined;
}

/** The names of all known objects of the kind and namespace of a target, those of every cluster first. */
export function* namesLike(world: World, target: Target): Generator<string> {
  yield* builtInNames(target);
  yield* world.names(target);
}

/** Names that are compared: each missing object is compared with so many. */
const MOST_COMPARED = 200;

function makerFor(cluster: Cluster, target: Target, from: Manifest): Manifest | undefined {
  return (
    deployerOf(cluster, target, from) ??
    (target.namespace === undefined ? undefined : resourceOf(cluster, target, from)) ??
    operatorOf(cluster, target, from)
  );
}

/** Why nothing breaks without the target, or its absence is no mistake of the set. */
function needless({ role, from, target }: NamingReference): string | undefined {
  const isNamed = from.externals?.some(
    (each) => each.isNamed === true && each.kind === target.kind && each.name === target.name,
  );
  if (isNamed === true) return 'the app names it by a string, as an object that exists in the cluster';
  if (role === 'pull-secret') return 'images of public registries need none';
  // No pod waits for the host of a text, and what an app calls need not be its own.
  if (role === 'service-host' && from.origin?.construct === undefined) return 'other manifests may have it';
  if (role === 'governing-service') return 'its pods start without it, and only lack DNS names of their own';
  return role === 'secret' && from.id.kind === 'ServiceAccount' ? 'no pod needs it to start' : undefined;
}

/** Why the set does not show what else is where the target would be. */
function notHeld(cluster: Cluster, target: Target, from: Manifest): string | undefined {
  const { namespace, group, kind } = target;
  const world = worldOf(cluster);
  if (isListed(world, target)) return undefined;
  if (mayBeOfTheCluster(target)) return CLUSTER;
  if (!world.knows(target) && !isClosed(group))
    return `these manifests have no ${kind || 'object'} of that group`;
  if (namespace === undefined) return keeps(cluster, target, from) ? undefined : CLUSTER;
  if (SYSTEM_NAMESPACES.has(namespace) && namespace !== 'default') return CLUSTER;
  if (!holds(world, namespace)) return notCovered(namespace);
  if (isMadeElsewhere(world, namespace))
    return `namespace "${namespace}" is created elsewhere, and may have it`;
  return keeps(cluster, target, from) ? undefined : `these manifests hold no ${kind || 'object'} there`;
}

const NAMESPACE = { group: '', kind: 'Namespace' };

/** Whether the set creates namespaces, and not this one: that of another release of the project, such as its core. */
function isMadeElsewhere(world: World, namespace: string): boolean {
  const names = world.names(NAMESPACE);
  return names.size > 0 && namespace !== CLIENTS_OWN && !names.has(namespace);
}

/**
 * Whether the set has others of a kind in the namespace, or what is there to make some. A set without any leaves them to
 * something else: claims and ConfigMaps that a command creates, accounts that a tool of a cloud does. An app has all it needs
 * but Secrets, or says that it exists.
 */
function keeps(cluster: Cluster, { group, kind, namespace }: Target, from: Manifest): boolean {
  const world = worldOf(cluster);
  const place = { group, kind, ...(namespace !== undefined && { namespace }) };
  const names = world.names(place);
  if (kind === 'Secret') return keepsSecrets(world, place, names);
  if (kind === '' || from.origin?.construct !== undefined) return true;
  // In a project, objects without a namespace have one in common by chance.
  if (namespace !== undefined && !isLoose(cluster, from)) return names.size > 0;
  return [...names].slice(0, MOST_COMPARED).some((name) => {
    const { manifest } = world.find({ ...place, name }) ?? {};
    return manifest === undefined || isNear(manifest, from);
  });
}

/**
 * Whether one of the Secrets of a namespace is in the set, or what is there to make it: that a database brings its own says
 * nothing of others.
 */
function keepsSecrets(world: World, place: Omit<Target, 'name'>, names: ReadonlySet<string>): boolean {
  return [...names].some((name) => {
    const { manifest, derived } = world.find({ ...place, name }) ?? {};
    return derived === undefined || (manifest !== undefined && makerOf(manifest)?.isWhole === true);
  });
}

const CLUSTER = 'the cluster may have it';

/** Whether the profile of the cluster lists what it has of this kind. */
function isListed({ profile }: World, { kind }: Target): boolean {
  return kind === 'StorageClass' && classNames(profile).length > 0;
}

/** What is said of a namespace of which the set has nothing but what refers to it. */
function notCovered(namespace: string): string {
  return `these manifests have nothing else in namespace "${namespace}"`;
}

/** Kinds that make up a namespace, next to pods and Services. Policies, routes and bindings only refer to them. */
const SUBSTANCE = ['ConfigMap', 'PersistentVolumeClaim', 'Secret', 'ServiceAccount'];

/** Whether the set has something that runs or configures pods in a namespace, so that it is the place to look. */
function holds(world: World, namespace: string): boolean {
  if (world.pods.in(namespace).length > 0 || world.services.in(namespace).length > 0) return true;
  return SUBSTANCE.some((kind) => world.names({ group: '', kind, namespace }).size > 0);
}
