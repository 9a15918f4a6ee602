import { checkName } from './metadata';
import type { Reporter } from './problems';
import { below } from './problems';

/**
 * A ConfigMap, Secret, ServiceAccount or claim by its name: one of ours, one of cdk8s-plus, or any object with these
 * two fields.
 */
export interface Reference<Kind extends string = string> {
  readonly kind: Kind | string;
  readonly name: string;
}

/** One key of a ConfigMap or Secret. */
export interface KeyReference {
  readonly of: Reference;
  readonly key: string;
  /** Whether the pod may start without it. @default false */
  readonly optional?: boolean;
}

/**
 * One key of any ConfigMap or Secret, of cdk8s-plus too: `env: { LEVEL: keyOf(configMap, 'level') }`.
 *
 * @param options.optional whether the pod may start without the key
 */
export function keyOf(
  of: Reference,
  key: string,
  options: { readonly optional?: boolean } = {},
): KeyReference {
  return { of, key, ...options };
}

/** A source of configuration that says what its content is, so that pods can follow its changes. */
export interface Checksummed {
  /** Hash of the content, where the name does not change with it. */
  readonly checksum?: string | undefined;
  /** Where each key belongs below a folder it is mounted to, when that is not the key itself. */
  readonly paths?: ReadonlyMap<string, string>;
}

/** Kinds that are a Secret in the cluster, or become one of their own name. */
const SECRETS: ReadonlySet<string> = new Set(['Secret', 'ExternalSecret', 'SealedSecret']);

/** Which of the two kinds of configuration a pod reads as `of`; tells where it can read neither. */
export function configurationOf({ kind, name }: Reference, report: Reporter): 'ConfigMap' | 'Secret' {
  if (kind === 'ConfigMap') return 'ConfigMap';
  if (!SECRETS.has(kind)) {
    const message = `the ${kind} ${name} is neither a ConfigMap nor a Secret`;
    report({ code: 'INVALID_PROP', message });
  }
  return 'Secret';
}

export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && 'kind' in value && 'name' in value;
}

export function isKeyReference(value: unknown): value is KeyReference {
  return typeof value === 'object' && value !== null && 'of' in value && isReference(value.of);
}

/** The name of a `kind`, however it was given. */
export function referenceName(reference: string | Reference, kind: string, report: Reporter): string {
  const name = typeof reference === 'string' ? reference : reference.name;
  checkName(name, '', report);
  if (typeof reference === 'object' && reference.kind !== kind)
    report({ code: 'INVALID_PROP', message: `the ${reference.kind} ${name} is no ${kind}` });
  return name;
}

/** `imagePullSecrets` of a pod or a ServiceAccount. */
export function renderPullSecrets(
  secrets: readonly (string | Reference<'Secret'>)[] = [],
  report: Reporter,
): readonly object[] {
  return secrets.map((secret, index) => {
    const telling = below(`imagePullSecrets[${index}]`, report);
    if (typeof secret === 'string') {
      checkName(secret, '', telling);
      return { name: secret };
    }
    if (configurationOf(secret, telling) === 'ConfigMap')
      telling({ code: 'INVALID_PROP', message: `the ConfigMap ${secret.name} is no Secret` });
    return { name: secret.name };
  });
}
