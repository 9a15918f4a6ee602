import { judge } from '../admission/judge';
import type { FieldError } from '../admission/review';
import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { apply } from '../apply/apply';
import { listKeyViolations } from '../apply/list-keys';
import type { KindUpdate } from '../kinds/kind-update';
import { updateOf } from '../kinds/registry';
import { asWritten } from './as-written';
import { changeable } from './changeable';
import { equal } from './equal';
import { serverKind, type Server } from './kind';

/** What comes of applying an object, over another or for the first time. */
export interface Update {
  /** What the server held before; nothing where it could not have held it. */
  readonly was?: PlainRecord;
  /** What it would hold; where it refuses, what it was asked to. */
  readonly now: PlainRecord;
  /** Why it refuses. */
  readonly violations: readonly FieldError[];
}

/**
 * What an API server does when the manager of `before` applies `after` in its place, with a server-side apply that
 * was never interfered with: the fields in `before` are the manager's, everything else is the server's.
 */
export function update(before: KubeObject, after: KubeObject, server: Server): Update {
  const { apiVersion, kind } = after;
  const { schema, isKnown, read, keep } = serverKind(apiVersion, kind, server);
  const rule = updateOf(apiVersion, kind);
  const [old, config] = [asWritten({ ...before, apiVersion }), asWritten(after)];

  const given = read(config);
  const unread = [...given.violations, ...listKeyViolations(config, schema)];
  if (unread.length > 0) return { now: keep(given.value), violations: unread };

  const live = read(old);
  if (live.violations.length > 0) {
    return { now: keep(given.value), violations: admissible(config, rule, server) };
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
    // Before it is stored, an empty list is not yet none.
    ...admissible(asked, rule, server),
    ...changeable(now, was, rule, server.kubernetes),
  ];
  return { was, now, violations };
}

/** What an API server does when `object` is applied and not there yet. */
export function create(object: KubeObject, server: Server): Update {
  const { apiVersion, kind } = object;
  const { schema, read, keep } = serverKind(apiVersion, kind, server);
  const config = asWritten(object);
  const { value } = read(config);
  updateOf(apiVersion, kind)?.settle?.(value);
  const { violations } = judge(config, server.kubernetes, server.definitions);
  return { now: keep(value), violations: [...violations, ...listKeyViolations(config, schema)] };
}

/** What the rules of admission say, those left out that are for creation alone. */
function admissible(object: PlainRecord, rule: KindUpdate | undefined, server: Server): FieldError[] {
  const { violations } = judge(object, server.kubernetes, server.definitions);
  return violations.filter(({ path }) => rule?.onlyCreated?.test(path) !== true);
}
