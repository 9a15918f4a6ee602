import type { ApiObjectMetadata } from 'cdk8s';
import { ApiObject, Chart as Cdk8sChart, JsonPatch } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Problem } from '../../errors';
import { SeaworthyError } from '../../errors';
import { scopeOf } from '../../kube/kinds';
import type { KubeObject as PlainObject } from '../../manifest/manifest';
import { plain } from '../../manifest/plain';
import { renderMetadata } from './api-object';
import { kubernetesOf } from './environment';
import { withDigests } from './image-lock';
import { keep, renderKept } from './keep';
import { nameOf, namesByPath } from './names';
import { PART, WHOLE } from './origin';
import type { AnyPatch } from './override';
import { applyOverrides } from './override';
import type { Reporter } from './problems';
import { isMisshapen, locate, problemsOf } from './problems';
import { inScope } from './scope';
import type { Shape } from './shape';
import { inspectProps, isShaped, settle } from './shaped';
import { callable, ENTRIES, flag, kubernetesObject, list, open, record, text } from './shapes';
import { suppress } from './suppress';

const KUBE_OBJECT = Symbol.for('seaworthy.KubeObject');

/** Props of a KubeObject. */
export interface KubeObjectProps {
  /** API version: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** Kind: `ConfigMap`. */
  readonly kind: string;
  /** Metadata of the object. @default a name, the path of ids joined by dashes */
  readonly metadata?: ApiObjectMetadata;
  /** Makes the other fields, each time that the object is rendered; problems go to the reporter. */
  readonly content: (report: Reporter) => Readonly<Record<string, unknown>>;
  /** Whether the kind is cluster-scoped, so that the chart's namespace is left out. @default known for built-in kinds, else false */
  readonly clusterScoped?: boolean;
  /** Changes the whole object after overrides, such as its name by its content. @default nothing changes */
  readonly finish?: (object: PlainObject, report: Reporter) => PlainObject;
}

/** Everything else in metadata is Kubernetes' own, and cdk8s's. */
const METADATA = open({
  name: text,
  namespace: text,
  labels: ENTRIES,
  annotations: ENTRIES,
  finalizers: list(text),
  ownerReferences: list(kubernetesObject),
});

const PROPS = record<KubeObjectProps>(
  {
    apiVersion: text,
    kind: text,
    metadata: METADATA as Shape<object>,
    content: callable(),
    clusterScoped: flag,
    finish: callable(),
  },
  { expected: 'props' },
);

/** A rendered object, and what is wrong with it. */
export interface Rendering {
  readonly object: PlainObject;
  readonly problems: readonly Problem[];
}

/**
 * A Kubernetes object. `Patch` is what its overrides may hold: `Patches` has it by kind. It is a cdk8s ApiObject, with the metadata and JSON patches of cdk8s, but keeps every field, and
 * takes overrides that are merged after it is rendered.
 *
 * | object | when | why |
 * |---|---|---|
 * | the given kind | always | for kinds that have no construct |
 */
export class KubeObject<Patch = AnyPatch> extends ApiObject {
  /** cdk8s's ApiObject takes every ApiObject for an instance of each of its subclasses. */
  static override [Symbol.hasInstance](value: unknown): value is KubeObject {
    return typeof value === 'object' && value !== null && KUBE_OBJECT in value;
  }

  readonly #props: KubeObjectProps;
  readonly #overrides: Readonly<Record<string, unknown>>[] = [];

  constructor(scope: Construct, id: string, props: KubeObjectProps) {
    const inspected = inspectProps(props, PROPS);
    const { props: own } = inspected;
    const place = inScope(scope, id, new.target);
    const name = own.metadata?.name ?? (namesByPath(Cdk8sChart.of(place)) ? undefined : nameBelow(place, id));
    super(place, id, {
      // A program in JavaScript may leave them out, which is reported when the object is rendered.
      apiVersion: own.apiVersion ?? '',
      kind: own.kind ?? '',
      metadata: { ...own.metadata, ...(name === undefined ? {} : { name }) },
    });
    this.#props = own;
    settle(this, inspected);
  }

  /**
   * Merges `patch` into the rendered object: maps are merged, lists whose items have a key (containers, env, ports,
   * volumes …) are merged by that key, other lists are replaced, and `null` removes a field.
   *
   * Synth reports a field that Kubernetes does not have (UNKNOWN_FIELD) and an override that changes nothing
   * (OVERRIDE_WITHOUT_EFFECT).
   */
  override(patch: Patch): this {
    if (isShaped(this, 'override', patch, kubernetesObject))
      this.#overrides.push(patch as Readonly<Record<string, unknown>>);
    return this;
  }

  /** Accepts the findings of a rule of `check` about it; see `suppress`. */
  suppress(rule: string, reason: string): this {
    suppress(this, rule, reason);
    return this;
  }

  /** Keeps it in the cluster when it is no longer rendered; see `keep`. */
  keep(): this {
    keep(this);
    return this;
  }

  /** Number of changes made so far; what is derived from a rendering is stale when it has grown. */
  get revision(): number {
    return this.#overrides.length + this.jsonPatches().length;
  }

  /**
   * Renders the object and returns its problems instead of throwing them.
   *
   * @throws SeaworthyError RENDER_FAILED where it holds anything but plain data, with all problems found before
   * @internal
   */
  render(): Rendering {
    const problems: Problem[] = [];
    try {
      return { object: this.renderObject(problems), problems };
    } catch (error) {
      if (!(error instanceof SeaworthyError)) throw error;
      const [first, ...more] = error.problems.map((problem) => locate(this, problem));
      throw first === undefined ? error : new SeaworthyError(first, ...more, ...problems);
    }
  }

  private renderObject(problems: Problem[]): PlainObject {
    const { apiVersion, kind } = this;
    const { content, finish } = this.#props;
    // The content comes from the props of the construct that this object is a part of, so its problems are located there.
    const { owner } = this;
    if ([this, owner].some(isMisshapen))
      return plain({ apiVersion, kind, metadata: this.ownMetadata(() => undefined) });
    const reportBelow: Reporter = (problem) => problems.push(locate(owner, problem));
    const report: Reporter = (problem) => problems.push(locate(this, problem));
    let object = plain({ apiVersion, kind, metadata: this.ownMetadata(report), ...content(reportBelow) });
    const patches = this.jsonPatches();
    if (patches.length > 0) object = plain(JsonPatch.apply(structuredClone(object), ...patches));
    if (this.#overrides.length > 0)
      object = applyOverrides(object, this.#overrides, kubernetesOf(this), report);
    const kept = renderKept(this, withDigests(this, object));
    return finish === undefined ? kept : plain(finish(kept, report));
  }

  /** The construct that this object is a part of. */
  private get owner(): IConstruct {
    const { scope } = this.node;
    return scope !== undefined && WHOLE in scope ? scope : this;
  }

  private ownMetadata(report: Reporter): object {
    const metadata = renderMetadata(this);
    const { name, generateName, namespace } = this.#props.metadata ?? {};
    const { clusterScoped = scopeOf(this.apiVersion, this.kind) === 'Cluster' } = this.#props;
    if (clusterScoped) {
      delete metadata['namespace'];
      const message = `Forbidden: ${this.kind} is cluster-scoped`;
      if (namespace !== undefined) report({ code: 'INVALID_PROP', path: 'metadata.namespace', message });
    }
    // cdk8s gives every object a name; the API server generates one only where there is none.
    if (name === undefined && generateName !== undefined) delete metadata['name'];
    return metadata;
  }

  /** Called by cdk8s's own synth; throws a SeaworthyError with all problems of the object. */
  override toJson(): PlainObject {
    const { object, problems } = this.render();
    const unread = [this, this.owner].filter(isMisshapen).flatMap(problemsOf);
    const [first, ...more] = [...unread, ...problems];
    if (first !== undefined) throw new SeaworthyError(first, ...more);
    return object;
  }

  /** cdk8s keeps the operations of `addJsonPatch` to itself. */
  private jsonPatches(): readonly JsonPatch[] {
    return (this as unknown as { readonly patches?: readonly JsonPatch[] }).patches ?? [];
  }
}

Object.defineProperties(KubeObject.prototype, {
  [PART]: { value: true },
  [KUBE_OBJECT]: { value: true },
});

/** The name by path of a construct that does not exist yet. */
function nameBelow(scope: Construct, id: string): string {
  return nameOf({ node: { id, scope } } as unknown as Construct);
}
