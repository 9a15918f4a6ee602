import { oneOf } from '../../../errors';
import type { KubernetesRelease } from '../../../kube/schema';
import type { PlainRecord } from '../../../manifest/data';
import { CheckedField } from '../checked-field';
import { noMatches, OMITTED } from '../error-body';
import type { Reason, Review, FieldError } from '../review';
import { customMeta } from '../rules/meta';
import type { Judgement } from '../judgement';
import { withDefaults } from './defaults';
import type { CustomDefinition, CustomVersion } from './definition';
import { decodeMetadata } from './embedded';
import { embeddedResources, listTypes } from './invariants';
import { pruneResource } from './prune';
import { scaleValues } from './scale';
import { SchemaValidator } from './validate';

/** The server truncates generateName, so that the name stays below 64 characters. */
const LONGEST_PREFIX = 58;

/** Errors after which the server skips the rules, because a value may not have the type that a rule expects. */
const BLOCKING: ReadonlySet<Reason> = new Set([
  'not-supported',
  'required',
  'too-long',
  'too-many',
  'wrong-type',
]);

/**
 * Validates a custom resource against its definition.
 *
 *
 * @param object plain data with the apiVersion and kind of the definition
 * @source k8s.io/apiextensions-apiserver pkg/registry/customresource/strategy.go customResourceStrategy.Validate, customResourceStrategy.PrepareForCreate 1.36
 */
export function judgeCustom(
  object: PlainRecord,
  definition: CustomDefinition,
  kubernetes: KubernetesRelease,
): Judgement {
  const review: Review = { kubernetes, errors: [] };
  const version = servedVersion(CheckedField.of(object, review), definition);
  if (version === undefined) return { value: object, violations: review.errors };

  const decoded = decodeResource(CheckedField.of(object, review), version);
  // The server validates only objects that it can decode.
  if (review.errors.length > 0) return { value: decoded, violations: review.errors };

  const value = prepared(decoded, version);
  validate(CheckedField.of(value, review), version, review);
  return { value, violations: distinct(review.errors) };
}

function servedVersion(root: CheckedField, definition: CustomDefinition): CustomVersion | undefined {
  const apiVersion = root.child('apiVersion');
  const version = definition.versions.get(apiVersion.text.slice(definition.group.length + 1));
  if (version?.served === true) return version;
  const served = [...definition.versions].filter(([, each]) => each.served).map(([name]) => name);
  apiVersion.say(
    'unserved-kind',
    noMatches(apiVersion.text, definition.kind),
    served.length === 0
      ? 'Its CustomResourceDefinition serves no version.'
      : `Its CustomResourceDefinition serves ${oneOf(served)}.`,
  );
  return undefined;
}

function decodeResource(root: CheckedField, version: CustomVersion): PlainRecord {
  const metadata = decodeMetadata(root);
  const resource = pruneResource(root, version.schema);
  return metadata === undefined ? resource : { ...resource, metadata };
}

/**
 * The resource as the server validates it: with defaults, without a status that the request cannot set, and with a
 * name.
 */
function prepared(decoded: PlainRecord, { schema, hasStatus }: CustomVersion): PlainRecord {
  const resource = { ...(withDefaults(decoded, schema) as PlainRecord) };
  if (hasStatus) delete resource['status'];
  return { ...resource, metadata: named((resource['metadata'] ?? {}) as PlainRecord) };
}

/** Five characters instead of the random ones that the server appends: letters and digits, as in most names. */
function named(metadata: PlainRecord): PlainRecord {
  const { name, generateName } = metadata;
  if (name !== undefined || typeof generateName !== 'string') return metadata;
  return { ...metadata, name: `${generateName.slice(0, LONGEST_PREFIX)}x2x4x` };
}

function validate(root: CheckedField, version: CustomVersion, review: Review): void {
  const { definition, scale, schema } = version;
  customMeta(
    root.child('metadata'),
    root.child('apiVersion').text,
    definition.kind,
    definition.scope === 'Namespaced',
  );
  new SchemaValidator(review).check(root, schema);
  if (scale !== undefined) scaleValues(root, scale);
  embeddedResources(root, schema);
  listTypes(root, schema);
  if (!review.errors.some(({ reason }) => BLOCKING.has(reason))) rules(root, version);
}

/** Where a rule has a reason, the server reports it instead of `invalid`. */
const REASONS: ReadonlyMap<string, Reason> = new Map([
  ['FieldValueDuplicate', 'duplicate'],
  ['FieldValueForbidden', 'forbidden'],
  ['FieldValueRequired', 'required'],
]);

function rules(root: CheckedField, version: CustomVersion): void {
  for (const { path, message, reason } of version.rules?.evaluate(root.value) ?? [])
    root
      .child(path)
      .holding(OMITTED)
      .report(REASONS.get(reason) ?? 'invalid', message);
}

/** Several conditions can report the same error. */
function distinct(violations: readonly FieldError[]): FieldError[] {
  const seen = new Map(violations.map((violation) => [`${violation.path} ${violation.message}`, violation]));
  return [...seen.values()];
}
