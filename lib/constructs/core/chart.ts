import type { ApiObject, ChartProps as Cdk8sChartProps } from 'cdk8s';
import { Chart as Cdk8sChart } from 'cdk8s';
import { Construct } from 'constructs';
import { maxNameLength } from '../../kube/object-names';
import type { Patches } from '../../kube/patches';
import { isolate } from '../network/isolation';
import type { Defaults } from './defaults';
import { DEFAULTS, setDefaults } from './defaults';
import { keep } from './keep';
import { checkLabels, checkNamespace } from './metadata';
import { applyMovedFrom, type Movable } from './moved-from';
import { NAME_LENGTH, nameByPath, nameOf } from './names';
import type { KubeObject } from './object';
import { reporter, type Reporter } from './problems';
import { optional } from './props';
import type { Reference } from './reference';
import { nameOrReference } from './reference';
import { inspectProps, settle } from './shaped';
import { ENTRIES, flag, record, text } from './shapes';
import { suppress } from './suppress';
import { inScope } from './scope';

/** Props of a chart. */
export interface ChartProps extends Movable {
  /**
   * Namespace of every object in the chart that does not set its own, by name or construct.
   * @default none: the namespace of whoever applies them
   */
  readonly namespace?: string | Reference<'Namespace'>;
  /** Labels of every object in the chart. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Props for every workload of the chart that does not set them itself. @default those of the environment */
  readonly defaults?: Defaults;
  /**
   * Whether the pods of its namespace may call, and be called by, only what is declared: by `connectsTo`, `allowFrom` and
   * `allowTo`, a route, a Service of type LoadBalancer or NodePort, or a text that names the host of a workload. It counts
   * for every chart of the namespace.
   * @default false: pods without a connection may call everyone
   */
  readonly isolated?: boolean;
}

/** The prop of cdk8s is accepted without an effect: names never have a hash. */
const PROPS = record<ChartProps & Omit<Cdk8sChartProps, 'namespace'>>(
  {
    namespace: nameOrReference<'Namespace'>(),
    labels: ENTRIES,
    defaults: DEFAULTS,
    isolated: flag,
    movedFrom: text,
    disableResourceNameHashes: flag,
  },
  { expected: 'props', example: "{ namespace: 'shop' }" },
);

/**
 * Objects that are rendered together, to one file of the output. It is a cdk8s Chart with readable names: the path of ids,
 * without a hash.
 *
 * | object | when | why |
 * |---|---|---|
 * | NetworkPolicy | with `isolated` | denies the pods of the namespace what is not declared; DNS is allowed |
 */
export class Chart extends Cdk8sChart {
  /** The NetworkPolicy that isolates its namespace; `undefined` without the prop `isolated`. */
  readonly isolation: KubeObject<Patches['NetworkPolicy']> | undefined;

  constructor(scope: Construct, id: string, props: ChartProps = {}) {
    const inspected = inspectProps(props, PROPS);
    const { props: own } = inspected;
    const { namespace: given, isolated = false, ...others } = own;
    const namespace = typeof given === 'object' ? given.name : given;
    super(inScope(scope, id, new.target, 'app'), id, {
      ...others,
      ...optional('namespace', namespace),
      disableResourceNameHashes: true,
    });
    nameByPath(this);
    settle(this, inspected);
    const report = reporter(this);
    applyMovedFrom(this, own.movedFrom === undefined ? {} : { movedFrom: own.movedFrom });
    checkNamespace(namespace, report);
    if (typeof given === 'object') this.#follow(given, report);
    checkLabels(own.labels, 'labels', report);
    setDefaults(this, own.defaults);
    this.isolation = isolated ? isolate(this, 'isolation', namespace) : undefined;
  }

  /** Keeps its objects in the cluster when they are no longer rendered; see `keep`. */
  keep(): this {
    keep(this);
    return this;
  }

  /** Objects come after the namespace that they are in. */
  #follow(namespace: Reference, report: Reporter): void {
    const { kind, name } = namespace;
    if (kind !== 'Namespace') {
      const message = `expected a Namespace, got ${kind} "${name}"`;
      report({ code: 'INVALID_PROP', path: 'namespace', message });
    } else if (namespace instanceof Construct) this.node.addDependency(namespace);
  }

  /** Accepts the findings of a rule of `check` about it; see `suppress`. */
  suppress(rule: string, reason: string): this {
    suppress(this, rule, reason);
    return this;
  }

  /** Names an object by its path. Override it to name the objects of a chart differently. */
  override generateObjectName(object: ApiObject): string {
    return nameOf(object, Math.min(NAME_LENGTH, maxNameLength(object.apiVersion, object.kind)));
  }
}
