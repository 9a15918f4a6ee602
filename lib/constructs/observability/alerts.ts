import type { CustomPatches } from '../../kube/custom/patches';
import { promqlProblems } from '../../promql/check';
import { describePromqlProblem } from '../../promql/problem';
import { requireInstalled } from '../core/installed';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { nonEmptyRecord, optional, shown } from '../core/props';
import type { Shape, Shapes } from '../core/shape';
import { isObject } from '../core/shape';
import { anyOf, choice, ENTRIES, list, number, record, text } from '../core/shapes';
import { primaryOf } from '../rollout/primary';
import { scaleTarget } from '../rollout/scale-target';
import type { Trait, TraitPlace } from '../workloads/trait';
import type { AlertOptions, AlertTarget } from './alerts/alert';
import { ALERT_NAMES, alertRule, type AlertName } from './alerts/catalogue';
import { readDuration } from './alerts/units';
import type { RequestMetrics, RequestMetricsConvention } from './request-metrics';
import { REQUEST_METRICS, requestMetrics } from './request-metrics';
import { selectedLabels } from './selected';
import { alertTarget } from './target';

/** Ready-made alerts with settings of their own. */
export interface ReadyMadeAlerts {
  /** More than 5% of its requests fail, for 5m. @default not set */
  readonly errors?: AlertOptions;
  /** The 99th percentile of the duration of its requests is more than 1s, for 10m. @default not set */
  readonly latency?: AlertOptions;
  /** A container uses more than 85% of its limit of memory or CPU, for 10m. @default not set */
  readonly saturation?: AlertOptions;
  /** A container restarted more than 3 times in an hour. @default not set */
  readonly restarts?: AlertOptions;
  /** Fewer than 100% of its pods are available, for 15m. @default not set */
  readonly replicas?: AlertOptions;
  /** Its autoscaler is at 100% of its maximum, for 15m. @default not set */
  readonly autoscaler?: AlertOptions;
  /** A volume is more than 85% full, for 15m. @default not set */
  readonly volume?: AlertOptions;
  /** More than 0 Jobs have failed; those of a CronJob since its last success. @default not set */
  readonly failed?: AlertOptions;
  /** A certificate of its routes expires in less than 14d, which cert-manager should have renewed. @default not set */
  readonly certificate?: AlertOptions;
}

/** An alert in PromQL of one's own. */
export interface OwnAlert {
  /** Name of the alert: `OrdersStuck`. */
  readonly name: string;
  /** The expression, which is kept as it is; one that Prometheus would not take is an error, with line and column. */
  readonly expr: string;
  /** How long it must hold: `10m`. @default '5m' */
  readonly for?: string;
  /** Value of the label `severity`, by which Alertmanager routes it. @default 'warning' */
  readonly severity?: string;
  /** What is wrong when it fires; may have templates of Prometheus. @default the name of the workload and of the alert */
  readonly summary?: string;
  /** Details, which may have templates of Prometheus: `{{ $value }}`. @default none */
  readonly description?: string;
  /** URL of what to do when it fires. @default none */
  readonly runbook?: string;
  /** Further labels. @default `namespace` and `workload` */
  readonly labels?: Readonly<Record<string, string>>;
  /** Further annotations. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A ready-made alert by its name or with settings, or one's own. */
export type AlertProp = AlertName | ReadyMadeAlerts | OwnAlert;

/** What wakes people up. */
export interface AlertedProps {
  /**
   * Alerts about the workload, ready-made by name or in PromQL. They need the Prometheus Operator.
   * @default none
   * @example ['errors', 'restarts', { latency: { at: '500ms', severity: 'page' } }, { name: 'OrdersStuck', expr: 'max(orders_waiting) > 100' }]
   */
  readonly alerts?: readonly AlertProp[];
  /**
   * The metrics by which the program counts its requests, for alerts and dashboards: `prometheus` for `http_requests_total`
   * with `code`, `opentelemetry` for `http_server_request_duration_seconds`, `grpc` for `grpc_server_handled_total`.
   * @default 'prometheus'
   */
  readonly requestMetrics?: RequestMetricsConvention | RequestMetrics;
}

/**
 * The alerts of a workload.
 *
 * | object | when | why |
 * |---|---|---|
 * | PrometheusRule | with `alerts` | Prometheus evaluates them; its labels are those that `prometheus.ruleSelector` of the profile requires |
 */
export interface Alerted {
  /** The alerts; `undefined` without the prop `alerts`. */
  readonly alertRules: KubeObject<CustomPatches['PrometheusRule']> | undefined;
}

const OPTIONS = record<AlertOptions>(
  {
    at: anyOf<string | number>([text, number]),
    for: text,
    severity: text,
    over: text,
    quantile: number,
    names: list(text),
    runbook: text,
  },
  { example: "{ at: '5%', for: '10m' }" },
);

const OWN: Shape<OwnAlert> = {
  ...record<OwnAlert>({
    name: text,
    expr: text,
    for: text,
    severity: text,
    summary: text,
    description: text,
    runbook: text,
    labels: ENTRIES,
    annotations: ENTRIES,
  }),
  expected: '{ name, expr }',
  takes: isOwn,
};

function isOwn(value: unknown): value is OwnAlert {
  return isObject(value) && ('expr' in value || 'name' in value);
}

const READY_MADE = record<ReadyMadeAlerts>(
  Object.fromEntries(ALERT_NAMES.map((name) => [name, OPTIONS])) as unknown as Shapes<ReadyMadeAlerts>,
  { expected: "an alert's settings", words: { alert: '`name`' } },
);

/** One alert. */
export const ALERT: Shape<AlertProp> = anyOf<AlertProp>([choice(ALERT_NAMES), OWN, READY_MADE], {
  expected: 'an alert',
});

/** Alerts about a workload. Others ask it what its metrics are labelled with. */
export const alerts: Trait<AlertedProps, Alerted, AlertsPart> = {
  shapes: {
    alerts: list(ALERT),
    requestMetrics: REQUEST_METRICS,
  },
  members: { alertRules: true },
  attach: (place, props) => new AlertsPart(place, props),
};

/** Kinds of objects of a workload that say what metrics there are about it. */
const TELLING: ReadonlySet<string> = new Set([
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'Ingress',
  'Certificate',
]);

/** The alerts of one workload. */
export class AlertsPart implements Alerted {
  readonly alertRules: KubeObject<CustomPatches['PrometheusRule']> | undefined;
  readonly #place: TraitPlace;
  readonly #metrics: RequestMetrics;
  readonly #given: readonly AlertProp[];

  constructor(place: TraitPlace, { alerts: given, requestMetrics: metrics }: AlertedProps) {
    this.#place = place;
    this.#metrics = requestMetrics(metrics);
    this.#given = given ?? [];
    this.alertRules = given && this.#make(given);
  }

  /**
   * What the metrics of the workload are labelled with, once it is rendered.
   *
   * @param isTried whether only new pods are meant that Flagger tries, and not those that serve
   */
  target(isTried = false): AlertTarget {
    const { workload, rendered } = this.#place;
    const others = workload.node
      .findAll()
      .filter((each) => each instanceof KubeObject)
      .filter(({ kind }) => TELLING.has(kind));
    return alertTarget(
      { ...rendered(), kind: scaleTarget(this.#place).kind },
      others.map((other) => other.render().object),
      this.#metrics,
      isTried ? undefined : primaryOf(workload)?.name,
    );
  }

  /** PromQL that returns something while one of `given` would fire, with the thresholds that the workload has for it. */
  expressions(given: readonly AlertProp[], report: Reporter): readonly AlertExpression[] {
    const target = this.target(true);
    return given.flatMap((alert, index) =>
      renderAlert(this.#settled(alert), target, below(`[${index}]`, report)).map(({ alert: name, expr }) => ({
        name,
        expr,
      })),
    );
  }

  /** A ready-made alert by its name, with the settings that it has among the alerts of the workload. */
  #settled(alert: AlertProp): AlertProp {
    if (typeof alert !== 'string') return alert;
    const same = this.#given.find((each) => typeof each === 'object' && !isOwn(each) && alert in each);
    return same === undefined ? alert : { [alert]: (same as ReadyMadeAlerts)[alert] };
  }

  #make(given: readonly AlertProp[]): KubeObject<CustomPatches['PrometheusRule']> {
    const { workload, name } = this.#place;
    requireInstalled(workload, 'prometheus-operator');
    const metadata = this.#place.metadata();
    return new KubeObject<CustomPatches['PrometheusRule']>(workload, 'alerts', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { ...metadata, labels: selectedLabels(workload, 'rule', metadata.labels) },
      content: (report) => {
        selectedLabels(workload, 'rule', metadata.labels, report);
        const target = this.target();
        const rules = given.flatMap((alert, index) =>
          renderAlert(alert, target, below(`alerts[${index}]`, report)),
        );
        return { spec: { groups: [{ name, rules }] } };
      },
    });
  }
}

/** A name, and PromQL that returns something where all is not well. */
export interface AlertExpression {
  readonly name: string;
  readonly expr: string;
}

type Rule = Readonly<Record<string, unknown>> & { readonly alert: string; readonly expr: string };

function renderAlert(alert: AlertProp, target: AlertTarget, report: Reporter): Rule[] {
  if (isOwn(alert)) return [renderOwn(alert, target, report)];
  const ready = typeof alert === 'string' ? { [alert]: {} } : alert;
  return ALERT_NAMES.flatMap((name) => {
    const options = ready[name];
    if (options === undefined) return [];
    const made = alertRule(name, target, options, typeof alert === 'string' ? report : below(name, report));
    if (made === undefined) return [];
    const { measure: _, ...rule } = made;
    // Matchers of `requestMetrics` are the user's.
    checkPromql(rule.expr, report);
    return [rule];
  });
}

/** Seconds before an alert of one's own fires: one failed scrape is none. */
const WAIT = '5m';

function renderOwn(own: OwnAlert, { kind, namespace, name }: AlertTarget, report: Reporter): Rule {
  for (const key of ['name', 'expr'] as const)
    if ((own[key] as string | undefined) === undefined || own[key] === '')
      report({
        code: 'MISSING_PROP',
        path: key,
        message: 'Required value: an alert needs a name and an expression',
      });
  checkPromql(own.expr ?? '', below('expr', report));
  readDuration(own.for ?? WAIT, 'for', report);
  for (const key of ['labels', 'annotations'] as const) checkNames(own[key], below(key, report));
  return {
    alert: own.name,
    expr: own.expr,
    for: own.for ?? WAIT,
    labels: {
      severity: own.severity ?? 'warning',
      ...optional('namespace', namespace),
      workload: name,
      ...own.labels,
    },
    ...nonEmptyRecord('annotations', {
      summary: own.summary ?? `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}: ${own.name}`,
      ...optional('description', own.description),
      ...optional('runbook_url', own.runbook),
      ...own.annotations,
    }),
  };
}

function checkPromql(expr: string, report: Reporter): void {
  if (expr === '') return;
  for (const problem of promqlProblems(expr))
    report({
      code: 'INVALID_PROP',
      message: `invalid PromQL: ${describePromqlProblem(problem)}`,
      ...optional('hint', problem.hint),
    });
}

/** Names of labels and annotations of rules. Source: `rulefmt.Rule.Validate` of Prometheus. */
function checkNames(names: Readonly<Record<string, string>> = {}, report: Reporter): void {
  for (const name of Object.keys(names))
    if (!/^[A-Za-z_]\w*$/.test(name) || name === '__name__')
      report({
        code: 'INVALID_LABEL',
        path: name,
        message: `Invalid value: ${shown(name)}: must consist of letters, digits and "_", and not begin with a digit`,
      });
}
