import { push } from '../../kube/grouped';
import type { LabelSelector } from '../../kube/labels';
import { scopeOf } from '../../kube/kinds';
import { isPlainRecord } from '../../manifest/data';
import { groupOf, type Manifest } from '../../manifest/manifest';
import type { Cluster } from '../cluster';
import { namespaceOf } from '../namespace';
import type { Target } from '../reference';
import { INERT_GROUPS, INERT_KINDS } from './inert';
import { makerOf } from './registry';

/** The custom resources of a cluster of which their operators may make other objects. */
interface Resources {
  readonly byName: ReadonlyMap<string, readonly Manifest[]>;
  /** By each text in their spec. */
  readonly byText: ReadonlyMap<string, readonly Manifest[]>;
  /** The API groups of custom resources and their definitions, with an object of each. */
  readonly groups: ReadonlyMap<string, Manifest>;
}

/**
 * The custom resource of which an operator may make the target: one that it is named after, as `<name>-suffix`, or one
 * that names it in its spec.
 */
export function resourceOf(cluster: Cluster, target: Target, from: Manifest): Manifest | undefined {
  const { byName, byText } = cluster.derived(readResources);
  const isOne = (each: Manifest): boolean =>
    each !== from &&
    each.id.kind !== target.kind &&
    (each.id.namespace === undefined || namespaceOf(each) === target.namespace);
  const words = target.name.split('-');
  for (let length = words.length; length > 0; length--) {
    const starts = byName.get(words.slice(0, length).join('-'))?.find(isOne);
    const ends = byName.get(words.slice(-length).join('-'))?.find(isOne);
    const found = starts ?? ends;
    if (found !== undefined) return found;
  }
  return byText.get(target.name)?.find(isOne);
}

/** The custom resource or definition whose operator may give its pods or Services the labels that a selector asks for. */
export function resourceLabelled(
  cluster: Cluster,
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  namespaces: readonly string[] | undefined,
  from: Manifest,
): Manifest | undefined {
  const { byName, groups } = cluster.derived(readResources);
  const isOne = (each: Manifest): boolean =>
    each !== from &&
    (namespaces === undefined || each.id.namespace === undefined || namespaces.includes(namespaceOf(each)));
  for (const value of Object.values(matchLabels)) {
    const found = byName.get(value)?.find(isOne);
    if (found !== undefined) return found;
  }
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  for (const domain of keys.flatMap((key) => (key.includes('/') ? key.slice(0, key.indexOf('/')) : []))) {
    const group = [...groups.keys()].find((each) => isWithin(each, domain) || isWithin(domain, each));
    if (group !== undefined) return groups.get(group);
  }
  return undefined;
}

function isWithin(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

function readResources({ set, assumed }: Cluster): Resources {
  const byName = new Map<string, Manifest[]>();
  const byText = new Map<string, Manifest[]>();
  const groups = new Map<string, Manifest>();
  for (const manifest of [...set, ...assumed]) {
    const { apiVersion, kind, name } = manifest.id;
    if (kind === 'CustomResourceDefinition') {
      const group = name.slice(name.indexOf('.') + 1);
      if (!INERT_GROUPS.has(group) && !groups.has(group)) groups.set(group, manifest);
    }
    if (!mayMake(manifest)) continue;
    push(byName, name, manifest);
    for (const text of textsIn(manifest.object['spec'])) push(byText, text, manifest);
    const group = groupOf(apiVersion);
    if (!groups.has(group)) groups.set(group, manifest);
  }
  return { byName, byText, groups };
}

/** Whether the operator of an object may make others that nobody here knows. */
function mayMake(manifest: Manifest): boolean {
  const { apiVersion, kind } = manifest.id;
  if (scopeOf(apiVersion, kind) !== undefined || !apiVersion.includes('/')) return false;
  const group = groupOf(apiVersion);
  if (INERT_GROUPS.has(group) || INERT_KINDS.has(`${group}/${kind}`)) return false;
  return makerOf(manifest)?.isWhole !== true;
}

/** Texts that may be names; the longest name has 253 characters. */
const LONGEST = 253;
/** Texts of one object that are read. */
const MOST_READ = 2000;

function textsIn(spec: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting: unknown[] = [spec];
  while (waiting.length > 0 && found.size < MOST_READ) {
    const value = waiting.pop();
    if (typeof value === 'string') {
      if (value.length <= LONGEST && NAME.test(value)) found.add(value);
    } else if (Array.isArray(value)) waiting.push(...(value as unknown[]).slice(0, MOST_READ));
    else if (isPlainRecord(value)) waiting.push(...Object.values(value).slice(0, MOST_READ));
  }
  return found;
}

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
