import { SECRET_KINDS } from '../../kube/secret-kinds';
import { checkName } from './metadata';
import type { Reporter } from './problems';
import { below } from './problems';
import type { Shape } from './shape';
import { isPlainRecord } from '../../manifest/data';
import { anyOf, flag, list, open, record, text } from './shapes';

/**
 * A ConfigMap, Secret, ServiceAccount or claim by its name: one of ours, one of cdk8s-plus, or any object with these
 * two fields.
 */
export interface Reference<Kind extends string = string> {
  /** Kind of the object. */
  readonly kind: Kind | string;
  /** Name of the object in the cluster. */
  readonly name: string;
  /** Never set: holds `Kind`, so that the compiler refuses an existing object of another kind. @default never set */
  readonly onlyOf?: Kind;
}

/** One key of a ConfigMap or Secret. */
export interface KeyReference {
  /** The ConfigMap or Secret. */
  readonly of: Reference;
  /** The key. */
  readonly key: string;
  /** Whether the pod may start without it. @default false */
  readonly optional?: boolean;
}

const NAMED: Shape<{ readonly kind: string; readonly name: string }> = open({ kind: text, name: text });

/** A ConfigMap, Secret or other object: constructs, and objects of anyone with a kind and a name. */
export const referenceShape: Shape<Reference> = {
  expected: 'a reference',
  takes: isReference,
  // A construct has its name from what it renders.
  inside: (value, look) => {
    if (isPlainRecord(value)) NAMED.inside?.(value, look);
  },
  hint: () => "Refer to an object by its construct, or by `existing('Secret', 'name')`.",
};

/** A reference to an object of one kind, which is checked when it is rendered. */
export function referenceTo<Kind extends string>(): Shape<Reference<Kind>> {
  return referenceShape as Shape<Reference<Kind>>;
}

/** The name of an object of one kind, or a reference to it. */
export function nameOrReference<Kind extends string>(): Shape<string | Reference<Kind>> {
  return anyOf<string | Reference<Kind>>([text, referenceTo<Kind>()]);
}

export const PULL_SECRETS = list(nameOrReference<'Secret'>());

export const KEY_REFERENCE = record<KeyReference>({ of: referenceShape, key: text, optional: flag });

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

/** A source of configuration with a checksum of its content, so that pods follow its changes. */
export interface Checksummed {
  /** Hash of the content, where the name does not change with it. */
  readonly checksum?: string | undefined;
  /** Path of each key below a folder that it is mounted to, where that is not the key. */
  readonly paths?: ReadonlyMap<string, string>;
}

/** Whether a pod reads the reference as a ConfigMap or as a Secret; reports a kind that it can read as neither. */
export function configurationOf({ kind, name }: Reference, report: Reporter): 'ConfigMap' | 'Secret' {
  if (kind === 'ConfigMap') return 'ConfigMap';
  if (!SECRET_KINDS.has(kind)) {
    const message = `expected a ConfigMap or a Secret, got ${kind} "${name}"`;
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

/** The name in `reference`; reports another kind than `kind`. */
export function referenceName(reference: string | Reference, kind: string, report: Reporter): string {
  const name = typeof reference === 'string' ? reference : reference.name;
  checkName(name, '', report);
  if (typeof reference === 'object' && reference.kind !== kind)
    report({ code: 'INVALID_PROP', message: `expected a ${kind}, got ${reference.kind} "${name}"` });
  return name;
}

/** The name in `reference`, where there is one; reports another kind than `kind`. */
export function nameIn(
  reference: string | Reference | undefined,
  kind: string,
  report: Reporter,
): string | undefined {
  return reference === undefined ? undefined : referenceName(reference, kind, report);
}

/** `imagePullSecrets` of a pod or a ServiceAccount. */
export function renderPullSecrets(
  secrets: readonly (string | Reference<'Secret'>)[] = [],
  report: Reporter,
): readonly object[] {
  return secrets.map((secret, index) => {
    const reportBelow = below(`imagePullSecrets[${index}]`, report);
    if (typeof secret === 'string') {
      checkName(secret, '', reportBelow);
      return { name: secret };
    }
    if (configurationOf(secret, reportBelow) === 'ConfigMap')
      reportBelow({ code: 'INVALID_PROP', message: `expected a Secret, got ConfigMap "${secret.name}"` });
    return { name: secret.name };
  });
}
