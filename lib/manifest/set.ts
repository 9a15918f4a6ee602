import { nearest, SeaworthyError } from '../errors';
import type { ClusterProfile } from '../profiles/cluster-profile';
import { describeValue } from './data';
import { authoredIn, manifestOf } from './documents';
import { formatId, type Manifest, type ObjectId } from './manifest';
import { checkedObjects, type Authored } from './objects';
import { describeSafely, readAt } from './foreign';
import { plainItems } from './plain';
import { Scopes } from './scopes';
import { emitDocuments } from './yaml/emit';
import { parseDocuments, type ParseOptions } from './yaml/parse';

export type Clusters = ReadonlyMap<string, ClusterProfile>;

/**
 * Kubernetes objects in order, each with its identity and its origin.
 * A set never changes; methods that select from it return a new one. It may hold one identity twice: `check` reports that.
 */
export class ManifestSet implements Iterable<Manifest> {
  readonly manifests: readonly Manifest[];
  /** The profiles of the clusters that the objects are for, by the name of the environment. */
  readonly clusters: Clusters;

  private constructor(manifests: readonly Manifest[], clusters: Clusters = new Map()) {
    this.manifests = Object.freeze(manifests);
    this.clusters = clusters;
  }

  /**
   * A set of copies of `objects`, keys as authored; a list (`kind: List`, or a kind that ends in `List` and has
   * `items`) is replaced by its items.
   *
   * @throws SeaworthyError NOT_AN_OBJECT naming the index of each element that is not a Kubernetes object;
   * RENDER_FAILED naming each value that is not plain data, or that cannot be read.
   */
  static of(objects: readonly unknown[]): ManifestSet {
    return ManifestSet.checked(plainItems(objects, 'objects'));
  }

  /**
   * The objects of a YAML stream or a JSON text, read as kubectl reads them; lists are replaced by their items.
   * With `source`, the name of the file, each manifest's origin says file and line, and findings name the lines of
   * fields.
   *
   * @throws SeaworthyError INVALID_YAML, or NOT_AN_OBJECT for documents that are not Kubernetes objects.
   */
  static parse(yaml: string, options: ParseOptions = {}): ManifestSet {
    const { source } = options;
    if (typeof yaml !== 'string') throw notText(yaml);
    return ManifestSet.checked(authoredIn(parseDocuments(yaml, options), source));
  }

  /**
   * A set of `manifests`, not copied, with the cluster profiles of their environments. Only where a
   * CustomResourceDefinition among them says that a kind is cluster-scoped, its objects lose the namespace of their
   * identity.
   */
  static from(manifests: Iterable<Manifest>, clusters?: Clusters): ManifestSet {
    const all = [...manifests];
    return new ManifestSet(new Scopes(all.map(({ object }) => object)).apply(all), clusters);
  }

  private static checked(authored: Iterable<Authored>): ManifestSet {
    return ManifestSet.from(checkedObjects(authored).map(manifestOf));
  }

  get size(): number {
    return this.manifests.length;
  }

  [Symbol.iterator](): Iterator<Manifest> {
    return this.manifests[Symbol.iterator]();
  }

  /** Names of the environments, in order of first appearance. */
  get environments(): string[] {
    const names = new Set<string>();
    for (const { origin } of this.manifests)
      if (origin?.environment !== undefined) names.add(origin.environment);
    return [...names];
  }

  /** The manifests of one environment. */
  in(environment: string): ManifestSet {
    return this.filter(({ origin }) => origin?.environment === environment);
  }

  /** The manifests that `predicate` accepts, in order. */
  filter(predicate: (manifest: Manifest) => boolean): ManifestSet {
    return new ManifestSet(
      this.manifests.filter((manifest) => predicate(manifest)),
      this.clusters,
    );
  }

  /** Every manifest that has all the fields of `id`; `namespace: ''` means "without a namespace". */
  find(id: Partial<ObjectId>): Manifest[] {
    return this.manifests.filter((manifest) => matches(manifest.id, id));
  }

  /**
   * The one manifest that has all the fields of `id`.
   *
   * @throws SeaworthyError NOT_FOUND, naming similar objects, or AMBIGUOUS, naming all that match.
   */
  get(id: Partial<ObjectId>): Manifest {
    const [found, ...more] = this.find(id);
    if (found === undefined) {
      const message = `no object matches ${describeSought(id)}`;
      throw new SeaworthyError({ code: 'NOT_FOUND', message, hint: this.nearMisses(id) });
    }
    if (more.length > 0) {
      const message = `${more.length + 1} objects match ${describeSought(id)}: ${shortList([found, ...more])}`;
      const hint = 'Name more of apiVersion, kind, namespace and name, or use find().';
      throw new SeaworthyError({ code: 'AMBIGUOUS', message, hint });
    }
    return found;
  }

  /** All objects as one YAML stream. */
  toYaml(): string {
    return emitDocuments(this.manifests.map((manifest) => manifest.object));
  }

  private nearMisses(id: Partial<ObjectId>): string {
    if (this.size === 0) return 'The set is empty.';
    const fields = fieldsOf(id).length;
    const near = this.manifests.filter((manifest) => fields > 1 && nearness(manifest.id, id) === fields - 1);
    if (near.length > 0) return `Near misses: ${shortList(near)}.`;
    for (const field of ['name', 'kind'] as const) {
      const sought = id[field];
      const candidates = this.manifests.map((manifest) => manifest.id[field]);
      const value = sought === undefined ? undefined : nearest(sought, candidates);
      if (value !== undefined) return `Did you mean ${shortList(this.find({ [field]: value }))}?`;
    }
    return `The set holds ${shortList(this.manifests)}.`;
  }
}

/**
 * `value`, which has to be a set: also one that another copy of the package made.
 *
 * @throws SeaworthyError NOT_AN_OBJECT
 */
export function checkedSet(value: unknown, place: string): ManifestSet {
  const isSet = readAt(place, () => {
    const { manifests, clusters } = (value ?? {}) as Partial<ManifestSet>;
    return Array.isArray(manifests) && typeof clusters?.get === 'function';
  });
  if (isSet) return value as ManifestSet;
  throw new SeaworthyError({
    code: 'NOT_AN_OBJECT',
    place,
    message: `expected a ManifestSet, got ${describeSafely(value)}`,
    hint: 'ManifestSet.of makes one of objects, ManifestSet.parse of YAML.',
  });
}

/** `set`, in which what a CustomResourceDefinition of `others` makes cluster-scoped has no namespace in its identity. */
export function scopedBy(set: ManifestSet, ...others: readonly ManifestSet[]): ManifestSet {
  const objects = [set, ...others].flatMap(({ manifests }) => manifests.map(({ object }) => object));
  const manifests = new Scopes(objects).apply(set.manifests);
  return manifests === set.manifests ? set : ManifestSet.from(manifests, set.clusters);
}

function notText(value: unknown): SeaworthyError {
  return new SeaworthyError({
    code: 'INVALID_YAML',
    message: `expected the text of a YAML stream, got ${describeValue(value)}`,
    hint: "Read files as text: readFileSync(file, 'utf8'). For objects, use ManifestSet.of.",
  });
}

function matches(id: ObjectId, sought: Partial<ObjectId>): boolean {
  return nearness(id, sought) === fieldsOf(sought).length;
}

/** How many of the requested fields `id` matches. */
function nearness(id: ObjectId, sought: Partial<ObjectId>): number {
  return fieldsOf(sought).filter((field) => (id[field] ?? '') === sought[field]).length;
}

function fieldsOf(sought: Partial<ObjectId>): (keyof ObjectId)[] {
  const fields = ['apiVersion', 'kind', 'namespace', 'name'] as const;
  return fields.filter((field) => sought[field] !== undefined);
}

function describeSought(sought: Partial<ObjectId>): string {
  const fields = fieldsOf(sought).map((field) => `${field} '${sought[field]}'`);
  return fields.length === 0 ? 'anything' : fields.join(', ');
}

/** `manifests` for a message, with their versions: all of them, or the first ten and how many more. */
function shortList(manifests: readonly Manifest[]): string {
  const shown = manifests.slice(0, 10).map(({ id }) => `${id.apiVersion} ${formatId(id)}`);
  const rest = manifests.length - shown.length;
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`;
}
