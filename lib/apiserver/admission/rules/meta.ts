import { isOnlySent, scopeOf } from '../../../kube/kinds';
import {
  annotationKey,
  ANNOTATIONS_MAX_BYTES,
  annotationsSize,
  labelKey,
  labelValue,
} from '../../../kube/labels';
import { dnsLabel, pathSegment, qualifiedName } from '../../../kube/names';
import { generateNameRule, nameRule } from '../../../kube/object-names';
import type { Labels } from '../../../kube/labels';
import { remembered } from '../../../kube/remembered';
import type { CheckedField } from '../checked-field';
import { jsonText } from '../../../manifest/json-text';

/** Kinds for which the server generates a missing name. */
const NAMED_BY_SERVER: ReadonlySet<string> = new Set(['LimitRange']);

/** Kinds for which the server barely checks generateName if there is a name. */
const NAME_ALONE: ReadonlySet<string> = new Set(['DeviceClass', 'ReplicationController']);

/** Finalizers that need no domain prefix. */
const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** Kinds whose finalizers need no domain: their validation uses only the rules of apimachinery, or none. */
const OPEN_FINALIZERS =
  /^(admissionregistration|apiextensions|apiregistration|coordination|node)\.k8s\.io\/|^policy\/|^v1 Event$/;

/**
 * `metadata` of an object to create.
 *
 * @source k8s.io/apimachinery pkg/api/validation/objectmeta.go ValidateObjectMeta 1.36
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateObjectMeta 1.36
 * @source k8s.io/apiserver pkg/registry/rest/create.go BeforeCreate 1.36
 */
export function objectMeta(metadata: CheckedField, apiVersion: string, kind: string): void {
  // An object that is never stored needs no name.
  if (isOnlySent(apiVersion, kind)) return;
  names(metadata, apiVersion, kind);
  namespace(metadata.child('namespace'), scopeOf(apiVersion, kind) === 'Namespaced');
  const isOpen = metadata.child('finalizers').isSet && OPEN_FINALIZERS.test(`${apiVersion} ${kind}`);
  commonMeta(metadata, !isOpen);
}

/**
 * `metadata` of a custom resource, whose definition sets its scope.
 *
 * @source k8s.io/apiextensions-apiserver pkg/registry/customresource/validator.go customResourceValidator.Validate 1.36
 */
export function customMeta(
  metadata: CheckedField,
  apiVersion: string,
  kind: string,
  isNamespaced: boolean,
): void {
  names(metadata, apiVersion, kind);
  namespace(metadata.child('namespace'), isNamespaced);
  commonMeta(metadata, false);
}

/**
 * `metadata` of a template: labels and annotations only.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodTemplateSpec 1.36
 */
export function templateMeta(metadata: CheckedField): void {
  annotations(metadata.child('annotations'));
  labels(metadata.child('labels'));
  for (const { name } of metadata.entries) {
    if (name === 'labels' || name === 'annotations') continue;
    // The server uses the Go name of the field.
    metadata.child(name === 'uid' ? 'uID' : name).forbidden('must not be set in a template');
  }
}

/**
 * The rules for the metadata of any object, except its name.
 *
 * @source k8s.io/apimachinery pkg/api/validation/objectmeta.go ValidateObjectMetaAccessor 1.36
 */
export function commonMeta(metadata: CheckedField, finalizersNeedDomain: boolean): void {
  labels(metadata.child('labels'));
  annotations(metadata.child('annotations'));
  // Few objects have these.
  const [owners, named] = [metadata.child('ownerReferences'), metadata.child('finalizers')];
  if (owners.isSet) ownerReferences(owners);
  if (named.isSet) finalizers(named, finalizersNeedDomain);
}

/**
 * @source k8s.io/apimachinery pkg/api/validation/objectmeta.go ValidateObjectMetaAccessor 1.36
 * @source k8s.io/apimachinery pkg/api/validation/generic.go NameIsDNSSubdomain 1.36
 */
function names(metadata: CheckedField, apiVersion: string, kind: string): void {
  const rule = nameRule(apiVersion, kind, metadata.gates);
  const [name, prefix] = [metadata.child('name'), metadata.child('generateName')];
  const isNameAlone = NAME_ALONE.has(kind) && name.text !== '';
  if (prefix.text !== '') prefix.must(generateNameRule(isNameAlone ? pathSegment : rule));
  if (name.text !== '') name.must(rule);
  else if (prefix.text === '' && !NAMED_BY_SERVER.has(kind))
    name.required('name or generateName is required');
}

/**
 * A client sets its default namespace on an object without one, so a missing namespace is valid. The server drops the
 * namespace of a cluster-scoped object.
 *
 * @source k8s.io/apimachinery pkg/api/validation/objectmeta.go ValidateObjectMetaAccessor 1.36
 * @source k8s.io/apiserver pkg/registry/rest/meta.go EnsureObjectNamespaceMatchesRequestNamespace 1.36
 */
function namespace(field: CheckedField, isNamespaced: boolean): void {
  if (isNamespaced && field.text !== '') field.must(dnsLabel);
}

/** Most objects have the same few keys. */
const labelKeyProblem = remembered(labelKey);
const annotationKeyProblem = remembered(annotationKey);

/**
 * A map of labels. As the server does, this reports errors for the map and not for the key.
 *
 * @source k8s.io/apimachinery pkg/apis/meta/v1/validation/validation.go ValidateLabels 1.36
 */
export function labels(map: CheckedField): void {
  for (const label of map.entries) {
    const problem = labelKeyProblem(label.name);
    if (problem !== undefined) map.holding(label.name).invalid(problem);
    const valueProblem = labelValue(label.text);
    if (valueProblem !== undefined) map.holding(label.text).invalid(valueProblem);
  }
}

/** @source k8s.io/apimachinery pkg/api/validation/objectmeta.go ValidateAnnotations 1.36 */
export function annotations(map: CheckedField): void {
  if (!map.isSet) return;
  for (const annotation of map.entries) {
    const problem = annotationKeyProblem(annotation.name);
    if (problem !== undefined) map.holding(annotation.name).invalid(problem);
  }
  if (annotationsSize((map.value ?? {}) as Labels) !== undefined) map.tooLong(ANNOTATIONS_MAX_BYTES);
}

/**
 * The server removes duplicate owners before it validates them.
 *
 * @source k8s.io/apimachinery pkg/api/validation/objectmeta.go ValidateOwnerReferences, validateOwnerReference 1.36
 */
function ownerReferences(list: CheckedField): void {
  const { items } = list;
  const owners = [...new Map(items.map((owner) => [sameOwner(owner), owner])).values()];
  // Until 1.36 the server does not report which reference it means, since then the place among those without duplicates.
  const isPlaced = list.since('1.37');
  for (const [index, owner] of owners.entries()) ownerReference(owner, (isPlaced && items[index]) || list);
  const controllers = owners.filter((owner) => owner.child('controller').isTrue);
  for (const _ of controllers.slice(1)) list.invalid('must have at most one controller');
}

/** @source k8s.io/apimachinery pkg/api/validation/objectmeta.go validateOwnerReference 1.37 */
function ownerReference(owner: CheckedField, at: CheckedField): void {
  const apiVersion = owner.child('apiVersion').text;
  const empty = (name: string): void => {
    if (at.since('1.37')) at.child(name).required('must not be empty');
    else at.child(name).invalid('must not be empty');
  };
  if (apiVersion === '' && at.since('1.37')) empty('apiVersion');
  else if (!/^([^/]*\/)?[^/]+$/.test(apiVersion))
    at.child('apiVersion').invalid('must be <group>/<version> or <version>');
  for (const name of ['kind', 'name', 'uid']) if (owner.child(name).text === '') empty(name);
  if (apiVersion === 'v1' && owner.child('kind').text === 'Event') at.invalid('an Event cannot be an owner');
}

const OWNER_FIELDS = ['apiVersion', 'kind', 'name', 'uid', 'controller', 'blockOwnerDeletion'];

function sameOwner(owner: CheckedField): string {
  return jsonText(OWNER_FIELDS.map((name) => owner.child(name).value ?? null));
}

/** @source k8s.io/apimachinery pkg/api/validation/objectmeta.go ValidateFinalizers, ValidateFinalizerName 1.36 */
function finalizers(list: CheckedField, needDomain: boolean): void {
  const names = list.texts;
  for (const name of names) {
    const problem = qualifiedName(name);
    if (problem !== undefined) list.holding(name).invalid(problem);
  }
  if (names.includes('orphan') && names.includes('foregroundDeletion')) {
    list.invalid('must not have both orphan and foregroundDeletion');
  }
  if (!needDomain) return;
  for (const item of list.items) finalizerDomain(item);
}

/**
 * A finalizer needs a domain, unless it is a standard one.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateKubeFinalizerName 1.36
 */
export function finalizerDomain(item: CheckedField, at = item): void {
  if (item.text.includes('/') || STANDARD_FINALIZERS.includes(item.text)) return;
  at.holding(item.text).invalid(`must have a domain prefix, such as example.com/${item.text || 'name'}`);
}
