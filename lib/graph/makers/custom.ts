import { push } from '../../kube/grouped';
import type { LabelSelector } from '../../kube/labels';
import { scopeOf } from '../../kube/kinds';
import { SUBDOMAIN_MAX_LENGTH } from '../../kube/names';
import { isPlainRecord } from '../../manifest/data';
import { groupOf, type Manifest } from '../../manifest/manifest';
import type { Cluster } from '../cluster';
import { kindKey } from '../objects';
import type { Target } from '../reference';
import { INERT_GROUPS, INERT_KINDS } from './inert';
import { makerOf } from './registry';

/** The custom resources of a cluster of which their operators may make other objects. */
interface Resources {
  readonly byName: ByPlace;
  /** By each text in their spec. */
  readonly byText: ByPlace;
  /** Those whose controllers make pods of their own besides those of a template, by each text in their spec. */
  readonly withPods: ByPlace;
  /** An object of each API group of custom resources and their definitions, by the group and its parent domains. */
  readonly byDomain: ReadonlyMap<string, Manifest>;
  /** The same by the group alone. */
  readonly byGroup: ReadonlyMap<string, Manifest>;
}

/**
 * The custom resource of which an operator may make the target: one that it is named after, as `<name>-suffix` or
 * `internal-<name>-users`, or one that names it in its spec.
 */
export function resourceOf(cluster: Cluster, target: Target, from: Manifest): Manifest | undefined {
  // No object has a longer name, and one of thousands of words takes seconds.
  if (target.name.length > SUBDOMAIN_MAX_LENGTH) return undefined;
  const { byName, byText } = cluster.derived(readResources);
  const isOne = (each: Manifest): boolean => each !== from && each.id.kind !== target.kind;
  const words = target.name.split('-').slice(0, MOST_WORDS);
  for (let length = words.length; length > 0; length--) {
    for (let start = 0; start + length <= words.length; start++) {
      const found = byName.find(words.slice(start, start + length).join('-'), target.namespace, isOne);
      if (found !== undefined) return found;
    }
  }
  return byText.find(target.name, target.namespace, isOne);
}

/** The custom resource of a namespace, or of none, with a text in its spec. */
export function resourceNaming(
  cluster: Cluster,
  text: string,
  namespace: string,
  from: Manifest,
): Manifest | undefined {
  return cluster.derived(readResources).byText.find(text, namespace, (each) => each !== from);
}

/** The custom resource or definition whose operator may give its pods or Services the labels that a selector asks for. */
export function resourceLabelled(
  cluster: Cluster,
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  namespaces: readonly string[],
  from: Manifest,
): Manifest | undefined {
  const { byName, byText, withPods, byDomain, byGroup } = cluster.derived(readResources);
  const isOne = (each: Manifest): boolean => each !== from;
  for (const value of Object.values(matchLabels))
    for (const namespace of namespaces)
      for (const map of [byName, byText, withPods]) {
        const found = map.find(value, namespace, isOne);
        if (found !== undefined) return found;
      }
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  for (const key of keys.filter((each) => each.includes('/'))) {
    const domain = key.slice(0, key.indexOf('/'));
    const found = byDomain.get(domain) ?? domainsOf(domain).flatMap((each) => byGroup.get(each) ?? [])[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * A domain and those above it, apart from the last word: `a.b.example.com`, `b.example.com`, `example.com`.
 * None of a text that no domain can be: there would be as many as it has words, each as long as it is.
 */
function domainsOf(domain: string): string[] {
  if (domain.length > SUBDOMAIN_MAX_LENGTH) return [];
  const words = domain.split('.');
  return words.slice(0, -1).map((_, index) => words.slice(index).join('.'));
}

/** Objects by a text, those of each namespace and those of none apart. */
class ByPlace {
  readonly #found = new Map<string, Manifest[]>();

  add(text: string, manifest: Manifest): void {
    push(this.#found, `${manifest.id.namespace ?? ''}/${text}`, manifest);
  }

  find(
    text: string,
    namespace: string | undefined,
    isOne: (manifest: Manifest) => boolean,
  ): Manifest | undefined {
    return (
      this.#found.get(`${namespace ?? ''}/${text}`)?.find(isOne) ?? this.#found.get(`/${text}`)?.find(isOne)
    );
  }
}

function readResources({ set, assumed }: Cluster): Resources {
  const [byName, byText, withPods] = [new ByPlace(), new ByPlace(), new ByPlace()];
  const byDomain = new Map<string, Manifest>();
  const byGroup = new Map<string, Manifest>();
  const addGroup = (group: string, manifest: Manifest): void => {
    if (INERT_GROUPS.has(group) || byGroup.has(group)) return;
    byGroup.set(group, manifest);
    for (const domain of domainsOf(group)) if (!byDomain.has(domain)) byDomain.set(domain, manifest);
  };
  for (const manifest of [...set, ...assumed]) {
    const { apiVersion, kind, name } = manifest.id;
    if (kind === 'CustomResourceDefinition') addGroup(name.slice(name.indexOf('.') + 1), manifest);
    const isMaker = mayMake(manifest);
    const hasPods = WITH_PODS.has(kindKey(manifest));
    if (isMaker) byName.add(name, manifest);
    if (isMaker) addGroup(groupOf(apiVersion), manifest);
    if (!isMaker && !hasPods) continue;
    for (const text of textsIn(manifest.object['spec'])) (isMaker ? byText : withPods).add(text, manifest);
  }
  return { byName, byText, withPods, byDomain, byGroup };
}

/** Kinds whose steps and metrics run pods: the experiments of a Rollout, the Jobs of an analysis. */
const WITH_PODS: ReadonlySet<string> = new Set([
  'argoproj.io/AnalysisTemplate',
  'argoproj.io/ClusterAnalysisTemplate',
  'argoproj.io/Rollout',
]);

/** Whether the operator of an object may make others that nobody here knows. */
function mayMake(manifest: Manifest): boolean {
  const { apiVersion, kind } = manifest.id;
  if (scopeOf(apiVersion, kind) !== undefined || !apiVersion.includes('/')) return false;
  const group = groupOf(apiVersion);
  if (INERT_GROUPS.has(group) || INERT_KINDS.has(`${group}/${kind}`)) return false;
  return makerOf(manifest)?.isWhole !== true;
}

/** Words of a name that may be those of a custom resource. */
const MOST_WORDS = 20;

/** Texts of one object that are read. */
const MOST_READ = 2000;

function textsIn(spec: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting: unknown[] = [spec];
  while (waiting.length > 0 && found.size < MOST_READ) {
    const value = waiting.pop();
    if (typeof value === 'string') {
      if (value.length <= SUBDOMAIN_MAX_LENGTH && NAME.test(value)) found.add(value);
    } else if (Array.isArray(value)) waiting.push(...(value as unknown[]).slice(0, MOST_READ));
    else if (isPlainRecord(value)) waiting.push(...Object.values(value).slice(0, MOST_READ));
  }
  return found;
}

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
