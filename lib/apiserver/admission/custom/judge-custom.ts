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
import { ratcheted } from './ratcheting';
import { scaleValues } from './scale';
import type { CustomSchema } from './schema';
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
 * @param object plain data with the apiVersion and kind of the definition
 * @param old what it was before, as the server holds it; absent for one that is created
 * @source k8s.io/apiextensions-apiserver pkg/registry/customresource/strategy.go customResourceStrategy.Validate, customResourceStrategy.ValidateUpdate, customResourceStrategy.PrepareForCreate 1.36
 */
export function judgeCustom(
  object: PlainRecord,
  definition: CustomDefinition,
  kubernetes: KubernetesRelease,
  old?: PlainRecord,
): Judgement {
  const review: Review = { kubernetes, errors: [] };
  const version = servedVersion(CheckedField.of(object, review), definition);
  if (version === undefined) return { value: object, violations: review.errors };

  const decoded = decodeResource(CheckedField.of(object, review), version);
  // The server validates only objects that it can decode.
  if (review.errors.length > 0) return { value: decoded, violations: review.errors };

  const value = prepared(decoded, version, old);
  return { value, violations: distinct(validate(value, version, kubernetes, old)) };
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
 * The resource as the server validates it: with defaults, with the status that it has instead of one that the request
 * cannot set, and with a name.
 *
 * @source k8s.io/apiextensions-apiserver pkg/registry/customresource/strategy.go customResourceStrategy.PrepareForUpdate 1.36
 */
function prepared(
  decoded: PlainRecord,
  { schema, hasStatus }: CustomVersion,
  old: PlainRecord | undefined,
): PlainRecord {
  const resource = { ...(withDefaults(decoded, schema) as PlainRecord) };
  if (hasStatus) delete resource['status'];
  // A manifest has none: what is there stays.
  if (old?.['status'] !== undefined) resource['status'] = old['status'];
  return { ...resource, metadata: named((resource['metadata'] ?? {}) as PlainRecord) };
}

/** Five characters instead of the random ones that the server appends: letters and digits, as in most names. */
function named(metadata: PlainRecord): PlainRecord {
  const { name, generateName } = metadata;
  if (name !== undefined || typeof generateName !== 'string') return metadata;
  return { ...metadata, name: `${generateName.slice(0, LONGEST_PREFIX)}x2x4x` };
}

function validate(
  value: PlainRecord,
  version: CustomVersion,
  kubernetes: KubernetesRelease,
  old: PlainRecord | undefined,
): readonly FieldError[] {
  const { schema } = version;
  const bySchema = errorsOf(value, kubernetes, (root, review) => bySchemas(root, version, review));
  const counting = old === undefined ? bySchema : ratcheted(bySchema, [old, value], kubernetes);
  const invariants = errorsOf(value, kubernetes, (root) => {
    embeddedResources(root, schema);
    if (old === undefined || areListsRight(old, schema, kubernetes)) listTypes(root, schema);
  });
  const errors = [...counting, ...invariants];
  if (errors.some(({ reason }) => BLOCKING.has(reason))) return errors;
  return [...errors, ...errorsOf(value, kubernetes, (root) => rules(root, version, old))];
}

function errorsOf(
  value: PlainRecord,
  kubernetes: KubernetesRelease,
  check: (root: CheckedField, review: Review) => void,
): readonly FieldError[] {
  const review: Review = { kubernetes, errors: [] };
  check(CheckedField.of(value, review), review);
  return review.errors;
}

function bySchemas(root: CheckedField, { definition, scale, schema }: CustomVersion, review: Review): void {
  customMeta(
    root.child('metadata'),
    root.child('apiVersion').text,
    definition.kind,
    definition.scope === 'Namespaced',
  );
  new SchemaValidator(review).check(root, schema);
  if (scale !== undefined) scaleValues(root, scale);
}

/** Whether no set or list map has an item twice: what is wrong with them before, a change need not mend. */
function areListsRight(value: PlainRecord, schema: CustomSchema, kubernetes: KubernetesRelease): boolean {
  return errorsOf(value, kubernetes, (root) => listTypes(root, schema)).length === 0;
}

/** Where a rule has a reason, the server reports it instead of `invalid`. */
const REASONS: ReadonlyMap<string, Reason> = new Map([
  ['FieldValueDuplicate', 'duplicate'],
  ['FieldValueForbidden', 'forbidden'],
  ['FieldValueRequired', 'required'],
]);

function rules(root: CheckedField, version: CustomVersion, oldValue: PlainRecord | undefined): void {
  for (const { path, message, reason } of version.rules?.evaluate(root.value, { oldValue }) ?? [])
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
