import { qualifiedName } from '../../../kube/names';
import type { Field } from '../../../manifest/field';
import type { CustomDefinition } from '../../admission/custom/definition';
import { stringFormat } from '../../admission/custom/formats';
import { quoted, type KindWarnings, type Warnings } from '../warning';

const NUMBER_FORMATS: Readonly<Record<string, readonly string[]>> = {
  integer: ['int32', 'int64'],
  number: ['float', 'double'],
};

/** Fields of a schema that hold one schema, a map of schemas, or a list of them. */
const ONE = ['additionalItems', 'additionalProperties', 'items', 'not'];
const MAPS = ['definitions', 'dependencies', 'patternProperties', 'properties'];
const LISTS = ['allOf', 'anyOf', 'items', 'oneOf'];

/** @source k8s.io/apiextensions-apiserver pkg/registry/customresourcedefinition/strategy.go getUnrecognizedFormatsInCRD 1.37 */
export const customResourceDefinition: KindWarnings = (object, warnings) => {
  if (!warnings.since('1.34')) return;
  for (const version of object.list('spec', 'versions'))
    ofSchema(version.at('schema', 'openAPIV3Schema'), warnings);
};

function ofSchema(root: Field, warnings: Warnings): void {
  const waiting = [root];
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (Object.keys(schema.record).length === 0) continue;
    const format = schema.child('format');
    if (format.text !== '' && !isKnown(format.text, schema.child('type').text, warnings))
      warnings.add(format, `unrecognized format ${quoted(format.text)}`);
    setOfItems(schema, warnings);
    waiting.push(...ONE.map((name) => schema.child(name)));
    waiting.push(...MAPS.flatMap((name) => schema.child(name).entries));
    waiting.push(...LISTS.flatMap((name) => schema.list(name)));
  }
}

/** The server warns by the formats of the release before it, for the sake of a rollback. */
function isKnown(format: string, type: string, warnings: Warnings): boolean {
  const { kubernetes } = warnings;
  if (type === '' || type === 'string')
    return (
      stringFormat(format, kubernetes) !== undefined && (warnings.since('1.35') || !format.startsWith('k8s'))
    );
  return NUMBER_FORMATS[type]?.includes(format) ?? false;
}

const STANDARD = new Set(['foregroundDeletion', 'orphan', 'kubernetes']);

/**
 * A custom resource: its version may be deprecated, and its finalizers should be qualified names.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/customresource_handler.go defaultDeprecationWarning 1.37
 * @source k8s.io/apiextensions-apiserver pkg/registry/customresource/validator.go validateKubeFinalizerName 1.37
 */
export function customResource(object: Field, definition: CustomDefinition, warnings: Warnings): void {
  const apiVersion = object.child('apiVersion');
  const message = definition.versions.get(apiVersion.text.slice(definition.group.length + 1))?.deprecation;
  if (message !== undefined) warnings.add(apiVersion, message);
  for (const finalizer of object.list('metadata', 'finalizers'))
    if (warnings.since('1.29')) finalizerName(finalizer, warnings);
}

function finalizerName(field: Field, warnings: Warnings): void {
  const { text } = field;
  const problem = qualifiedName(text);
  if (problem !== undefined) warnings.add(field, `${quoted(text)}: ${problem}`);
  if (text.includes('/') || STANDARD.has(text)) return;
  const path = text.includes('.') ? ' including a path (/)' : '';
  const why = 'to avoid accidental conflicts with other finalizer writers';
  warnings.add(field, `${quoted(text)}: prefer a domain-qualified finalizer name${path} ${why}`);
}

/**
 * Items of a set that are no scalars (since 1.37).
 *
 * @source k8s.io/apiextensions-apiserver pkg/registry/customresourcedefinition/strategy.go getNonScalarListTypeSetWarnings 1.37
 */
function setOfItems(schema: Field, warnings: Warnings): void {
  const [listType, items] = [
    schema.child('x-kubernetes-list-type'),
    schema.child('items').child('type').text,
  ];
  if (!warnings.since('1.37') || listType.text !== 'set' || (items !== 'object' && items !== 'array')) return;
  const unsupported = 'is not supported by server-side apply or CEL validation rules';
  warnings.add(listType, `x-kubernetes-list-type: set for items of type ${quoted(items)} ${unsupported}`);
}
