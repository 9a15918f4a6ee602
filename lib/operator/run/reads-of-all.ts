import type { Request } from '../../cluster/client/connection';
import { SharedReads } from '../../cluster/client/shared-reads';
import type { Clock } from './clock';

/** Milliseconds for which what is the same for all resources is not read again. */
const SHARED = 10_000;

/** What the plan of each resource asks of the cluster, and the server decides by itself: the plan may be that late. */
const DECIDING =
  /\/(?:resourcequotas|limitranges|validatingadmissionpolicies|validatingadmissionpolicybindings|selfsubjectreviews)$/;

/** Which versions a group has, or which kinds: `/api/v1`, `/apis/apps`, `/apis/apps/v1`. */
const DISCOVERY = /^\/(?:api\/[^/]+|apis\/[^/]+(?:\/[^/]+)?)$/;

const DEFINITIONS = '/customresourcedefinitions';

/**
 * Answers to what is the same for all resources, of one namespace or of all. Definitions are read each time: by an older one
 * a resource would be held that the server takes. Which kinds there are is asked each time after a definition was written, as
 * whoever writes one waits until its kind is there.
 */
export function readsOfAll(clock: Pick<Clock, 'elapsed'>): SharedReads {
  let defined = -Infinity;
  const isShared = ({ method, path }: Request): boolean => {
    if (method !== 'GET' && path.includes(DEFINITIONS)) defined = clock.elapsed();
    if (method === 'GET' && DISCOVERY.test(path)) return clock.elapsed() - defined > SHARED;
    return (method === 'GET' || path.endsWith('/selfsubjectreviews')) && DECIDING.test(path);
  };
  return new SharedReads(isShared, SHARED, () => clock.elapsed());
}
