import { judge } from '../admission/judge';
import type { FieldError } from '../admission/review';
import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { withoutNamespace } from '../../manifest/scopes';
import { apply } from '../apply/apply';
import { listKeyViolations } from '../apply/list-keys';
import type { KindUpdate } from '../kinds/kind-update';
import { updateOf } from '../kinds/registry';
import { asWritten } from './as-written';
import { changeable } from './changeable';
import { equal } from './equal';
import { serverKind, type Server } from './kind';

/** The result of applying an object, as an update or for the first time. */
export interface Update {
  /** The stored object before; undefined if the server would have rejected it. */
  readonly was?: PlainRecord;
  /** The object that it would store; the requested one if it rejects it. */
  readonly now: PlainRecord;
  /** Why it rejects the object. */
  readonly violations: readonly FieldError[];
}

/**
 * What an API server does when the manager of `before` applies `after` over it with server-side apply, and there are no
 * other managers: the manager owns the fields in `before`, the server all others.
 */
export function update(before: KubeObject, after: KubeObject, server: Server): Update {
  const { apiVersion, kind } = after;
  const { schema, isKnown, isClusterScoped, read, keep } = serverKind(apiVersion, kind, server);
  const rule = updateOf(apiVersion, kind);
  const old = given({ ...before, apiVersion }, isClusterScoped);
  const config = given(after, isClusterScoped);

  const reading = read(config);
  const unread = [...reading.violations, ...listKeyViolations(config, schema)];
  if (unread.length > 0) return { now: keep(reading.value), violations: unread };

  const live = read(old);
  if (live.violations.length > 0) {
    return { now: keep(reading.value), violations: admissible(config, rule, server) };
  }
  rule?.settle?.(live.value);
  rule?.assume?.(live.value, config);
  const was = keep(live.value);

  const { value: asked } = read(apply(was, old, config, schema));
  rule?.carry?.(asked, was);
  rule?.settle?.(asked, was);
  const now = keep(asked);
  if (!isKnown || equal(now, was)) return { was, now, violations: [] };
  const violations = [
    // Until it is stored, an empty list differs from an absent one.
    ...admissible(asked, rule, server),
    ...changeable(now, was, rule, server.kubernetes),
  ];
  return { was, now, violations };
}

/** What an API server does when `object` is applied and does not exist yet. */
export function create(object: KubeObject, server: Server): Update {
  const { apiVersion, kind } = object;
  const { schema, isClusterScoped, read, keep } = serverKind(apiVersion, kind, server);
  const config = given(object, isClusterScoped);
  const { value } = read(config);
  updateOf(apiVersion, kind)?.settle?.(value);
  const { violations } = judge(config, server.kubernetes, server.definitions);
  return { now: keep(value), violations: [...violations, ...listKeyViolations(config, schema)] };
}

/** `object` as in its manifest; the server clears the namespace of a cluster-scoped one. */
function given(object: KubeObject, isClusterScoped: boolean): PlainRecord {
  return asWritten(isClusterScoped ? withoutNamespace(object) : object);
}

/** The errors of the admission rules, except those that apply only on create. */
function admissible(object: PlainRecord, rule: KindUpdate | undefined, server: Server): FieldError[] {
  const { violations } = judge(object, server.kubernetes, server.definitions);
  return violations.filter(({ path }) => rule?.onlyCreated?.test(path) !== true);
}
