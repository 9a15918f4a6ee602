import type { ApiObjectMetadata } from 'cdk8s';
import { ApiObject, Chart as Cdk8sChart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Problem } from '../../errors';
import { SeaworthyError } from '../../errors';
import { scopeOf } from '../../kube/kinds';
import type { KubeObject as PlainObject } from '../../manifest/manifest';
import { plain } from '../../manifest/plain';
import { renderMetadata } from './api-object';
import { namesByPath } from './chart';
import { kubernetesOf } from './environment';
import { nameOf } from './names';
import { PART, WHOLE } from './origin';
import type { DeepPartial } from './override';
import { applyOverrides } from './override';
import type { Reporter } from './problems';
import { locate, reporter } from './problems';
import type { Keys } from './props';
import { checkKeys } from './props';
import { suppress } from './suppress';

const KUBE_OBJECT = Symbol.for('seaworthy.KubeObject');

/** What a KubeObject is made of. */
export interface KubeObjectProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: ApiObjectMetadata;
  /** The fields beside `metadata`, made anew at each rendering; what is wrong with them goes to the reporter. */
  readonly content: (report: Reporter) => Readonly<Record<string, unknown>>;
  /** Whether the kind has no namespaces: then the chart's is left out. @default what Kubernetes says of its own kinds */
  readonly clusterScoped?: boolean;
  /** A last word on the whole object, after overrides, such as a name that depends on the content. */
  readonly finish?: (object: PlainObject, report: Reporter) => PlainObject;
}

const KEYS: Keys<KubeObjectProps> = {
  apiVersion: true,
  kind: true,
  metadata: true,
  content: true,
  clusterScoped: true,
  finish: true,
};

/** A rendered object, and what is wrong with it. */
export interface Rendering {
  readonly object: PlainObject;
  readonly problems: readonly Problem[];
}

/**
 * A Kubernetes object of one of our constructs. It is a cdk8s ApiObject, with metadata and JSON patches as cdk8s has
 * them, but keeps every field that it is given, and takes overrides after it is rendered.
 */
export class KubeObject extends ApiObject {
  /** cdk8s's ApiObject takes every ApiObject for an instance of each of its subclasses. */
  static override [Symbol.hasInstance](value: unknown): value is KubeObject {
    return typeof value === 'object' && value !== null && KUBE_OBJECT in value;
  }

  readonly #props: KubeObjectProps;
  readonly #overrides: Readonly<Record<string, unknown>>[] = [];

  constructor(scope: Construct, id: string, props: KubeObjectProps) {
    const name =
      props.metadata?.name ?? (namesByPath(Cdk8sChart.of(scope)) ? undefined : nameBelow(scope, id));
    super(scope, id, {
      // A program in JavaScript may leave them out, which is told when the object is rendered.
      apiVersion: props.apiVersion ?? '',
      kind: props.kind ?? '',
      metadata: { ...props.metadata, ...(name === undefined ? {} : { name }) },
    });
    this.#props = props;
    checkKeys(props, KEYS, reporter(this));
  }

  /**
   * Merges `patch` into the rendered object: maps are merged, lists whose items have a key (containers, env, ports,
   * volumes …) are merged by that key, other lists are replaced, and `null` removes a field.
   *
   * At synth, a field that Kubernetes does not have is an error (UNKNOWN_FIELD), and so is an override that changes
   * nothing (OVERRIDE_WITHOUT_EFFECT).
   */
  override(patch: DeepPartial<PlainObject> | Readonly<Record<string, unknown>>): this {
    this.#overrides.push(patch);
    return this;
  }

  /** Accepts what a rule of `check` finds about it, with the reason; see `suppress`. */
  suppress(rule: string, reason: string): this {
    suppress(this, rule, reason);
    return this;
  }

  /** How many changes there are: whoever keeps something made from the rendering makes it anew when it grows. */
  get revision(): number {
    return this.#overrides.length + this.jsonPatches().length;
  }

  /**
   * Renders the object, and tells all that is wrong with it instead of throwing.
   *
   * @throws SeaworthyError RENDER_FAILED where it holds what is no plain data, with all that was told before
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
    // What the content is made of is said by the props of the construct that this object is a part of.
    const { scope } = this.node;
    const owner = scope !== undefined && WHOLE in scope ? scope : this;
    const telling: Reporter = (complaint) => problems.push(locate(owner, complaint));
    const report: Reporter = (complaint) => problems.push(locate(this, complaint));
    let object = plain({ apiVersion, kind, metadata: this.ownMetadata(report), ...content(telling) });
    const patches = this.jsonPatches();
    if (patches.length > 0) object = plain(JsonPatch.apply(structuredClone(object), ...patches));
    if (this.#overrides.length > 0)
      object = applyOverrides(object, this.#overrides, kubernetesOf(this), report);
    return finish === undefined ? object : finish(object, report);
  }

  private ownMetadata(report: Reporter): object {
    const metadata = renderMetadata(this);
    const { name, generateName, namespace } = this.#props.metadata ?? {};
    const { clusterScoped = scopeOf(this.apiVersion, this.kind) === 'Cluster' } = this.#props;
    if (clusterScoped) {
      delete metadata['namespace'];
      const message = `a ${this.kind} stands in no namespace`;
      if (namespace !== undefined) report({ code: 'INVALID_PROP', path: 'metadata.namespace', message });
    }
    // cdk8s gives every object a name; the API server makes one up only where there is none.
    if (name === undefined && generateName !== undefined) delete metadata['name'];
    return metadata;
  }

  /** What cdk8s's own engine asks for; throws a SeaworthyError with all problems of the object. */
  override toJson(): PlainObject {
    const { object, problems } = this.render();
    const [first, ...more] = problems;
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
