import { Chart as Cdk8sChart } from 'cdk8s';
import { Construct } from 'constructs';
import { shorten } from '../../kube/names';
import { nodePoolsOf } from '../../profiles/node-pools';
import type { Defaults } from '../core/defaults';
import { findDefaults } from '../core/defaults';
import { Environment, featureGatesAt, kubernetesOf, storageClassOf } from '../core/environment';
import { referTo } from '../core/existing';
import { keep } from '../core/keep';
import type { Movable } from '../core/moved-from';
import { applyMovedFrom } from '../core/moved-from';
import { idsOf, NAME_LENGTH, nameOf } from '../core/names';
import type { KubeObjectProps } from '../core/object';
import { KubeObject } from '../core/object';
import { WHOLE } from '../core/origin';
import type { AnyPatch } from '../core/override';
import type { Reporter } from '../core/problems';
import { optional } from '../core/props';
import { overrideHint, propsShape } from '../core/kubernetes-words';
import { isShaped, shaped } from '../core/shaped';
import type { Shapes } from '../core/shape';
import type { RecordShape, Words } from '../core/shapes';
import { ENTRIES, text } from '../core/shapes';
import { suppress } from '../core/suppress';
import type { Peer } from '../network/peer';
import { checkWorkload } from './check-workload';
import type { ContainerProps } from './container/container';
import { CONTAINER_SHAPES, portsOf } from './container/container';
import type { NamedPort } from './container/ports';
import type { Storage } from './container/storage';
import type { ContainerList } from './pod/added-containers';
import { AddedContainers } from './pod/added-containers';
import type { ContainersProps } from './pod/containers';
import { CONTAINER } from './pod/containers';
import type { InitContainerProps, PodPlace, PodProps } from './pod/pod';
import { POD_SHAPES, renderPodTemplate } from './pod/pod';
import { WORKLOAD_WORDS } from './pod/words';
import type { AnyTrait, TraitPlace } from './trait';
import { attach, exposeMembers, partsOf } from './trait';
import type { CommonTraitProps, CommonTraits } from './trait-lists';
import { COMMON_TRAITS } from './trait-lists';
import { withDefaults, withResources } from './with-defaults';
import type { NamedKind } from './workload-name';
import { longestName } from './workload-name';
import { spreadBy } from '../rollout/primary';
import { inScope } from '../core/scope';

/** Props of every workload. `S` is what it takes as storage. */
export interface WorkloadProps<S = Storage> extends ContainerProps<S>, PodProps, CommonTraitProps, Movable {
  /** Name of the workload. @default the path of ids below the environment, joined by dashes */
  readonly name?: string;
  /** Namespace of its objects. @default the chart's */
  readonly namespace?: string;
  /** Labels of every object that the workload makes. @default the selector's */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the workload itself. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Labels that select its pods. A cluster never lets them change.
   * @default `app.kubernetes.io/name` and `app.kubernetes.io/instance`, both the workload's name
   */
  readonly selector?: Readonly<Record<string, string>>;
}

export const WORKLOAD_SHAPES: Shapes<WorkloadProps> = {
  ...CONTAINER_SHAPES,
  ...POD_SHAPES,
  ...COMMON_TRAITS.shapes,
  name: text,
  movedFrom: text,
  namespace: text,
  labels: ENTRIES,
  annotations: ENTRIES,
  selector: ENTRIES,
};

/** The props of a kind of workload, and what takes the place of Kubernetes' words that only it has. */
export function workloadShape<P>(shapes: Shapes<P>, words: Words = {}): RecordShape<P> {
  return propsShape<P>(shapes, { ...WORKLOAD_WORDS, ...words });
}

/** What distinguishes one kind of workload from another. */
export interface WorkloadKind<P> extends NamedKind {
  readonly shape: RecordShape<P>;
  /** The traits that it takes, those of every workload among them. */
  readonly traits: readonly AnyTrait<P>[];
  /** Name of the one port that the user did not name, where nothing says what it speaks. @default 'main', whatever it speaks */
  readonly defaultPort?: string;
  /** Whether its pods call each other. @default false */
  readonly podsCallEachOther?: boolean;
  /** See KubeObjectProps. */
  readonly finish?: KubeObjectProps['finish'];
}

// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- exposeMembers gives these to the class
export interface Workload<S = Storage, P extends WorkloadProps<S> = WorkloadProps<S>> extends CommonTraits {}

/**
 * Pods and what runs them. The main object is the construct's default child, so that `ApiObject.of(workload)` finds
 * it as for any construct of cdk8s.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
export abstract class Workload<S = Storage, P extends WorkloadProps<S> = WorkloadProps<S>>
  extends Construct
  implements Peer
{
  /** Name of its objects; that of a Job ends in a hash where it runs again on each change. */
  readonly name: string;
  /** Namespace of its objects; `undefined` where whoever applies them decides. */
  readonly namespace: string | undefined;
  /** Labels that select its pods. */
  readonly matchLabels: Readonly<Record<string, string>>;
  /** The main object: Deployment, StatefulSet, DaemonSet, Job or CronJob. */
  readonly object: KubeObject;
  /** Ports of the main container. */
  readonly ports: readonly NamedPort[];
  protected readonly props: P;
  readonly #kind: WorkloadKind<P>;
  readonly #place: TraitPlace;
  readonly #defaults: Defaults | undefined;
  #added: AddedContainers | undefined;

  /** @internal */
  constructor(scope: Construct, id: string, given: P, kind: WorkloadKind<P>) {
    super(inScope(scope, id, new.target), id);
    const own = shaped(this, given, kind.shape, {
      elsewhere: (key) => overrideHint(kind, kubernetesOf(this), key),
    });
    this.#defaults = findDefaults(this);
    const props = withDefaults(own, this.#defaults);
    const { apiVersion, kind: kindName, traits, podsCallEachOther = false } = kind;
    this.props = props;
    this.#kind = kind;
    applyMovedFrom(this, props);
    this.name = props.name ?? nameOf(this, longestName(kind));
    this.namespace = props.namespace ?? Cdk8sChart.of(this).namespace;
    this.matchLabels = props.selector ?? {
      'app.kubernetes.io/name': this.name,
      'app.kubernetes.io/instance': this.name,
    };
    this.ports = traits.reduce(
      (ports, trait) => trait.markPorts?.(ports, props) ?? ports,
      portsOf(props, kind.defaultPort),
    );
    checkWorkload(this, props, kind);
    this.#place = {
      workload: this,
      apiVersion,
      kind: kindName,
      name: this.name,
      ports: this.ports,
      severalPods: traits.some(({ severalPods }) => severalPods?.(props) === true),
      served: kind.served === true,
      podsCallEachOther,
      metadata: (annotations) => this.metadata(annotations),
      runningContainers: () => this.runningContainers(),
      rendered: () => this.object.render().object,
    };
    attach(traits, this.#place, props, 'preceding');
    this.object = new KubeObject(this, 'Resource', {
      apiVersion,
      kind: kindName,
      metadata: this.metadata(props.annotations),
      content: (report) => ({ spec: this.renderWhole(report) }),
      ...optional('finish', kind.finish),
    });
    attach(traits, this.#place, props, 'following');
    referTo(this.object, () => [this.#added?.addTo(this.props) ?? this.props]);
  }

  /** Merges into the rendered main object; see KubeObject. */
  override(patch: AnyPatch): this {
    this.object.override(patch);
    return this;
  }

  /** Keeps its objects in the cluster when they are no longer rendered; see `keep`. */
  keep(): this {
    keep(this);
    return this;
  }

  /** Accepts the findings of a rule of `check` about it; see `suppress`. */
  suppress(rule: string, reason: string): this {
    suppress(this, rule, reason);
    return this;
  }

  /** Adds a container that runs alongside the main one. */
  addContainer(name: string, props: ContainerProps): this {
    return this.#add('containers', name, props);
  }

  /** Adds a container that runs before the main one, after the existing init containers. */
  addInitContainer(name: string, props: InitContainerProps): this {
    return this.#add('initContainers', name, props);
  }

  /** Adds a container that starts before the main one and ends after it. */
  addSidecar(name: string, props: ContainerProps): this {
    return this.#add('sidecars', name, props);
  }

  #add(kind: ContainerList, name: string, props: ContainerProps): this {
    if (!isShaped(this, `${kind}.${name}`, props, CONTAINER)) return this;
    this.#added ??= new AddedContainers(this);
    this.#added.add(kind, name, withResources(props, this.#defaults), this.props);
    return this;
  }

  /** `spec` of the main object. @internal */
  protected abstract renderSpec(report: Reporter): Readonly<Record<string, unknown>>;

  /** `spec` with what the traits add. */
  private renderWhole(report: Reporter): object {
    const spec = { ...this.renderSpec(report) };
    for (const part of partsOf(this))
      if (part.renderSpec !== undefined) Object.assign(spec, part.renderSpec(report));
    return spec;
  }

  /** Mounts storage that only this kind of workload knows. @internal */
  protected mount?: PodPlace<S>['mount'];

  /** Whether a failed container is started again in its pod. @internal */
  protected get restartPolicy(): 'Never' | 'OnFailure' | undefined {
    return undefined;
  }

  /** Names of the volumes that the cluster makes for each replica. @internal */
  protected claims(): readonly string[] {
    return [];
  }

  /** Metadata of an object that belongs to the workload: its name, namespace and labels. @internal */
  protected metadata(annotations?: Readonly<Record<string, string>>): ReturnType<TraitPlace['metadata']> {
    const { name, matchLabels } = this;
    const { namespace, labels } = this.props;
    return {
      name,
      ...optional('namespace', namespace),
      labels: { ...matchLabels, ...labels },
      ...optional('annotations', annotations),
    };
  }

  /** `template` of the main object. @internal */
  protected renderTemplate(report: Reporter): object {
    const { restartPolicy } = this;
    const { served, defaultPort } = this.#kind;
    const place: PodPlace<S> = {
      containerName: this.containerName,
      gates: featureGatesAt(this),
      selector: this.matchLabels,
      spreadBy: spreadBy(this),
      severalPods: this.#place.severalPods,
      pools: nodePoolsOf(Environment.of(this)?.profile ?? {}),
      claims: this.claims(),
      classOf: (word) => storageClassOf(this, word),
      parts: partsOf(this).flatMap((part) => part.renderPod?.(report) ?? []),
      ...optional('served', served),
      ...optional('restartPolicy', restartPolicy),
      ...optional('defaultPort', defaultPort),
      ...optional('mount', this.mount),
    };
    return renderPodTemplate<S>(this.#added?.addTo(this.props) ?? this.props, place, report);
  }

  /** Name of the main container, unless the props name it. */
  private get containerName(): string {
    return shorten(idsOf(this).slice(-1), NAME_LENGTH);
  }

  private runningContainers(): Readonly<Record<string, ContainerProps<unknown>>> {
    const props: ContainerProps<unknown> & ContainersProps = this.props;
    const { containers, sidecars, ...main } = this.#added?.addTo(props) ?? props;
    return { [main.containerName ?? this.containerName]: main, ...containers, ...sidecars };
  }
}

Object.defineProperty(Workload.prototype, WHOLE, { value: true });
exposeMembers(Workload, COMMON_TRAITS.list);
