import type { FeatureGates } from '../../kube/feature-gates';
import { judge } from '../admission/judge';
import type { FieldError } from '../admission/review';
import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { withoutNamespace } from '../../manifest/scopes';
import type { RequestMethod } from '../apply/method';
import type { DroppedField } from '../gated-fields';
import { gatesOfStored, gatesOfUpdate } from '../kept';
import type { KindUpdate } from '../kinds/kind-update';
import { updateOf } from '../kinds/registry';
import { asWritten } from './as-written';
import { changeable } from './changeable';
import { equal } from './equal';
import { serverKind, type Reading, type Server, type ServerKind } from './kind';
import { unservedError } from './served';
import { methodErrors, originalOf, refusing, requested } from './requested';

/** The result of applying an object, as an update or for the first time. */
export interface Update {
  /** The stored object before; undefined if the server would have rejected it. */
  readonly was?: PlainRecord;
  /** The object that it would store; the requested one if it rejects it. */
  readonly now: PlainRecord;
  /** Why it rejects the object. */
  readonly violations: readonly FieldError[];
  /** Fields that the object asks for, and that the server drops because features are off. @default none */
  readonly dropped?: readonly DroppedField[];
  /** The same of the object before. @default none */
  readonly wasDropped?: readonly DroppedField[];
}

/**
 * What an API server does when the manager of `before` applies `after` over it, and there are no other managers: what is
 * not in `before` the server has set. With `server.manager`, the managed fields of `before` say who wrote what.
 */
export function update(
  before: KubeObject,
  after: KubeObject,
  server: Server,
  method: RequestMethod = 'server-side',
): Update {
  const { apiVersion, kind } = after;
  const serves = serverKind(apiVersion, kind, server);
  const { isKnown, isClusterScoped, read, keep } = serves;
  const rule = updateOf(apiVersion, kind);
  const old = given({ ...before, apiVersion }, isClusterScoped);
  const config = given(after, isClusterScoped);

  const missing = unservedError(after, server);
  if (missing !== undefined) return { now: config, violations: [missing] };
  const live = liveOf(before, old, serves, server);
  const gates = gatesOfUpdate(server.gates, server.manager === undefined ? undefined : before);

  const reading = read(config, gates);
  // A client decodes nothing: the server reads what a patch makes of the object that it has.
  const misread = method === 'server-side' ? reading.violations : [];
  const unread = [...misread, ...methodErrors(config, serves, method)];
  if (unread.length > 0) {
    // A custom resource shows what a field that its definition no longer has would lose.
    const held = serves.isBuiltIn ? {} : { was: live.value };
    return { ...held, now: keep(reading.value), violations: unread };
  }
  if (serves.isBuiltIn && live.violations.length > 0) {
    return { now: keep(reading.value), violations: admissible(config, rule, server, gates) };
  }
  rule?.settle?.(live.value);
  rule?.assume?.(live.value, config);
  const was = keep(live.value);

  // What is stored is read by the definition of the kind as it is now.
  const current = serves.isBuiltIn ? was : read(was).value;
  const original = originalOf(before, old, method, server.manager !== undefined);
  const states = { original, modified: config, live: current, before, gates, manager: server.manager };
  const { value: asked, violations: refusals } = requested(states, serves, method);
  const lost = { dropped: reading.dropped ?? [], wasDropped: live.dropped ?? [] };
  if (refusals.length > 0) {
    const held = serves.isBuiltIn ? {} : { was };
    return { ...held, now: keep(reading.value), violations: refusals };
  }
  rule?.carry?.(asked, was);
  rule?.settle?.(asked, was);
  const now = keep(asked);
  if (!isKnown || equal(now, was)) return { was, now, violations: [], ...lost };
  const violations = [
    // Until it is stored, an empty list differs from an absent one.
    ...admissible(
      asked,
      rule,
      server,
      gates,
      serves.isBuiltIn ? undefined : withStatus(current, before, server),
    ),
    ...changeable(now, was, rule, gates),
  ];
  return { was, now, violations, ...lost };
}

/** What an API server does when `object` is applied and does not exist yet. */
export function create(object: KubeObject, server: Server, method: RequestMethod = 'server-side'): Update {
  const { apiVersion, kind } = object;
  const serves = serverKind(apiVersion, kind, server);
  const { isClusterScoped, read, keep } = serves;
  const config = given(object, isClusterScoped);
  const { value, violations: unread } = read(config);
  // What is merely unknown to a lenient server is gone from the decoded object, which is judged then.
  const isLenient = unread.length > 0 && refusing(unread, method).length === 0;
  const judged = isLenient ? structuredClone(value) : config;
  updateOf(apiVersion, kind)?.settle?.(value);
  const { violations } = judge(judged, server.kubernetes, server.definitions, undefined, server.gates);
  return { now: keep(value), violations: [...violations, ...methodErrors(config, serves, method)] };
}

/**
 * The object that the server has before the change. A custom resource is read by the definition of its kind at that time,
 * and only its version is changed to the one asked for.
 */
function liveOf(before: KubeObject, old: PlainRecord, serves: ServerKind, server: Server): Reading {
  // What a cluster has, it has kept.
  const gates = server.manager === undefined ? server.gates : gatesOfStored(server.gates);
  if (serves.isBuiltIn || server.before === undefined) return serves.read(old, gates);
  const { apiVersion, kind } = before;
  const then = serverKind(apiVersion, kind, { ...server, definitions: server.before });
  const { value } = then.read(given(before, then.isClusterScoped));
  return { value: { ...value, apiVersion: old['apiVersion'] }, violations: [] };
}

/** `object` as in its manifest; the server clears the namespace of a cluster-scoped one. */
function given(object: KubeObject, isClusterScoped: boolean): PlainRecord {
  return asWritten(isClusterScoped ? withoutNamespace(object) : object);
}

/** A custom resource as a cluster holds it: a change of it keeps the status, which rules of its definition may read. */
function withStatus(current: PlainRecord, { status }: KubeObject, { manager }: Server): PlainRecord {
  return manager === undefined || status === undefined ? current : { ...current, status };
}

/** The errors of the admission rules, except those that apply only on create. @param old of a custom resource */
function admissible(
  object: PlainRecord,
  rule: KindUpdate | undefined,
  server: Server,
  gates: FeatureGates,
  old?: PlainRecord,
): FieldError[] {
  const { violations } = judge(object, server.kubernetes, server.definitions, old, gates);
  return violations.filter(({ path }) => rule?.onlyCreated?.test(path) !== true);
}
