import { check } from '../check/check';
import type { CheckOptions } from '../check/options';
import type { Finding } from '../check/finding';
import type { ReferenceGraph } from '../graph/reference';
import type { ReferencesOptions } from '../graph/references';
import { references } from '../graph/references';
import type { Cluster } from '../cluster/client/cluster';
import { liveManifests, type LiveSelection } from '../cluster/live/manifests';
import { nearest, SeaworthyError } from '../errors';
import type { Manifest } from '../manifest/manifest';
import { formatId } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import { AssertionError } from './assertion-error';
import type { Miss } from './closest';
import { closest, compareObject } from './closest';
import { record, recordSource } from './coverage/record';
import { describeManifest, markedObject } from './explain';
import type { KindName } from './kind';
import { ofKind } from './kind';
import { checkFields } from './known-fields';
import { Matcher } from './match/matcher';
import type { Pattern } from './match/pattern';
import { checkPattern } from './match/pattern';
import { notFound } from './not-found';
import type { ManifestSource } from './source';
import { manifestsOf } from './source';

/** The rendered objects of an app, with methods to find and assert them. Assertions throw an AssertionError. */
export class Manifests implements Iterable<Manifest> {
  readonly set: ManifestSet;

  /** Of a cluster: what the user may not read, as a Role names it: `secrets`. */
  readonly unread: readonly string[];

  private constructor(set: ManifestSet, unread: readonly string[] = []) {
    this.set = set;
    this.unread = unread;
  }

  /** Renders or reads `source` once; see ManifestSource. */
  static from(source: ManifestSource | Manifests): Manifests {
    if (source instanceof Manifests) return source;
    const set = manifestsOf(source);
    recordSource(set);
    return new Manifests(set);
  }

  /**
   * Reads the objects of a cluster, so that the assertions of a test hold what runs to the same: those of a namespace, with
   * labels, or those that manifests have. Objects that others make, such as pods and ReplicaSets, are left out, and so are
   * fields that only servers write; defaults are there.
   *
   * @param cluster what `connect` of `seaworthy` returns
   * @throws SeaworthyError CLUSTER_UNREACHABLE, CLUSTER_UNAUTHORIZED, CLUSTER_FAILED
   */
  static async fromCluster(cluster: Cluster, selection: LiveSelection = {}): Promise<Manifests> {
    const { set, unread } = await liveManifests(cluster, selection);
    recordSource(set);
    return new Manifests(set, unread);
  }

  get size(): number {
    return this.set.size;
  }

  [Symbol.iterator](): Iterator<Manifest> {
    return this.set[Symbol.iterator]();
  }

  /**
   * Every object of a kind that matches `pattern`.
   *
   * @throws SeaworthyError UNKNOWN_KIND, INVALID_MATCHER, UNKNOWN_FIELD
   */
  find(kind: KindName, pattern: Pattern = {}): Manifest[] {
    checkPattern(pattern);
    return this.compared(kind, pattern).found;
  }

  /**
   * The one object of a kind with the name or pattern `which`.
   *
   * @throws SeaworthyError NOT_FOUND with similar objects, AMBIGUOUS with all that match, and the errors of `find`
   */
  get(kind: KindName, which: Pattern = {}): Manifest {
    const pattern = typeof which === 'string' ? { metadata: { name: which } } : which;
    checkPattern(pattern);
    const { found, misses } = this.compared(kind, pattern);
    const [first, ...more] = found;
    const sought = typeof which === 'string' ? `${kind} ${which}` : kind;
    if (first === undefined) {
      const message = `no object matches ${sought}`;
      throw new SeaworthyError({
        code: 'NOT_FOUND',
        message,
        hint: nearMisses(which, misses, this.set.manifests),
      });
    }
    if (more.length === 0) return first;
    const message = `${found.length} objects match ${sought}: ${list(found)}`;
    throw new SeaworthyError({
      code: 'AMBIGUOUS',
      message,
      hint: 'Name it or add more fields, or use find().',
    });
  }

  /**
   * Asserts that an object of a kind matches `pattern`.
   *
   * @throws AssertionError that shows the closest object
   */
  hasResource(kind: KindName, pattern: Pattern = {}): this {
    const { found, problem } = this.expectation(kind, pattern);
    if (found.length === 0) throw new AssertionError(problem());
    return this;
  }

  /** Asserts that `count` objects of a kind match `pattern`. */
  countIs(kind: KindName, count: number, pattern: Pattern = {}): this {
    const found = this.find(kind, pattern);
    if (found.length === count) return this;
    const there =
      found.length === 0
        ? 'there is none'
        : `there ${found.length === 1 ? 'is' : 'are'} ${found.length}: ${list(found)}`;
    throw new AssertionError(`expected ${count} of ${kind}, and ${there}`);
  }

  /** The manifests of one environment. @throws SeaworthyError NOT_FOUND for an environment without objects */
  resourcesOf(environment: string): Manifests {
    const { environments } = this.set;
    if (environments.includes(environment)) return new Manifests(this.set.in(environment));
    throw notFound('environment', environment, environments);
  }

  /** The references between the objects. */
  references(options?: ReferencesOptions): ReferenceGraph {
    return references(this.set, options);
  }

  /** The findings of `check`. */
  findings(options?: CheckOptions): Finding[] {
    return check(this.set, options);
  }

  /** The result of expecting an object of `kind` that matches `pattern`. Objects are compared once. */
  expectation(kind: KindName, pattern: Pattern = {}): Expectation {
    checkPattern(pattern);
    const { found, misses } = this.compared(kind, pattern);
    return { found, problem: () => describeMisses(kind, misses, this.set.manifests) };
  }

  private compared(kind: KindName, pattern: Pattern): { found: Manifest[]; misses: Miss[] } {
    const found: Manifest[] = [];
    const misses: Miss[] = [];
    const candidates = ofKind(this.set.manifests, kind);
    checkFields(kind, pattern, candidates);
    for (const manifest of candidates) {
      const look = compareObject(pattern, manifest);
      if (!look.matches) misses.push({ manifest, mismatches: look.mismatches, checks: look.checks });
      else {
        look.capture();
        found.push(manifest);
        record(manifest, pattern);
      }
    }
    return { found, misses };
  }
}

/** The result of an expectation. */
export interface Expectation {
  /** The objects that match. */
  readonly found: readonly Manifest[];
  /** The message if there are none: the closest object with its mismatches. Built when it is needed. */
  readonly problem: () => string;
}

function describeMisses(kind: KindName, misses: readonly Miss[], manifests: readonly Manifest[]): string {
  const miss = closest(misses);
  if (miss === undefined) return `there is no ${kind}`;
  const others = misses.length === 1 ? '' : ` of ${misses.length}`;
  const head = `no ${kind}${others} is as expected. The closest is ${describeManifest(miss.manifest)}`;
  return `${head}\n\n${markedObject(miss, manifests)}`;
}

function nearMisses(which: Pattern, misses: readonly Miss[], manifests: readonly Manifest[]): string {
  if (misses.length === 0) return 'There is none of that kind.';
  const names = misses.map(({ manifest }) => manifest.id.name);
  const near = typeof which === 'string' ? nearest(which, names) : undefined;
  if (near !== undefined) return `Did you mean ${near}?`;
  const miss = typeof which === 'string' || which instanceof Matcher ? undefined : closest(misses);
  if (miss !== undefined)
    return `The closest is ${describeManifest(miss.manifest)}:\n${markedObject(miss, manifests)}`;
  return `There are ${list(misses.map(({ manifest }) => manifest))}.`;
}

const SHOWN = 10;

function list(manifests: readonly Manifest[]): string {
  const shown = manifests.slice(0, SHOWN).map(({ id }) => formatId(id));
  return manifests.length > SHOWN
    ? `${shown.join(', ')} and ${manifests.length - SHOWN} more`
    : shown.join(', ');
}
