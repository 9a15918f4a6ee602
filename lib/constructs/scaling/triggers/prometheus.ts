import { promqlProblems } from '../../../promql/check';
import { describePromqlProblem } from '../../../promql/problem';
import { asIs, asOneOf } from '../../core/fields';
import type { Reporter } from '../../core/problems';
import { optional } from '../../core/props';
import { flag, text } from '../../core/shapes';
import type { Authenticated, TriggerKind } from './kind';
import { asActivation, asTarget, triggerKind } from './kind';

/** The result of a PromQL query, which has one element. */
export interface PrometheusTrigger extends Authenticated {
  /** The query: `sum(rate(http_requests_total{service="shop-api"}[2m]))`. */
  readonly query: string;
  /** Its value for each pod. */
  readonly threshold: number;
  /** URL of Prometheus: `http://prometheus.monitoring:9090`. @default `prometheus.address` of the cluster's profile */
  readonly server?: string;
  /** Value above which there are pods at all. @default 0 */
  readonly activation?: number;
  /** Namespace of the query, which some servers ask for, such as Thanos. @default none */
  readonly namespace?: string;
  /** How KEDA logs in; the credentials are parameters of `auth`. @default not at all */
  readonly authMode?: 'bearer' | 'basic' | 'tls' | 'custom';
  /** Whether a query without a result counts as 0, instead of an error. @default true */
  readonly ignoreEmpty?: boolean;
}

/** Source: the documentation of KEDA's scaler `prometheus`, and `pkg/scalers/prometheus_scaler.go`. */
export const prometheus: TriggerKind<PrometheusTrigger> = triggerKind<PrometheusTrigger>({
  type: 'prometheus',
  fields: {
    query: asIs('query', text),
    threshold: asTarget('threshold'),
    server: asIs('serverAddress', text),
    activation: asActivation('activationThreshold'),
    namespace: asIs('namespace', text),
    authMode: asOneOf('authModes', ['bearer', 'basic', 'tls', 'custom']),
    ignoreEmpty: asIs('ignoreNullValues', flag),
  },
  required: {
    query: "'sum(rate(http_requests_total[2m]))'",
    threshold: '100',
    server: "'http://prometheus.monitoring:9090'",
  },
  fromProfile: {
    server: {
      example: "prometheus: { address: 'http://prometheus.monitoring:9090' }",
      read: ({ prometheus }) => prometheus?.address,
    },
  },
  parameters: [
    ...['bearerToken', 'username', 'password', 'ca', 'cert', 'key'],
    ...['customAuthHeader', 'customAuthValue', 'awsRegion'],
  ],
  check: checkPrometheus,
});

function checkQuery(query: unknown, report: Reporter): void {
  const path = 'query';
  if (typeof query !== 'string') return;
  if (query.trim() === '') {
    report({ code: 'INVALID_PROP', path, message: 'Invalid value: "": expected a PromQL query' });
    return;
  }
  for (const problem of promqlProblems(query)) {
    const message = `invalid PromQL: ${describePromqlProblem(problem)}`;
    report({ code: 'INVALID_PROP', path, message, ...optional('hint', problem.hint) });
  }
}

function checkPrometheus({ query, server, authMode, auth }: PrometheusTrigger, report: Reporter): void {
  checkQuery(query, report);
  if (typeof server === 'string' && !/^https?:\/\/[^\s/]+/.test(server))
    report({
      code: 'INVALID_PROP',
      path: 'server',
      message: `Invalid value: "${server}": expected a URL`,
      hint: "URLs look like 'http://prometheus.monitoring:9090'.",
    });
  if (authMode !== undefined && auth === undefined)
    report({
      code: 'MISSING_PROP',
      path: 'auth',
      message: `Required value: authMode "${authMode}" needs credentials`,
      hint: "Set `auth`, such as `{ bearerToken: login.key('token') }`.",
    });
}
