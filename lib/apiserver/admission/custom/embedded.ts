import { isPlainRecord, type PlainRecord } from '../../../manifest/data';
import { dns1035Label, dnsLabel, pathSegment } from '../../../kube/names';
import { generateNameRule } from '../../../kube/object-names';
import { structSchema } from '../../../kube/schema/struct';
import type { FieldSchema, KubernetesRelease, StructSchema } from '../../../kube/schema';
import { decode } from '../decode/decode';
import type { CheckedField } from '../checked-field';
import { commonMeta } from '../rules/meta';

const META_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

export function isMetaField(name: string): boolean {
  return META_FIELDS.has(name);
}

/**
 * The `metadata` of an object as the server decodes it, and errors about invalid or unknown fields.
 *
 * @param object the field of the object that has it
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/objectmeta/coerce.go GetObjectMetaWithOptions 1.36
 */
export function decodeMetadata(object: CheckedField): unknown {
  const metadata = object.child('metadata');
  if (!metadata.isPresent) return undefined;
  const { value, violations } = decode(
    { metadata: metadata.value ?? {} },
    holderOf(object.kubernetes),
    object.kubernetes,
  );
  for (const { reason, path, message, hint } of violations) object.child(path).say(reason, message, hint);
  return isPlainRecord(value) ? value['metadata'] : undefined;
}

const holders = new Map<KubernetesRelease, StructSchema>();

/** The schema of an object with only `metadata` defined. */
function holderOf(kubernetes: KubernetesRelease): StructSchema {
  let holder = holders.get(kubernetes);
  if (holder === undefined) {
    const struct = (): StructSchema => structSchema(kubernetes, 'meta/v1', 'ObjectMeta');
    const facts = { name: 'metadata', required: false, pointer: false, omitEmpty: false };
    const metadata: FieldSchema = { ...facts, type: 'struct', struct, atomic: false };
    holders.set(kubernetes, (holder = { name: '', fields: new Map([['metadata', metadata]]) }));
  }
  return holder;
}

/** A resource inside another (`x-kubernetes-embedded-resource`): its metadata is decoded like that of any object. */
export function decodeEmbedded(field: CheckedField, copy: PlainRecord): PlainRecord {
  for (const name of ['apiVersion', 'kind']) {
    if (copy[name] !== undefined && typeof copy[name] !== 'string')
      field.child(name).report('wrong-type', 'expected string');
  }
  const metadata = decodeMetadata(field.holding(copy));
  return metadata === undefined ? copy : { ...copy, metadata };
}

/** @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/objectmeta/validation.go validate 1.36 */
export function embeddedResource(field: CheckedField): void {
  const [apiVersion, kind, metadata] = [
    field.child('apiVersion'),
    field.child('kind'),
    field.child('metadata'),
  ];
  if (!apiVersion.isPresent) apiVersion.required();
  else if (!/^[^/]+(\/[^/]*)?$|^\/[^/]*$/.test(apiVersion.text))
    apiVersion.invalid('must be a group and a version');
  if (!kind.isPresent) kind.required();
  else if (kind.text === '') kind.invalid('must not be empty');
  else kind.must((text) => dns1035Label(text.toLowerCase()));
  if (!metadata.isPresent) return;
  const [name, prefix, namespace] = ['name', 'generateName', 'namespace'].map((each) =>
    metadata.child(each),
  ) as [CheckedField, CheckedField, CheckedField];
  if (prefix.text !== '') prefix.must(generateNameRule(pathSegment));
  if (name.text !== '') name.must(pathSegment);
  if (namespace.text !== '') namespace.must(dnsLabel);
  commonMeta(metadata, false);
}
