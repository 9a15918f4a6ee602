import { nearest } from '../../errors';
import { isOnlyRead } from '../../kube/kinds';
import { kindTable } from '../../kube/schema/kind-table';
import { availability, groupOf, kinds } from '../../kube/schema';
import type { KubernetesRelease, KindVersion, Missing } from '../../kube/schema';
import { noMatches } from './error-body';
import type { FieldError } from './review';

/** A served kind, or an error. Without an error, the kind is not built in. */
export type Recognized =
  ({ readonly ok: true } & KindVersion) | { readonly ok: false; readonly violation?: FieldError };

/** The hint of what an API server serves if it is told to. */
export const BY_RUNTIME_CONFIG = 'Enable it with --runtime-config.';

/** Finds the built-in kind of an object, and whether an API server of `kubernetes` serves it. */
export function recognize(object: unknown, kubernetes: KubernetesRelease): Recognized {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    return refuse('not-an-object', '', 'expected an object with apiVersion and kind');
  }
  const { apiVersion, kind } = object as { readonly apiVersion?: unknown; readonly kind?: unknown };
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    return refuse('not-an-object', 'apiVersion', 'Required value: a string such as apps/v1');
  }
  if (typeof kind !== 'string' || kind === '') {
    return refuse('not-an-object', 'kind', 'Required value: a string such as Deployment');
  }

  const found = availability(kubernetes, apiVersion, kind);
  if (found === undefined) return unknownKind(apiVersion, kind, kubernetes);
  if (found.status !== 'served') return { ok: false, violation: missingKind(apiVersion, kind, found) };
  if (!found.byDefault) {
    const message = `${noMatches(apiVersion, kind)}: it is ${found.stability} and not served by default`;
    return refuse('unserved-kind', 'apiVersion', message, BY_RUNTIME_CONFIG);
  }
  if (isOnlyRead(apiVersion, kind)) {
    return refuse('unserved-kind', 'kind', `${kind} is read-only: it cannot be created`);
  }
  return { ok: true, apiVersion, kind };
}

/** The error for a built-in kind that no API server of `kubernetes` serves in this version, whatever is switched on. */
export function unserved(
  apiVersion: string,
  kind: string,
  kubernetes: KubernetesRelease,
): FieldError | undefined {
  const found = availability(kubernetes, apiVersion, kind);
  return found === undefined || found.status === 'served' ? undefined : missingKind(apiVersion, kind, found);
}

/** What to do about a removed kind that has no successor. */
const SUGGESTIONS: Readonly<Record<string, string>> = {
  PodSecurityPolicy: 'Label the namespaces with pod-security.kubernetes.io/enforce instead.',
};

function missingKind(
  apiVersion: string,
  kind: string,
  { status, release, replacement }: Missing,
): FieldError {
  const happened = status === 'removed' ? 'it was removed in' : 'it is served since';
  const hint = replacement === undefined ? SUGGESTIONS[kind] : `Use ${describe(replacement)} instead.`;
  const message = `${noMatches(apiVersion, kind)}: ${happened} Kubernetes ${release}`;
  return { reason: 'unserved-kind', path: 'apiVersion', message, ...(hint !== undefined && { hint }) };
}

/** Anyone can define a group with a dot in its name, except the groups of Kubernetes. */
function unknownKind(apiVersion: string, kind: string, kubernetes: KubernetesRelease): Recognized {
  const group = groupOf(apiVersion);
  if (group.includes('.') && !isBuiltInGroup(group)) return { ok: false };

  const served = kinds(kubernetes);
  const elsewhere = served.find((other) => other.kind === kind);
  const similar = nearest(
    kind,
    served.filter((other) => other.apiVersion === apiVersion).map((other) => other.kind),
  );
  const meant = elsewhere ?? (similar === undefined ? undefined : { apiVersion, kind: similar });
  const hint = meant && `Did you mean ${describe(meant)}?`;
  return refuse('unserved-kind', 'kind', `${noMatches(apiVersion, kind)} of Kubernetes ${kubernetes}`, hint);
}

let builtInGroups: ReadonlySet<string> | undefined;

function isBuiltInGroup(group: string): boolean {
  builtInGroups ??= new Set([...kindTable.keys()].map(groupOf));
  return builtInGroups.has(group);
}

function describe({ apiVersion, kind }: KindVersion): string {
  return `${apiVersion} ${kind}`;
}

function refuse(reason: FieldError['reason'], path: string, message: string, hint?: string): Recognized {
  return { ok: false, violation: { reason, path, message, ...(hint !== undefined && { hint }) } };
}
