import type { Calls } from './traffic-props';

/**
 * The annotations of a Service or an HTTPRoute by which the proxies of callers know timeouts and retries.
 *
 * Source: "Retries" and "Timeouts" of Linkerd, from 2.16 on.
 */
export function linkerdAnnotations({ timeout, retries }: Calls): Readonly<Record<string, string>> {
  return {
    ...(timeout !== undefined && { 'timeout.linkerd.io/request': timeout }),
    ...(retries !== undefined &&
      retries.attempts > 0 && {
        'retry.linkerd.io/http': retries.on.join(','),
        'retry.linkerd.io/limit': String(retries.attempts),
        ...(retries.timeout !== undefined && { 'retry.linkerd.io/timeout': retries.timeout }),
      }),
  };
}
