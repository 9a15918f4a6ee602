import { Chart as Cdk8sChart } from 'cdk8s';
import { Construct } from 'constructs';
import { scopeOf } from '../../kube/kinds';
import { nameRule } from '../../kube/object-names';
import { featureGatesAt, kubernetesOf } from './environment';
import { keep } from './keep';
import { overrideHint } from './kubernetes-words';
import { checkAnnotations, checkLabels, checkNamespace } from './metadata';
import type { Movable } from './moved-from';
import { applyMovedFrom } from './moved-from';
import { nameOf } from './names';
import type { KubeObjectProps } from './object';
import { KubeObject } from './object';
import { WHOLE } from './origin';
import type { AnyPatch } from './override';
import type { Reporter } from './problems';
import { reporter } from './problems';
import { nonEmptyRecord, optional } from './props';
import type { Reference } from './reference';
import type { Shapes } from './shape';
import { shaped } from './shaped';
import type { RecordShape } from './shapes';
import { ENTRIES, text } from './shapes';
import { suppress } from './suppress';
import { inScope } from './scope';

/** Props of every construct that makes a single object. */
export interface ResourceProps extends Movable {
  /** Name of the object. @default the path of ids below the environment, joined by dashes */
  readonly name?: string;
  /** Namespace of the object. @default the chart's */
  readonly namespace?: string;
  /** Labels of the object, in addition to the chart's. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the object. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

export const RESOURCE_SHAPES: Shapes<ResourceProps> = {
  name: text,
  movedFrom: text,
  namespace: text,
  labels: ENTRIES,
  annotations: ENTRIES,
};

const { namespace: _, ...CLUSTER_SCOPED } = RESOURCE_SHAPES;

/** Those of resources that are in no namespace. */
export const CLUSTER_SCOPED_SHAPES: Shapes<Omit<ResourceProps, 'namespace'>> = CLUSTER_SCOPED;

/** Kind of the object, and how it is rendered. */
export interface ResourceKind<P> extends Omit<KubeObjectProps, 'metadata'> {
  readonly shape: RecordShape<P>;
  /** Labels that the object has by its props; those of the prop `labels` replace them. @default none */
  readonly labels?: (props: P) => Readonly<Record<string, string>>;
  /** Decides what the object is, by its props and by what the cluster has. @default `apiVersion` and `kind` */
  readonly decide?: (resource: DecidedResource<P>) => DecidedKind;
}

/** What is known of a resource before its kind is. */
export interface DecidedResource<P> {
  readonly construct: Construct;
  readonly props: P;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** What a resource is. */
export interface DecidedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Annotations that it needs; those of the prop `annotations` replace them. */
  readonly annotations?: Readonly<Record<string, string>>;
}

const noLabels = (): Readonly<Record<string, string>> => ({});

/** A construct that makes a single object, its default child. */
export abstract class Resource<P extends ResourceProps, O = AnyPatch> extends Construct implements Reference {
  readonly kind: string;
  readonly namespace: string | undefined;
  /** The name without the hash of the content. */
  readonly stableName: string;
  readonly object: KubeObject<O>;
  /** Those that are of their shape. @internal */
  protected readonly props: P;

  /** @internal */
  constructor(scope: Construct, id: string, given: P, kind: ResourceKind<P>) {
    super(inScope(scope, id, new.target), id);
    const { shape, labels = noLabels, decide = () => kind, ...rendering } = kind;
    const props = shaped(this, given, shape, {
      elsewhere: (key) => overrideHint(kind, kubernetesOf(this), key),
    });
    this.props = props;
    applyMovedFrom(this, props);
    this.stableName = props.name ?? nameOf(this);
    const namespace = props.namespace ?? Cdk8sChart.of(this).namespace;
    const {
      apiVersion,
      kind: kindName,
      annotations = {},
    }: DecidedKind = decide({ construct: this, props, name: this.stableName, namespace });
    this.kind = kindName;
    const clusterScoped = scopeOf(apiVersion, kindName) === 'Cluster';
    this.namespace = clusterScoped ? undefined : namespace;
    this.checkProps(props, apiVersion);
    this.object = new KubeObject<O>(this, 'Resource', {
      ...rendering,
      apiVersion,
      kind: kindName,
      metadata: {
        name: this.stableName,
        ...optional('namespace', clusterScoped ? undefined : props.namespace),
        ...nonEmptyRecord('labels', { ...labels(props), ...props.labels }),
        ...(Object.keys(annotations).length === 0
          ? optional('annotations', props.annotations)
          : { annotations: { ...annotations, ...props.annotations } }),
      },
    });
  }

  get name(): string {
    return this.stableName;
  }

  /** Merges into the rendered object; see KubeObject. */
  override(patch: O): this {
    this.object.override(patch);
    return this;
  }

  /** Keeps it in the cluster when it is no longer rendered; see `keep`. */
  keep(): this {
    keep(this);
    return this;
  }

  /** Accepts the findings of a rule of `check` about it; see `suppress`. */
  suppress(rule: string, reason: string): this {
    suppress(this, rule, reason);
    return this;
  }

  private checkProps(props: P, apiVersion: string): void {
    const report: Reporter = reporter(this);
    const wrong = nameRule(apiVersion, this.kind, featureGatesAt(this))(this.stableName);
    if (wrong !== undefined)
      report({
        code: 'INVALID_NAME',
        path: 'name',
        message: `Invalid value: "${this.stableName}": ${wrong}`,
      });
    checkNamespace(props.namespace, report);
    checkLabels(props.labels, 'labels', report);
    checkAnnotations(props.annotations, 'annotations', report);
  }
}

Object.defineProperty(Resource.prototype, WHOLE, { value: true });
