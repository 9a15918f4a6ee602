import { requireInstalled } from '../core/installed';
import { Environment } from '../core/environment';
import type { Reporter } from '../core/problems';
import { anyOf, choice, constant } from '../core/shapes';
import type { Env } from '../workloads/container/env';
import type { Part, Trait, TraitPlace } from '../workloads/trait';

/**
 * Languages that the OpenTelemetry Operator can instrument.
 *
 * Source: the annotations of `internal/instrumentation/annotation.go` of opentelemetry-operator.
 */
const LANGUAGES = ['java', 'nodejs', 'python', 'dotnet', 'apache-httpd', 'nginx', 'sdk'] as const;

/** A language that the OpenTelemetry Operator can instrument; `sdk` sets the variables alone. */
export type InstrumentedLanguage = (typeof LANGUAGES)[number];

/** How traces, metrics and logs get to OpenTelemetry. */
export interface TelemetryProps {
  /**
   * `true` tells the OpenTelemetry SDK in the program where to send: `OTEL_EXPORTER_OTLP_ENDPOINT` from `telemetry` of the
   * profile, `OTEL_SERVICE_NAME`, and `OTEL_RESOURCE_ATTRIBUTES` with namespace, pod and node. A language lets the
   * OpenTelemetry Operator instrument the program, as its Instrumentation says.
   * @default nothing is set
   * @example true
   */
  readonly telemetry?: true | InstrumentedLanguage;
}

/** Sends the telemetry of a workload where the profile says. */
export const telemetry: Trait<TelemetryProps, object, TelemetryPart> = {
  shapes: { telemetry: anyOf<true | InstrumentedLanguage>([constant(true), choice(LANGUAGES)]) },
  members: {},
  attach: (place, { telemetry: given }) => {
    if (given === undefined) return {};
    if (given !== true) {
      requireInstalled(place.workload, 'opentelemetry-operator');
      const annotations = { [`instrumentation.opentelemetry.io/inject-${given}`]: 'true' };
      return { renderPod: () => ({ annotations }) };
    }
    const endpoint = Environment.of(place.workload)?.profile.telemetry?.endpoint;
    return {
      ...(endpoint === undefined ? {} : { endpoint }),
      renderPod: (report) => ({ env: variables(place, report) }),
    };
  },
};

/** What is sent, for the policies of the workload. */
export interface TelemetryPart extends Part {
  /** Where to. */
  readonly endpoint?: string;
}

/**
 * Sources: "Environment Variable Specification" and "OTLP Exporter Configuration" of OpenTelemetry; the names of the fields
 * of the pod are those that the operator uses.
 */
function variables({ workload, name }: TraitPlace, report: Reporter): Env {
  const { endpoint, protocol } = Environment.of(workload)?.profile.telemetry ?? {};
  if (endpoint === undefined) {
    report({
      code: 'MISSING_PROP',
      path: 'telemetry',
      message: 'Required value: the profile of the environment does not say where telemetry is sent',
      hint: "Set `telemetry: { endpoint: 'http://collector.monitoring:4317' }` in the profile.",
    });
    return {};
  }
  const attributes = Object.entries(FIELDS).map(([attribute, [variable]]) => `${attribute}=$(${variable})`);
  return {
    ...Object.fromEntries(Object.values(FIELDS).map(([variable, field]) => [variable, { field }])),
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    ...(protocol === undefined ? {} : { OTEL_EXPORTER_OTLP_PROTOCOL: protocol }),
    OTEL_SERVICE_NAME: name,
    OTEL_RESOURCE_ATTRIBUTES: attributes.join(','),
  };
}

/** Resource attributes (OpenTelemetry semantic conventions: Kubernetes), with the field of the pod that each has. */
const FIELDS: Readonly<Record<string, readonly [variable: string, field: string]>> = {
  'k8s.namespace.name': ['OTEL_RESOURCE_ATTRIBUTES_NAMESPACE_NAME', 'metadata.namespace'],
  'k8s.pod.name': ['OTEL_RESOURCE_ATTRIBUTES_POD_NAME', 'metadata.name'],
  'k8s.node.name': ['OTEL_RESOURCE_ATTRIBUTES_NODE_NAME', 'spec.nodeName'],
};
