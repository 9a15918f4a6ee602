import type { RequestMetrics } from '../request-metrics';

/** A workload as alerts and dashboards see it: what its metrics are labelled with. */
export interface AlertTarget {
  /** Kind of the object that makes the pods: `Deployment`, or `Rollout` of Argo Rollouts. */
  readonly kind: string;
  /** Name of that object. */
  readonly name: string;
  /** Namespace of the pods. @default unknown: the alerts hold for each namespace where there are such pods */
  readonly namespace?: string;
  /** Name of the object whose pods serve, where Flagger copies that one. @default `name` */
  readonly serving?: string;
  /** Regular expression of the names of the pods. @default the names that the controller of the kind gives */
  readonly pods?: string;
  /** Resources that a container has a limit of. */
  readonly limited: readonly ('cpu' | 'memory')[];
  /** Regular expressions of the names of the PersistentVolumeClaims that the pods mount. */
  readonly claims: readonly string[];
  /** Names of the cert-manager Certificates that its routes present. */
  readonly certificates: readonly string[];
  /** Name of the HorizontalPodAutoscaler. @default none */
  readonly autoscaler?: string;
  /** Metrics by which it counts requests. */
  readonly metrics: RequestMetrics;
}

/** When an alert fires, and how. */
export interface AlertOptions {
  /**
   * Where it fires: a percentage such as `5%`, a duration such as `500ms` or `21d`, or a number, as the alert measures.
   * @default by alert: see the guide "Monitoring"
   */
  readonly at?: string | number;
  /** How long that must hold: `10m`. @default by alert */
  readonly for?: string;
  /** Value of the label `severity`, by which Alertmanager routes it. @default 'critical' for errors, else 'warning' */
  readonly severity?: string;
  /** How far back it looks, where it measures a rate or an increase: `5m`. @default '5m', and '1h' for restarts */
  readonly over?: string;
  /** Share of the requests that must be faster, for `latency`. @default 0.99 */
  readonly quantile?: number;
  /** Names of the cert-manager Certificates that it looks at, for `certificate`. @default those of its Ingresses */
  readonly names?: readonly string[];
  /** URL of what to do when it fires. @default none */
  readonly runbook?: string;
}

/** What an alert measures: it fires where `query` compares so to `threshold`. */
export interface Measure {
  /** PromQL of one value, or one for each pod, container or object. */
  readonly query: string;
  readonly fires: '>' | '>=' | '<' | '<=';
  /** A share (0.05 for 5%), seconds, or a number. */
  readonly threshold: number;
}

/** An alerting rule, as Rule of monitoring.coreos.com/v1 has it, and what it measures. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly measure: Measure;
}

/** The settings of an alert, as its query reads them. */
export interface AlertSettings {
  readonly over: string;
  readonly quantile: number;
}

/** An alert of the catalogue. */
export interface AlertKind {
  /** Name of the alert: `ErrorRateHigh`. */
  readonly alert: string;
  /** What `at` is. */
  readonly unit: 'percentage' | 'duration' | 'number';
  readonly fires: Measure['fires'];
  readonly defaults: { readonly at: string | number; readonly for: string } & Pick<
    AlertOptions,
    'severity' | 'over'
  >;
  /** What the target lacks to have the alert, to follow "needs"; `undefined` where it has all. */
  readonly lacks?: (target: AlertTarget) => string | undefined;
  readonly query: (target: AlertTarget, settings: AlertSettings) => string;
  /** What is wrong when it fires. `{at}` is the threshold, `{over}` the time that it looks back. */
  readonly summary: string;
  /** The measured value, in a sentence. */
  readonly description: string;
}
