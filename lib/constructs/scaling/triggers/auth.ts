import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { checkName } from '../../core/metadata';
import type { KeyReference, Reference } from '../../core/reference';
import {
  configurationOf,
  isKeyReference,
  isReference,
  KEY_REFERENCE,
  referenceShape,
} from '../../core/reference';
import type { Shape } from '../../core/shape';
import { isObject } from '../../core/shape';
import { choice, mapOf, record, text } from '../../core/shapes';

/** Whose identity in the cloud KEDA asks with. */
export interface TriggerIdentity {
  /** `'keda'` for KEDA's own, `'workload'` for that of the workload's ServiceAccount, which only EKS has. */
  readonly identity: 'keda' | 'workload';
  /** The IAM role (EKS) or client ID (AKS) that KEDA takes on. @default its own */
  readonly as?: string;
}

/** A variable of the main container, by its name. */
export interface EnvCredential {
  /** Name of the variable. */
  readonly env: string;
}

/** Where each parameter of a scaler comes from, by the name that KEDA has for it: `{ password: login.key('password') }`. */
export type TriggerCredentials = Readonly<Record<string, KeyReference | EnvCredential>>;

/**
 * How KEDA gets at the source of a trigger: a Secret whose keys are called like parameters of the scaler, the key of each
 * parameter, an identity, or a TriggerAuthentication that exists, by name or reference.
 */
export type TriggerAuth = string | Reference | TriggerCredentials | TriggerIdentity;

const IDENTITY = record<TriggerIdentity>({ identity: choice(['keda', 'workload']), as: text });

const VARIABLE = record<EnvCredential>({ env: text });

/** A record takes any object: its mark decides which of the two it is. */
const CREDENTIAL: Shape<KeyReference | EnvCredential> = {
  expected: 'a key of a Secret, or { env }',
  takes: (value) => isKeyReference(value) || (isObject(value) && 'env' in value),
  inside: (value, look) => (isKeyReference(value) ? KEY_REFERENCE : VARIABLE).inside?.(value, look),
  hint: () => "Write it as login.key('password'), or as { env: 'PASSWORD' }.",
};

const CREDENTIALS = mapOf(CREDENTIAL, "{ password: login.key('password') }");

export const AUTH: Shape<TriggerAuth> = {
  expected: 'a Secret, its keys by parameter, { identity }, or the name of a TriggerAuthentication',
  takes: (value) =>
    typeof value === 'string' || isReference(value) || (isObject(value) && !isKeyReference(value)),
  inside: (value, look) => {
    if (typeof value === 'string') return;
    if (isReference(value)) return referenceShape.inside?.(value, look);
    const shape = 'identity' in (value as object) ? IDENTITY : CREDENTIALS;
    shape.inside?.(value, look);
  },
  hint: (value) =>
    isKeyReference(value) ? `Name the parameter that it is: { ${value.key}: … }.` : undefined,
};

/** A Secret that knows its keys. */
interface Keyed {
  readonly keys?: readonly string[];
}

const AUTHENTICATIONS: readonly string[] = ['TriggerAuthentication', 'ClusterTriggerAuthentication'];

/** The authentication that exists already, as a trigger refers to it. */
export function existingAuth(
  auth: TriggerAuth,
): { readonly name: string; readonly kind?: string } | undefined {
  if (typeof auth === 'string') return { name: auth };
  if (!isReference(auth) || !AUTHENTICATIONS.includes(auth.kind)) return undefined;
  return auth.kind === 'TriggerAuthentication' ? { name: auth.name } : { name: auth.name, kind: auth.kind };
}

export function isIdentity(auth: TriggerAuth): auth is TriggerIdentity {
  return typeof auth === 'object' && 'identity' in auth && !isReference(auth);
}

/** The parameters that an authentication gives; `undefined` where that is not known. */
export function parametersOf(auth: TriggerAuth): readonly string[] | undefined {
  if (existingAuth(auth) !== undefined) return undefined;
  if (isIdentity(auth)) return [];
  return isReference(auth) ? (auth as Keyed).keys : Object.keys(auth as TriggerCredentials);
}

/**
 * What an authentication takes from Secrets, ConfigMaps and variables.
 *
 * @param parameters those of the scaler; empty where they are not known
 * @param env the variables of the main container, where all of them are known
 */
export function renderCredentials(
  auth: Exclude<TriggerAuth, string | TriggerIdentity>,
  parameters: readonly string[],
  env: Readonly<Record<string, unknown>> | undefined,
  report: Reporter,
): object {
  const credentials = isReference(auth) ? keysOf(auth, parameters, report) : auth;
  const found: Record<'secretTargetRef' | 'configMapTargetRef' | 'env', object[]> = {
    secretTargetRef: [],
    configMapTargetRef: [],
    env: [],
  };
  for (const [parameter, from] of Object.entries(credentials)) {
    const reportBelow = below(parameter, report);
    if ('env' in from) {
      checkVariable(from.env, env, reportBelow);
      found.env.push({ parameter, name: from.env });
      continue;
    }
    const { of, key } = from;
    checkName(of.name, '', reportBelow);
    const list = configurationOf(of, reportBelow) === 'Secret' ? 'secretTargetRef' : 'configMapTargetRef';
    found[list].push({ parameter, name: of.name, key });
  }
  return Object.fromEntries(Object.entries(found).filter(([, items]) => items.length > 0));
}

/** The keys of a whole Secret that are parameters of the scaler. */
function keysOf(of: Reference, parameters: readonly string[], report: Reporter): TriggerCredentials {
  const { keys } = of as Keyed;
  const matching = keys?.filter((key) => parameters.length === 0 || parameters.includes(key)) ?? [];
  if (matching.length === 0) {
    const known =
      keys === undefined ? 'which keys it has is not known' : `it has ${keys.join(', ') || 'none'}`;
    const words = parameters.length === 0 ? 'a parameter' : `one of ${parameters.join(', ')}`;
    report({
      code: 'INVALID_PROP',
      message: `${of.kind} "${of.name}" has no key called like ${words}: ${known}`,
      hint: "Name the key of each parameter: { password: login.key('password') }.",
    });
  }
  return Object.fromEntries(matching.map((key) => [key, { of, key }]));
}

function checkVariable(
  name: string,
  env: Readonly<Record<string, unknown>> | undefined,
  report: Reporter,
): void {
  if (env === undefined || Object.hasOwn(env, name)) return;
  const known = Object.keys(env).join(', ') || 'none';
  report({ code: 'INVALID_PROP', message: `the main container has no variable "${name}"; it has ${known}` });
}
