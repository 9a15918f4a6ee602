import type * as Api from '@opentelemetry/api';
import { tracing } from './trace';

/** The API of OpenTelemetry with a provider that notes what becomes of spans. */
function recording(): { readonly api: typeof Api; readonly noted: unknown[] } {
  const noted: unknown[] = [];
  const span = {
    recordException: (error: Error) => noted.push(['exception', error.message]),
    setStatus: (status: object) => noted.push(['status', status]),
    end: () => noted.push('end'),
  };
  const tracer = {
    startActiveSpan: (name: string, options: object, work: (span: unknown) => unknown) => {
      noted.push([name, options]);
      return work(span);
    },
  };
  return { api: { trace: { getTracer: () => tracer }, SpanStatusCode: { ERROR: 2 } } as never, noted };
}

it('puts work into a span that ends with it', async () => {
  const { api, noted } = recording();
  const trace = await tracing(() => Promise.resolve(api));
  expect(await trace('reconcile WebApp', { name: 'web' }, () => Promise.resolve(7))).toBe(7);
  expect(noted).toEqual([['reconcile WebApp', { attributes: { name: 'web' } }], 'end']);
});

it('notes a failure, and lets it through', async () => {
  const { api, noted } = recording();
  const trace = await tracing(() => Promise.resolve(api));
  await expect(trace('a', {}, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(noted.slice(1)).toEqual([
    ['exception', 'broken'],
    ['status', { code: 2, message: 'broken' }],
    'end',
  ]);
});

it('goes on without traces where the package is not installed', async () => {
  const trace = await tracing(() => Promise.reject(new Error('not found')));
  expect(await trace('a', {}, () => Promise.resolve(7))).toBe(7);
});
