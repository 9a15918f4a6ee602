import type * as Api from '@opentelemetry/api';

/** What a span says of a piece of work. */
export type SpanFields = Readonly<Record<string, string | number | boolean>>;

/** Runs a piece of work within a span, which ends with it. */
export type Trace = <T>(name: string, fields: SpanFields, work: () => Promise<T>) => Promise<T>;

const UNTRACED: Trace = (_name, _fields, work) => work();

/**
 * Traces through the API of OpenTelemetry, an optional peer: whoever sets up an SDK in the process gets a span for each
 * reconcile. Without the package nothing is traced.
 */
export async function tracing(load: () => Promise<typeof Api> = openTelemetry): Promise<Trace> {
  const api = await load().catch(() => undefined);
  if (api === undefined) return UNTRACED;
  const tracer = api.trace.getTracer('seaworthy-operator');
  return (name, attributes, work) =>
    tracer.startActiveSpan(name, { attributes: { ...attributes } }, async (span) => {
      try {
        return await work();
      } catch (error) {
        span.recordException(error as Error);
        span.setStatus({ code: api.SpanStatusCode.ERROR, message: (error as Error).message });
        throw error;
      } finally {
        span.end();
      }
    });
}

function openTelemetry(): Promise<typeof Api> {
  return import('@opentelemetry/api');
}
