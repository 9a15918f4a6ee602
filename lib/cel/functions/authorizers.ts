import { CelError } from '../values/value';
import { functions, overload } from './overload';

/** Only a cluster can answer authorization checks: expressions that use them are type-checked, but have no value. */
const unknown = (): CelError => new CelError('only a cluster can tell what its authorizer allows');

const asked = (id: string, signature: string): ReturnType<typeof overload> =>
  overload(id, signature, unknown);

export const AUTHORIZERS = functions({
  path: [asked('authorizer_path', 'Authorizer.(string): PathCheck')],
  group: [asked('authorizer_group', 'Authorizer.(string): GroupCheck')],
  serviceAccount: [asked('authorizer_serviceaccount', 'Authorizer.(string, string): Authorizer')],
  resource: [asked('groupcheck_resource', 'GroupCheck.(string): ResourceCheck')],
  subresource: [asked('resourcecheck_subresource', 'ResourceCheck.(string): ResourceCheck')],
  namespace: [asked('resourcecheck_namespace', 'ResourceCheck.(string): ResourceCheck')],
  name: [asked('resourcecheck_name', 'ResourceCheck.(string): ResourceCheck')],
  check: [
    asked('pathcheck_check', 'PathCheck.(string): Decision'),
    asked('resourcecheck_check', 'ResourceCheck.(string): Decision'),
  ],
  errored: [asked('decision_errored', 'Decision.(): bool')],
  error: [asked('decision_error', 'Decision.(): string')],
  allowed: [asked('decision_allowed', 'Decision.(): bool')],
  reason: [asked('decision_reason', 'Decision.(): string')],
});

/** Checks with selectors; since 1.32. */
export const AUTHORIZER_SELECTORS = functions({
  fieldSelector: [asked('authorizer_fieldselector', 'ResourceCheck.(string): ResourceCheck')],
  labelSelector: [asked('authorizer_labelselector', 'ResourceCheck.(string): ResourceCheck')],
});

/** The keys of patches; only where expressions create patches. */
export const JSON_PATCHES = functions({
  'jsonpatch.escapeKey': [
    overload<[string]>('string_jsonpatch_escapeKey_string', '(string): string', (key) =>
      key.replace(/~/g, '~0').replace(/\//g, '~1'),
    ),
  ],
});
