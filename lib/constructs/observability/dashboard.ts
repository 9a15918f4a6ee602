import { shorten } from '../../kube/names';
import type { Patches } from '../../kube/patches';
import { checkAnnotations, checkLabels } from '../core/metadata';
import { NAME_LENGTH } from '../core/names';
import { KubeObject } from '../core/object';
import { below } from '../core/problems';
import { anyOf, constant, ENTRIES, record, text } from '../core/shapes';
import type { Trait } from '../workloads/trait';
import { findPart } from '../workloads/trait';
import { alerts } from './alerts';
import { dashboardJson } from './dashboard-json';

/** A dashboard of Grafana. */
export interface Dashboard {
  /** Its title. @default namespace and name of the workload */
  readonly title?: string;
  /** Labels by which the sidecar of Grafana finds it. @default `grafana_dashboard: '1'` */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations that the sidecar reads, such as that of the folder. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What people look at. */
export interface DashboardProps {
  /**
   * A dashboard of Grafana: requests, errors and latency of a workload with ports; CPU and memory with requests and limits,
   * restarts, replicas.
   * @default none
   * @example { title: 'Shop', labels: { grafana_dashboard: 'shop' } }
   */
  readonly dashboard?: true | Dashboard;
}

/**
 * The dashboard of a workload.
 *
 * | object | when | why |
 * |---|---|---|
 * | ConfigMap | with `dashboard` | the sidecar of Grafana loads it by its label |
 */
export interface Charted {
  /** The ConfigMap with the dashboard; `undefined` without the prop `dashboard`. */
  readonly dashboard: KubeObject<Patches['ConfigMap']> | undefined;
}

const DASHBOARD = record<Dashboard>(
  { title: text, labels: ENTRIES, annotations: ENTRIES },
  { example: "{ title: 'Shop' }" },
);

/** The label that the sidecar of the Grafana chart looks for (`sidecar.dashboards.label` and `labelValue`). */
const LABELS = { grafana_dashboard: '1' };

/** Shows what a workload does. */
export const dashboard: Trait<DashboardProps, Charted> = {
  shapes: { dashboard: anyOf<true | Dashboard>([constant(true), DASHBOARD]) },
  members: { dashboard: true },
  attach: (place, { dashboard: given }) => {
    if (given === undefined) return { dashboard: undefined };
    const { workload, name, ports } = place;
    const { title, labels = LABELS, annotations }: Dashboard = given === true ? {} : given;
    const metadata = place.metadata(annotations);
    const object = new KubeObject<Patches['ConfigMap']>(workload, 'dashboard', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        ...metadata,
        name: shorten([name, 'dashboard'], NAME_LENGTH),
        labels: { ...metadata.labels, ...labels },
      },
      content: (report) => {
        checkLabels(labels, 'labels', below('dashboard', report));
        checkAnnotations(annotations, 'annotations', below('dashboard', report));
        const target = findPart(workload, alerts)?.target();
        if (target === undefined) return {};
        const called = title ?? (target.namespace === undefined ? name : `${target.namespace} / ${name}`);
        return { data: { [`${name}.json`]: dashboardJson(called, target, ports.length > 0) } };
      },
    });
    return { dashboard: object };
  },
};
