import { Chart as Cdk8sChart } from 'cdk8s';
import { Construct } from 'constructs';
import { shorten } from '../../kube/names';
import { defaultStorageClass, Environment, kubernetesOf } from '../core/environment';
import type { ContainerProps } from './container/container';
import { CONTAINER_KEYS, portsOf } from './container/container';
import type { NamedPort } from './container/ports';
import type { Storage } from './container/storage';
import { checkAnnotations, checkLabels, checkNamespace } from '../core/metadata';
import { referTo } from '../core/existing';
import type { Movable } from '../core/moved-from';
import { applyMovedFrom } from '../core/moved-from';
import { idsOf, NAME_LENGTH, nameOf } from '../core/names';
import type { KubeObjectProps } from '../core/object';
import type { AddressBlock, ConnectionPort, Peer } from '../network/network';
import { Connections, renderConnectionPorts } from '../network/network';
import { KubeObject } from '../core/object';
import { WHOLE } from '../core/origin';
import type { InitContainerProps, PodPlace, PodProps, PodTemplateProps } from './pod/pod';
import { POD_KEYS, renderPodTemplate } from './pod/pod';
import type { Reporter } from '../core/problems';
import { below, report, reporter } from '../core/problems';
import type { Keys } from '../core/props';
import { checkKeys, optional } from '../core/props';
import type { Reference } from '../core/reference';
import { referenceName } from '../core/reference';
import type { ResourceProps } from '../core/resource';
import type { NamedKind } from './workload-name';
import { longestName, nameProblem } from './workload-name';
import type { ServiceAccount } from '../access/service-account';
import { suppress } from '../core/suppress';
import { OwnServiceAccount } from '../access/service-account';

/** What every workload is made with. `S` is what it takes as storage. */
export interface WorkloadProps<S = Storage> extends ContainerProps<S>, PodProps, Movable {
  /** Name of the workload. @default the path of ids below the environment, joined by dashes */
  readonly name?: string;
  /** @default the chart's */
  readonly namespace?: string;
  /** Labels of every object that the workload makes. @default the selector's */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the workload itself. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Labels by which its pods are found. A cluster never lets them change.
   * @default `app.kubernetes.io/name` and `app.kubernetes.io/instance`, both the workload's name
   */
  readonly selector?: Readonly<Record<string, string>>;
  /** A ServiceAccount by name or reference. @default one of its own, without a token */
  readonly serviceAccount?: string | Reference<'ServiceAccount'>;
}

export const WORKLOAD_KEYS: Keys<WorkloadProps> = {
  ...CONTAINER_KEYS,
  ...POD_KEYS,
  name: true,
  movedFrom: true,
  namespace: true,
  labels: true,
  annotations: true,
  selector: true,
  serviceAccount: true,
};

/** What tells one kind of workload from another. */
export interface WorkloadKind<P> extends NamedKind {
  readonly keys: Keys<P>;
  /** Name of the one port that the user did not name. @default 'main' */
  readonly defaultPort?: string;
  readonly restartPolicy?: 'Never' | 'OnFailure';
  /** See KubeObjectProps. */
  readonly finish?: KubeObjectProps['finish'];
}

/** Containers that were added after the workload was made, by name. */
interface Added {
  readonly containers: Record<string, ContainerProps>;
  readonly initContainers: Record<string, InitContainerProps>;
  readonly sidecars: Record<string, ContainerProps>;
}

/**
 * Pods and what runs them. The main object is the construct's default child, so that `ApiObject.of(workload)` finds
 * it as for any construct of cdk8s.
 */
export abstract class Workload<S = Storage, P extends WorkloadProps<S> = WorkloadProps<S>>
  extends Construct
  implements Peer
{
  /** Name of the objects that stand for it; that of a Job goes on with a hash where it runs again on each change. */
  readonly name: string;
  readonly namespace: string | undefined;
  /** Labels by which its pods are found. */
  readonly matchLabels: Readonly<Record<string, string>>;
  /** The main object: Deployment, StatefulSet, DaemonSet, Job or CronJob. */
  readonly object: KubeObject;
  /** The ServiceAccount of its own, where it has one. */
  readonly serviceAccount: ServiceAccount | undefined;
  /** Ports of the main container. */
  readonly ports: readonly NamedPort[];
  protected readonly props: P;
  readonly #kind: WorkloadKind<P>;
  #connections: Connections | undefined;
  #added: Added | undefined;

  constructor(scope: Construct, id: string, props: P, kind: WorkloadKind<P>) {
    super(scope, id);
    this.props = props;
    this.#kind = kind;
    applyMovedFrom(this, props);
    this.name = props.name ?? nameOf(this, longestName(kind));
    this.namespace = props.namespace ?? Cdk8sChart.of(this).namespace;
    this.matchLabels = props.selector ?? {
      'app.kubernetes.io/name': this.name,
      'app.kubernetes.io/instance': this.name,
    };
    this.ports = portsOf(props, kind.defaultPort);
    this.check(props, kind);
    this.serviceAccount = props.serviceAccount === undefined ? this.ownServiceAccount() : undefined;
    this.object = new KubeObject(this, 'Resource', {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: this.metadata(optional('annotations', props.annotations)),
      content: (report) => ({ spec: this.renderSpec(report) }),
      ...optional('finish', kind.finish),
    });
    referTo(this.object, () => [this.props, this.#added]);
  }

  /** Merges into the rendered main object; see KubeObject. */
  override(patch: Parameters<KubeObject['override']>[0]): this {
    this.object.override(patch);
    return this;
  }

  /** Accepts what a rule of `check` finds about it, with the reason; see `suppress`. */
  suppress(rule: string, reason: string): this {
    suppress(this, rule, reason);
    return this;
  }

  /**
   * Says that its pods call those of `peer`, and so lets them: a NetworkPolicy on both sides. From its first connection
   * on, a workload may call nothing else but DNS, and be called by no one else but its route.
   *
   * @param peer a workload of ours or of cdk8s-plus, or addresses outside the cluster: `{ cidr: '0.0.0.0/0' }`
   * @param options.port which ports, by name or number. @default all of the other side's
   */
  connectsTo(
    peer: Peer | AddressBlock,
    options: { readonly port?: ConnectionPort | readonly ConnectionPort[] } = {},
  ): this {
    const known = peer instanceof Workload ? peer.ports : [];
    const ports = renderConnectionPorts(this, known, options.port);
    this.connections.allowTo(peer, ports);
    if (peer instanceof Workload) peer.connections.allowFrom(this, ports);
    return this;
  }

  /** The NetworkPolicy of the workload, once it has connections. */
  protected get connections(): Connections {
    this.#connections ??= new Connections(this, this.metadata(), this.talksToItself());
    return this.#connections;
  }

  /** Adds a container beside the main one. */
  addContainer(name: string, props: ContainerProps): this {
    return this.add('containers', name, props);
  }

  /** Adds a container that runs before the main one, after those that are there. */
  addInitContainer(name: string, props: InitContainerProps): this {
    return this.add('initContainers', name, props);
  }

  /** Adds a container that starts before the main one and ends after it. */
  addSidecar(name: string, props: ContainerProps): this {
    return this.add('sidecars', name, props);
  }

  private add(kind: 'containers' | 'initContainers' | 'sidecars', name: string, props: ContainerProps): this {
    this.#added ??= { containers: {}, initContainers: {}, sidecars: {} };
    if (Object.hasOwn({ ...this.props[kind], ...this.#added[kind] }, name))
      report(this, {
        code: 'DUPLICATE_NAME',
        path: `${kind}.${name}`,
        message: `there is a "${name}" already`,
      });
    this.#added[kind][name] = props;
    return this;
  }

  /** `spec` of the main object. */
  protected abstract renderSpec(report: Reporter): Readonly<Record<string, unknown>>;

  /** Whether its pods talk to each other. */
  protected talksToItself(): boolean {
    return false;
  }

  /** Whether two pods or more run at a time. */
  protected several(): boolean {
    return false;
  }

  /** Mounts storage that only this kind of workload knows. */
  protected mount?: PodPlace<S>['mount'];

  /** Names of the volumes that the cluster makes for each replica. */
  protected claims(): readonly string[] {
    return [];
  }

  /** Metadata of an object that stands for the workload: its name, namespace and labels. */
  protected metadata(
    more: { readonly annotations?: Readonly<Record<string, string>> } = {},
  ): ResourceProps & { readonly name: string } {
    const { name, matchLabels } = this;
    const { namespace, labels } = this.props;
    return { name, ...optional('namespace', namespace), labels: { ...matchLabels, ...labels }, ...more };
  }

  /** `template` of the main object. */
  protected renderTemplate(report: Reporter): object {
    const { serviceAccount, nodePool } = this.props;
    const account = serviceAccount === undefined ? this.serviceAccount : serviceAccount;
    const pool = nodePool === undefined ? undefined : this.findPool(nodePool, report);
    const place: PodPlace<S> = {
      containerName: this.containerName,
      kubernetes: kubernetesOf(this),
      selector: this.matchLabels,
      several: this.several(),
      ownServiceAccount: this.serviceAccount !== undefined,
      claims: this.claims(),
      ...optional('storageClass', defaultStorageClass(this)),
      ...optional(
        'serviceAccountName',
        account && referenceName(account, 'ServiceAccount', below('serviceAccount', report)),
      ),
      ...optional('served', this.#kind.served),
      ...optional('restartPolicy', this.#kind.restartPolicy),
      ...optional('defaultPort', this.#kind.defaultPort),
      ...optional('mount', this.mount),
      ...optional('pool', pool),
    };
    return renderPodTemplate(this.podProps(), place, report);
  }

  /** The props with all containers that were added since. */
  private podProps(): PodTemplateProps<S> {
    const added = this.#added;
    if (added === undefined) return this.props;
    const { containers, initContainers, sidecars } = this.props;
    return {
      ...this.props,
      containers: { ...containers, ...added.containers },
      initContainers: { ...initContainers, ...added.initContainers },
      sidecars: { ...sidecars, ...added.sidecars },
    };
  }

  /** Name of the main container, unless the props say another. */
  private get containerName(): string {
    return shorten(idsOf(this).slice(-1), NAME_LENGTH);
  }

  /** The containers that run all the time, by name. */
  protected runningContainers(): Readonly<Record<string, ContainerProps<unknown>>> {
    const { containers, sidecars, ...main } = this.podProps();
    return { [main.containerName ?? this.containerName]: main, ...containers, ...sidecars };
  }

  private findPool(name: string, report: Reporter): PodPlace<S>['pool'] {
    const pools = Environment.of(this)?.profile.nodePools ?? [];
    const pool = pools.find((candidate) => candidate.name === name);
    if (pool === undefined) {
      const known = pools.map((candidate) => candidate.name).join(', ') || 'none';
      const message = `the cluster's profile has no node pool "${name}"; it has ${known}`;
      report({ code: 'INVALID_PROP', path: 'nodePool', message });
    }
    return pool;
  }

  private ownServiceAccount(): ServiceAccount {
    return new OwnServiceAccount(this, 'service-account', this.metadata());
  }

  private check(props: P, kind: WorkloadKind<P>): void {
    const report: Reporter = reporter(this);
    checkKeys(props, kind.keys, report);
    const wrong = nameProblem(this.name, kind, kubernetesOf(this));
    if (wrong !== undefined)
      report({ code: 'INVALID_NAME', path: 'name', message: `"${this.name}" is no name: ${wrong}` });
    checkNamespace(props.namespace, report);
    checkLabels(props.selector, 'selector', report);
    checkLabels(props.labels, 'labels', report);
    checkLabels(props.podLabels, 'podLabels', report);
    checkAnnotations(props.annotations, 'annotations', report);
    checkAnnotations(props.podAnnotations, 'podAnnotations', report);
    for (const [key, value] of Object.entries(props.podLabels ?? {})) {
      if ((this.matchLabels[key] ?? value) === value) continue;
      const message = `the pods are found by ${key}: ${this.matchLabels[key]}`;
      report({ code: 'INVALID_LABEL', path: `podLabels.${key}`, message, hint: 'Say it under `selector`.' });
    }
    if (Object.keys(this.matchLabels).length === 0) {
      const message = 'a selector needs a label, or it would find every pod';
      report({ code: 'MISSING_PROP', path: 'selector', message });
    }
  }
}

Object.defineProperty(Workload.prototype, WHOLE, { value: true });
