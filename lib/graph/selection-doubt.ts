import { matches, type LabelSelector, type Labels } from '../kube/labels';
import { formatId, type Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { isSameFile } from './folders';
import type { Labelled, LabelIndex } from './label-index';
import { resourceLabelled } from './makers/custom';
import { deployerOf } from './makers/open';
import { operatorOf, podOperatorOf } from './makers/operators';
import { isLoose } from './loose';
import { CLIENTS_OWN, namespaceOf, SYSTEM_NAMESPACES } from './namespace';
import { podsByOwner } from './pods';
import type { Selecting, SelectingReference } from './reference';
import { worldOf } from './references';
import { servicesOf } from './services';
import { isSlip } from '../kube/slip';
import type { World } from './world';

/** What a selector is for: the index of what it can select. */
export type Selectable = 'pods' | 'Services';

/** Selectors for what others run: that nothing here has the labels proves nothing. */
const OF_OTHERS: ReadonlySet<Selecting> = new Set(['affinity', 'policy-peer', 'subset-pods']);

/** The recommended label for what manages an object: an operator sets it on what it makes. */
const MANAGED_BY = 'app.kubernetes.io/managed-by';

/**
 * Why a selector that matches nothing may match something all the same, as what follows "but". `undefined` where the set
 * proves that it does not: something there has labels that are nearly these, or the set has what is there, and nothing
 * that could make more.
 */
export function selectionDoubt(
  cluster: Cluster,
  reference: SelectingReference,
  things: Selectable,
): string | undefined {
  const { selector, namespaces, role } = reference;
  const world = worldOf(cluster);
  const index: LabelIndex<Labelled & { readonly manifest: Manifest }> =
    things === 'pods' ? world.pods : world.services;
  const around = firstIn(index, namespaces ?? [...world.namespaces]);
  if (around.some(({ labels }) => hasSlip(selector, labels))) return undefined;
  if (namespaces?.some((name) => isMisspelled(world, name, index, selector)) === true) return undefined;
  const maker = makerOf(cluster, reference, things);
  if (maker !== undefined) return `${maker} may create some`;
  const operator = selector.matchLabels?.[MANAGED_BY] ?? '';
  if (/(?:operator|controller)$/.test(operator)) return `"${operator}" may create some`;
  const file = cluster.elsewhere?.labels(selector);
  if (file !== undefined) return `${file} has these labels`;
  const loose = looseDoubt(cluster, reference, index);
  if (loose !== undefined) return loose;
  if (around.some(({ labels }) => hasValues(selector, labels))) return undefined;
  if (OF_OTHERS.has(role)) return 'other manifests may have some';
  if (namespaces === undefined) return 'other namespaces of the cluster may have some';
  if (namespaces.some((name) => SYSTEM_NAMESPACES.has(name) && name !== 'default'))
    return 'the cluster may have some';
  if (around.length > 0 && !isMeant(cluster, reference, around)) return 'other manifests may have some';
  if (around.length > 0 || (role.startsWith('monitor') && index.select(selector, undefined).length > 0))
    return undefined;
  return `these manifests have no ${things} there`;
}

/** Why a selector may match once namespaces are chosen: what it is for, or the object that has it, names none. */
function looseDoubt(
  cluster: Cluster,
  { selector, namespaces, from }: SelectingReference,
  index: LabelIndex<Labelled & { readonly manifest: Manifest }>,
): string | undefined {
  if (namespaces === undefined) return undefined;
  if (!namespaces.includes(CLIENTS_OWN)) {
    const loose = index.select(selector, [CLIENTS_OWN]).find(({ manifest }) => isLoose(cluster, manifest));
    return loose && `${formatId(loose.manifest.id)} may be applied to that namespace`;
  }
  if (namespaces.length > 1 || !isLoose(cluster, from)) return undefined;
  const [other] = index.select(selector, undefined);
  return (
    other &&
    `${formatId(from.id)} may be applied to namespace "${namespaceOf(other.manifest)}", which has such ${index === worldOf(cluster).pods ? 'pods' : 'Services'}`
  );
}

/**
 * Whether something there seems to be meant by a selector that does not match it: it has the name of the object with the
 * selector, it is all that is there, or, for a Service, no other Service selects it, and they share a label or a file.
 */
function isMeant(
  cluster: Cluster,
  { selector, from, role }: SelectingReference,
  around: readonly (Labelled & { readonly manifest: Manifest })[],
): boolean {
  const others = around.filter(({ manifest }) => manifest !== from);
  const { matchLabels = {} } = selector;
  return others.some((each) => {
    if (others.length === 1 || each.manifest.id.name === from.id.name) return true;
    if (role !== 'service-pods' || !isUnserved(cluster, each.manifest)) return false;
    return (
      isSameFile(each.manifest, from) ||
      Object.entries(matchLabels).some(([key, value]) => each.labels[key] === value)
    );
  });
}

function isUnserved(cluster: Cluster, manifest: Manifest): boolean {
  const pods = podsByOwner(cluster).get(manifest);
  return pods !== undefined && servicesOf(cluster, pods).length === 0;
}

/** Whether a namespace has a slip, and the one that is meant has what a selector asks for. */
function isMisspelled(
  world: World,
  name: string,
  index: LabelIndex<Labelled>,
  selector: LabelSelector,
): boolean {
  if (world.isKnownNamespace(name)) return false;
  const meant = [...world.namespaces].slice(0, MOST_COMPARED).filter((each) => isSlip(name, each, 2));
  return meant.some((each) => index.select(selector, [each]).length > 0);
}

/** Why a monitor may select more Services than those that are known, as what follows "but". */
export function othersSelected(cluster: Cluster, reference: SelectingReference): string | undefined {
  if (reference.namespaces === undefined) return 'other namespaces of the cluster may have more Services';
  const maker = makerOf(cluster, reference, 'Services');
  return maker && `${maker} may create more Services`;
}

function makerOf(
  cluster: Cluster,
  { selector, namespaces, from }: SelectingReference,
  things: Selectable,
): string | undefined {
  const group = '';
  const places = namespaces ?? [undefined];
  for (const namespace of places.slice(0, MOST_PLACES)) {
    const place = namespace === undefined ? {} : { namespace };
    const found =
      deployerOf(cluster, { group, ...place }, from) ??
      (things === 'pods'
        ? podOperatorOf(cluster, namespace)
        : operatorOf(cluster, { group, kind: 'Service', name: '', ...place }, from));
    if (found !== undefined) return formatId(found.id);
  }
  const resource = resourceLabelled(cluster, selector, (namespaces ?? []).slice(0, MOST_PLACES), from);
  return resource && formatId(resource.id);
}

/** Namespaces in which a maker is looked for. */
const MOST_PLACES = 50;
/** Objects whose labels are compared. */
const MOST_COMPARED = 200;

/** The first things in some namespaces, without a look at all of them. */
export function firstIn<T extends Labelled>(index: LabelIndex<T>, namespaces: readonly string[]): T[] {
  const found: T[] = [];
  for (const namespace of namespaces.slice(0, MOST_COMPARED)) {
    found.push(...index.in(namespace).slice(0, MOST_COMPARED - found.length));
    if (found.length >= MOST_COMPARED) break;
  }
  return found;
}

/** Whether labels are those of a selector but for slips in their values, or in one of the keys. */
export function hasSlip({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  if (!matches({ matchExpressions }, labels)) return false;
  const pairs = Object.entries(matchLabels);
  const wrong = pairs.filter(([key, value]) => !Object.hasOwn(labels, key) || labels[key] !== value);
  return wrong.length > 0 && wrong.every(([key, value]) => isSlipOf(key, value, labels));
}

function isSlipOf(key: string, value: string, labels: Labels): boolean {
  const own = Object.hasOwn(labels, key) ? labels[key] : undefined;
  if (own !== undefined) return isSlip(value, own, 2);
  return Object.entries(labels).some(([other, same]) => same === value && isSlip(key, other, 2));
}

/** Whether labels have all values of a selector, under whatever keys. */
function hasValues({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  if (matchExpressions.length > 0) return false;
  const [own, values] = [Object.values(labels), Object.values(matchLabels)];
  return values.length > 0 && values.every((value) => own.includes(value));
}
