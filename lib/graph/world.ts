import { wellKnownKinds } from '../kube/custom-scopes';
import { kindNamed } from '../kube/kinds';
import type { LabelSelector } from '../kube/labels';
import { SECRET_KINDS } from '../kube/secret-kinds';
import type { ClusterProfile } from '../profiles/cluster-profile';
import { groupOf, type Manifest } from '../manifest/manifest';
import type { Scopes } from '../manifest/scopes';
import type { ManifestSet } from '../manifest/set';
import type { Around, Knowledge } from './around';
import { isBuiltIn, objectsOfProfile } from './builtin-objects';
import type { Cluster } from './cluster';
import { LabelIndex, type Labelled } from './label-index';
import type { Derived } from './makers/maker';
import { derivedFrom } from './makers/registry';
import { CLIENTS_OWN, namespaceOf } from './namespace';
import { Field } from '../manifest/field';
import { manifestsOf } from './objects';
import { podIndex, podsAt, podsByOwner, type Pods } from './pods';
import type { Target, Resolution } from './reference';
import { serviceIndex, type Service } from './services';
import { jsonText } from '../manifest/json-text';

/** Where a target is, and what is known of it. */
export interface Found {
  readonly resolution: Exclude<Resolution, 'missing' | 'unknown'>;
  /** The target itself, or the object whose controller makes it. */
  readonly manifest?: Manifest;
  /** Further objects of this identity, which wiring/duplicate-identity reports. */
  readonly others?: readonly Manifest[];
  /** What the controller makes of it. */
  readonly derived?: Derived;
}

/** All objects of one cluster that are known, to be found by name and by label: read when somebody asks for them. */
export class World {
  readonly profile: ClusterProfile;
  readonly set: ManifestSet;
  readonly #cluster: Cluster;
  readonly #around: Around | undefined;
  readonly #knowledge: Knowledge | undefined;
  #isRead = false;
  readonly #objects = new Map<string, Found>();
  /** The objects of the set alone, of the kinds that were looked for before all were read. */
  readonly #ofKind = new Map<string, Map<string, Found>>();
  /** Names by kind and namespace. */
  readonly #names = new Map<string, Map<string, Set<string>>>();
  readonly #byName = new Map<string, Target[]>();
  readonly #namespaces = new Set<string>();
  readonly #selected = new Map<string, readonly string[]>();
  readonly #namespaceLabels = new Map<string, Readonly<Record<string, string>>>();
  #namespaceIndex: LabelIndex<Labelled & { readonly name: string }> | undefined;

  constructor(cluster: Cluster) {
    this.set = cluster.set;
    this.profile = cluster.profile;
    this.#cluster = cluster;
    this.#around = cluster.around;
    this.#knowledge = cluster.knowledge;
  }

  get pods(): LabelIndex<Pods> {
    return podIndex(this.#cluster);
  }

  get services(): LabelIndex<Service> {
    return serviceIndex(this.#cluster);
  }

  #read(): void {
    if (this.#isRead) return;
    this.#isRead = true;
    const { set, assumed, profile, scopes } = this.#cluster;
    for (const manifest of set) this.#add(targetOf(manifest, scopes), { resolution: 'set', manifest });
    for (const manifest of assumed)
      this.#add(targetOf(manifest, scopes), { resolution: 'assumed', manifest });
    this.#addDerived(set, assumed);
    for (const manifest of set) this.#addExternals(manifest);
    for (const target of objectsOfProfile(profile)) this.#add(target, { resolution: 'builtin' });
  }

  /** The target in the set, in what is assumed, or among the derived and builtin objects. */
  find(target: Target): Found | undefined {
    const found = this.#find(target);
    if (found !== undefined) return found;
    const mayBe = this.#around?.has(target) === true || this.#knowledge?.isHidden(target) === true;
    return mayBe ? { resolution: 'assumed' } : undefined;
  }

  /** Whether the cluster was read, so that it does not have the target unless it is known. */
  isComplete(target: Target): boolean {
    return this.#knowledge?.isComplete(target) === true;
  }

  /** Whether the set is one part of what was read, and others may complete it. */
  get isPart(): boolean {
    return this.#around !== undefined;
  }

  #find(target: Target): Found | undefined {
    // What stands in the set is found first, whatever else there is.
    const own = this.#isRead ? undefined : this.#inSet(target);
    if (own !== undefined) return own;
    this.#read();
    const found = this.#objects.get(keyOf(target));
    if (found !== undefined) return found;
    if (isBuiltIn(target)) return { resolution: 'builtin' };
    const { namespace } = target;
    // What a controller makes in all namespaces, and what the profile names without one.
    const everywhere = this.#objects.get(keyOf(target, ''));
    if (everywhere?.resolution === 'builtin' || everywhere?.resolution === 'derived') return everywhere;
    if (namespace === undefined || this.isKnownNamespace(namespace)) return undefined;
    // The client chooses the namespace of objects without one, and may choose this one.
    const clients = this.#objects.get(keyOf(target, CLIENTS_OWN));
    return clients?.manifest?.id.namespace === undefined ? clients : undefined;
  }

  #inSet(target: Target): Found | undefined {
    const kind = `${target.group}/${target.kind}`;
    let objects = this.#ofKind.get(kind);
    if (objects === undefined) {
      this.#ofKind.set(kind, (objects = new Map<string, Found>()));
      for (const manifest of manifestsOf(this.#cluster, kind))
        addTo(objects, keyOf(targetOf(manifest, this.#cluster.scopes)), { resolution: 'set', manifest });
    }
    return objects.get(keyOf(target));
  }

  /** Whether anything is known of objects of this kind. */
  knows({ group, kind }: Pick<Target, 'group' | 'kind'>): boolean {
    this.#read();
    return this.#names.has(`${group}/${kind}`);
  }

  /** The names of objects of a kind, in one namespace. */
  names({ group, kind, namespace = '' }: Omit<Target, 'name'>): ReadonlySet<string> {
    this.#read();
    return this.#names.get(`${group}/${kind}`)?.get(namespace) ?? NO_NAMES;
  }

  /** The objects of any kind that have this name. */
  named(name: string): readonly Target[] {
    this.#read();
    return this.#byName.get(name) ?? [];
  }

  /** All pods, in the order of the objects that make them. */
  get allPods(): Iterable<Pods> {
    return podsByOwner(this.#cluster).values();
  }

  /** The pods that `manifest` makes. */
  podsOf(manifest: Manifest): Pods | undefined {
    return podsAt(this.#cluster, manifest);
  }

  /** Whether an object is known that is in this namespace, or is it. */
  isKnownNamespace(name: string): boolean {
    this.#read();
    return this.#namespaces.has(name);
  }

  /** The labels of a namespace whose object is known. */
  labelsOf(name: string): Readonly<Record<string, string>> | undefined {
    this.#read();
    const labels = this.#namespaceLabels.get(name);
    return labels && { ...labels, [NAME]: name };
  }

  /** The names of the namespaces that are known. */
  get namespaces(): Iterable<string> {
    this.#read();
    return this.#namespaces;
  }

  /** The namespaces among the known ones that a selector takes: the same list for the same selector. */
  namespacesWith(selector: LabelSelector): readonly string[] {
    const key = jsonText(selector);
    const known = this.#selected.get(key);
    if (known !== undefined) return known;
    this.#read();
    this.#namespaceIndex ??= new LabelIndex(
      [...this.#namespaces].map((name) => ({
        name,
        namespace: '',
        labels: { ...this.#namespaceLabels.get(name), [NAME]: name },
      })),
    );
    const found = this.#namespaceIndex.select(selector, undefined).map(({ name }) => name);
    this.#selected.set(key, found);
    return found;
  }

  #add(target: Target, found: Found): void {
    addTo(this.#objects, keyOf(target), found);
    const alike = this.#byName.get(target.name);
    if (alike === undefined) this.#byName.set(target.name, [target]);
    else alike.push(target);
    const kind = `${target.group}/${target.kind}`;
    const places = this.#names.get(kind) ?? new Map<string, Set<string>>();
    const names = places.get(target.namespace ?? '') ?? new Set<string>();
    this.#names.set(kind, places.set(target.namespace ?? '', names.add(target.name)));
    if (found.resolution === 'builtin') return;
    if (target.namespace !== undefined) this.#namespaces.add(target.namespace);
    if (kind !== '/Namespace' || found.manifest === undefined) return;
    this.#namespaces.add(target.name);
    const labels = Field.root(found.manifest.object).at('metadata', 'labels').labels;
    this.#namespaceLabels.set(target.name, labels);
  }

  /** The external objects of a manifest. Pods read the Secret of an ExternalSecret or SealedSecret, not that object. */
  #addExternals(manifest: Manifest): void {
    for (const { kind, name, isNamed = false, namespace = namespaceOf(manifest) } of manifest.externals ??
      []) {
      if (isNamed) continue;
      const read = SECRET_KINDS.has(kind) ? 'Secret' : kind;
      const builtIn = kindNamed(read);
      for (const { group, scope } of builtIn === undefined ? wellKnownKinds(read) : [builtIn]) {
        const target = { group, kind: read, name };
        this.#add(scope === 'Cluster' ? target : { ...target, namespace }, { resolution: 'builtin' });
      }
    }
  }

  /** After the objects themselves, so that what is written out counts before what a controller would make. */
  #addDerived(...sets: readonly ManifestSet[]): void {
    for (const manifest of sets.flatMap(({ manifests }) => manifests)) {
      for (const derived of derivedFrom(manifest))
        this.#add(derived.target, { resolution: 'derived', manifest, derived });
    }
  }
}

/** Of two objects of one identity, the first one counts. */
function addTo(objects: Map<string, Found>, key: string, found: Found): void {
  const same = objects.get(key);
  if (same === undefined) objects.set(key, found);
  else if (found.resolution === 'set' && same.resolution === 'set' && found.manifest !== undefined)
    objects.set(key, {
      ...same,
      others: [...(same.others ?? []), found.manifest].slice(0, MOST_OTHERS),
    });
}

/** Objects of one identity that are looked at, besides the first. */
const MOST_OTHERS = 8;

/** The label that the server gives each namespace. */
const NAME = 'kubernetes.io/metadata.name';

const NO_NAMES: ReadonlySet<string> = new Set();

/** What others would have to name to mean `manifest`. */
export function targetOf(manifest: Manifest, scopes: Scopes): Target {
  const { apiVersion, kind, name } = manifest.id;
  const group = groupOf(apiVersion);
  return scopes.isClusterScoped(manifest.id)
    ? { group, kind, name }
    : { group, kind, namespace: namespaceOf(manifest), name };
}

function keyOf({ group, kind, namespace: own = '', name }: Target, namespace = own): string {
  return `${group}|${kind}|${namespace}|${name}`;
}
