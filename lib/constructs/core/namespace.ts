import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import type { ContainerLimits } from '../guard-rails/container-limits';
import { CONTAINER_LIMITS, renderContainerLimits } from '../guard-rails/container-limits';
import type { PodSecurity } from '../guard-rails/pod-security';
import {
  checkPodSecurity,
  enforcesBaseline,
  POD_SECURITY,
  podSecurityLabels,
} from '../guard-rails/pod-security';
import type { Amounts } from '../guard-rails/quota';
import { AMOUNTS, renderQuota } from '../guard-rails/quota';
import type { SecurityProfile } from '../workloads/container/security';
import { isolate } from '../network/isolation';
import { refuseNetAdmin } from '../network/mesh/net-admin';
import { Chart } from './chart';
import { propsShape } from './kubernetes-words';
import { nameAsAt } from './names';
import { KubeObject } from './object';
import { below, reporter } from './problems';
import type { ResourceProps } from './resource';
import { CLUSTER_SCOPED_SHAPES, Resource } from './resource';
import { inScope, isInChart } from './scope';
import { flag } from './shapes';

/** Props of a Namespace. */
export interface NamespaceProps extends Omit<ResourceProps, 'namespace'> {
  /**
   * Level of the Pod Security Standards that the API server enforces, or a level for each mode; `false` leaves it to the
   * cluster.
   *
   * @default 'restricted'
   */
  readonly podSecurity?: SecurityProfile | PodSecurity | false;
  /**
   * The most that all of its objects may have together: `cpu`, `memory`, `storage`, `ephemeral-storage` and extended
   * resources are the sums of requests, and `pods`, `services`, `limits.memory`, `count/jobs.batch` and others are as in a
   * ResourceQuota. Pods that leave out a request or limit that it counts are rejected, unless `limits` sets a default.
   *
   * @default no quota
   */
  readonly quota?: Amounts;
  /** Defaults and bounds of what its containers request and use. @default none */
  readonly limits?: ContainerLimits;
  /**
   * Whether its pods may call, and be called by, only what is declared; see `isolated` of a chart.
   * @default false: pods without a connection may call everyone
   */
  readonly isolated?: boolean;
}

const PROPS = propsShape<NamespaceProps>({
  ...CLUSTER_SCOPED_SHAPES,
  podSecurity: POD_SECURITY,
  quota: AMOUNTS,
  limits: CONTAINER_LIMITS,
  isolated: flag,
});

/**
 * A namespace. It is applied before everything else. Outside of a chart it makes one of its own, so that it can be the
 * `namespace` of another: `new Chart(env, 'shop', { namespace: new Namespace(env, 'shop') })`.
 *
 * | object | when | why |
 * |---|---|---|
 * | Namespace | always | holds the objects of an application, and enforces a level of Pod Security |
 * | ResourceQuota | with `quota` | bounds what all objects have together |
 * | LimitRange | with `limits` | gives containers defaults, and bounds them |
 * | NetworkPolicy | with `isolated` | denies its pods what is not declared; DNS is allowed |
 */
export class Namespace extends Resource<NamespaceProps, Patches['Namespace']> {
  /** The ResourceQuota; `undefined` without the prop `quota`. */
  readonly quota: KubeObject<Patches['ResourceQuota']> | undefined;
  /** The LimitRange; `undefined` without the prop `limits`. */
  readonly limits: KubeObject<Patches['LimitRange']> | undefined;
  /** The NetworkPolicy that isolates it; `undefined` without the prop `isolated`. */
  readonly isolation: KubeObject<Patches['NetworkPolicy']> | undefined;

  constructor(scope: Construct, id: string, props: NamespaceProps = {}) {
    const place = inScope(scope, id, new.target, 'app');
    const isCharted = isInChart(place);
    super(isCharted ? place : ownChart(place, id), isCharted ? id : 'Default', props, {
      apiVersion: 'v1',
      kind: 'Namespace',
      shape: PROPS,
      labels: ({ podSecurity }) => podSecurityLabels(podSecurity),
      content: () => ({}),
    });
    const { podSecurity, quota, limits, isolated = false } = this.props;
    checkPodSecurity(podSecurity, below('podSecurity', reporter(this)));
    if (enforcesBaseline(podSecurity)) refuseNetAdmin(this, this.name);
    const metadata = { name: this.name, namespace: this.name };
    this.quota =
      quota &&
      new KubeObject<Patches['ResourceQuota']>(this, 'quota', {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata,
        content: (report) => ({ spec: { hard: renderQuota(quota, below('quota', report)) } }),
      });
    this.limits =
      limits &&
      new KubeObject<Patches['LimitRange']>(this, 'limits', {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata,
        content: (report) => ({ spec: { limits: renderContainerLimits(limits, below('limits', report)) } }),
      });
    this.isolation = isolated ? isolate(this, 'isolation', this.name, this.name) : undefined;
  }
}

/** A chart for a namespace that is in none. It does not count in the name. */
function ownChart(scope: Construct, id: string): Construct {
  const chart = new Chart(scope, `${id}-namespace`);
  nameAsAt(chart, id);
  return chart;
}
