import { configMapKey, envVarName } from '../../../kube/names';
import type { FeatureGates } from '../../../kube/feature-gates';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { optional } from '../../core/props';
import type { KeyReference, Reference } from '../../core/reference';
import {
  configurationOf,
  isKeyReference,
  isReference,
  KEY_REFERENCE,
  referenceShape,
} from '../../core/reference';
import { anyOf, flag, forms, kubernetesObject, list, mapOf, number, record, text } from '../../core/shapes';

/** A field of the pod: `{ field: 'status.podIP' }`, `{ field: "metadata.labels['app']" }`. */
export interface FieldValue {
  /** Path of the field. */
  readonly field: string;
}

/** A resource of the container: `{ resource: 'limits.memory', divisor: '1Mi' }`. */
export interface ResourceValue {
  /** Resource: `limits.memory`, `requests.cpu`. */
  readonly resource: string;
  /** Unit of the value. @default '1' */
  readonly divisor?: string;
  /** Container whose resource it is. @default the same container */
  readonly container?: string;
}

/** A value in the form of Kubernetes and cdk8s-plus, for sources without a shorter form. */
export interface RawValue {
  /** The text. @default none */
  readonly value?: unknown;
  /** The source, as EnvVarSource of core/v1. @default none */
  readonly valueFrom?: unknown;
}

/** The value of an environment variable. Numbers and booleans become their text. */
export type EnvValue = string | number | boolean | KeyReference | FieldValue | ResourceValue | RawValue;

/** Environment variables by name; each can refer to those before it: `$(NAME)`. */
export type Env = Readonly<Record<string, EnvValue>>;

/** Every key of a ConfigMap or Secret as a variable. */
export type EnvFrom =
  Reference | { readonly from: Reference; readonly prefix?: string; readonly optional?: boolean };

const RAW = record<RawValue>({ value: text, valueFrom: kubernetesObject });

const SOURCE = forms<KeyReference | FieldValue | ResourceValue | RawValue>(
  {
    of: KEY_REFERENCE,
    field: record<FieldValue>({ field: text }),
    resource: record<ResourceValue>({ resource: text, divisor: text, container: text }),
    value: RAW,
    valueFrom: RAW,
  },
  {
    configMapKeyRef: "`keyOf(existing('ConfigMap', name), key)`",
    secretKeyRef: "`keyOf(existing('Secret', name), key)`",
    fieldRef: '`{ field }`',
    resourceFieldRef: '`{ resource }`',
  },
);

const VALUE = anyOf<EnvValue>([text, number, flag, SOURCE], {
  expected: 'the value of a variable',
  hint: 'Write a string, number or boolean, `settings.key("…")`, `{ field }` or `{ resource }`.',
});

export const ENV = mapOf(VALUE, "{ LEVEL: 'info' }");

type PrefixedEnvFrom = Extract<EnvFrom, { from: unknown }>;

const PREFIXED = record<PrefixedEnvFrom>({ from: referenceShape, prefix: text, optional: flag });

export const ENV_FROM = list(
  anyOf<EnvFrom>([
    referenceShape,
    forms<PrefixedEnvFrom>(
      { from: PREFIXED },
      { configMapRef: "`existing('ConfigMap', name)`", secretRef: "`existing('Secret', name)`" },
    ),
  ]),
);

/**
 * `env` of a container.
 *
 * @internal
 */
export function renderEnv(env: Env, gates: FeatureGates, report: Reporter): readonly object[] {
  return Object.entries(env).map(([name, value]) => {
    const wrong = envVarName(name, gates);
    if (wrong !== undefined)
      report({ code: 'INVALID_NAME', path: name, message: `Invalid value: "${name}": ${wrong}` });
    return { name, ...renderValue(value, below(name, report)) };
  });
}

function renderValue(value: EnvValue, report: Reporter): object {
  if (typeof value === 'string') return { value };
  if (typeof value !== 'object') return { value: String(value) };
  if (isKeyReference(value)) return { valueFrom: renderKey(value, report) };
  if ('field' in value) return { valueFrom: { fieldRef: { fieldPath: value.field } } };
  if ('resource' in value) return renderResource(value);
  return { ...optional('value', value.value), ...optional('valueFrom', value.valueFrom) };
}

/** A key reference as `configMapKeyRef` or `secretKeyRef`. */
function renderKey(reference: KeyReference, report: Reporter): object {
  const { of, key, optional: mayMiss } = reference;
  const wrong = configMapKey(key);
  if (wrong !== undefined) report({ code: 'INVALID_NAME', message: `Invalid value: "${key}": ${wrong}` });
  const ref = { name: of.name, key, ...optional('optional', mayMiss) };
  return configurationOf(of, report) === 'ConfigMap' ? { configMapKeyRef: ref } : { secretKeyRef: ref };
}

function renderResource({ resource, divisor, container }: ResourceValue): object {
  const ref = { resource, ...optional('divisor', divisor), ...optional('containerName', container) };
  return { valueFrom: { resourceFieldRef: ref } };
}

/**
 * `envFrom` of a container.
 *
 * @internal
 */
export function renderEnvFrom(
  sources: readonly EnvFrom[],
  gates: FeatureGates,
  report: Reporter,
): readonly object[] {
  return sources.map((source, index) => {
    const reportBelow = below(`[${index}]`, report);
    const { from, prefix, optional: mayMiss } = isReference(source) ? { from: source } : source;
    const wrong = prefix === undefined || prefix === '' ? undefined : envVarName(prefix, gates);
    if (wrong !== undefined)
      reportBelow({
        code: 'INVALID_NAME',
        path: 'prefix',
        message: `Invalid value: "${prefix}": ${wrong}`,
      });
    const ref = { name: from.name, ...optional('optional', mayMiss) };
    const kind = configurationOf(from, reportBelow) === 'ConfigMap' ? 'configMapRef' : 'secretRef';
    return { ...optional('prefix', prefix), [kind]: ref };
  });
}

/** Every ConfigMap and Secret that the variables come from. */
export function sourcesOfEnv(env: Env = {}, envFrom: readonly EnvFrom[] = []): readonly Reference[] {
  const keyed = Object.values(env)
    .filter(isKeyReference)
    .map(({ of }) => of);
  const whole = envFrom.map((source) => (isReference(source) ? source : source.from));
  return [...keyed, ...whole].filter(isReference);
}
