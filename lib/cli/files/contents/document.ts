import { isClientSide, isClientSideWithoutName, isWebhookReview } from '../../../kube/client-side';
import { isBuiltinKind, isOnlySent, scopeOf } from '../../../kube/kinds';
import { placeholderIn } from '../../../kube/placeholders';
import { groupOf } from '../../../manifest/manifest';
import { isRecord } from '../../project/section';
import type { Skipped } from '../reasons';
import { encrypted } from './encrypted';
import { shapeOf } from './shape';

/** Why a document is none that a cluster stores; nothing for what is meant to be an object, complete or not. */
export type Other = Pick<Skipped, 'why' | 'reason'>;

/** Kinds that CustomResourceDefinitions define, each as `group/kind`. */
export type Defined = ReadonlySet<string>;

type Fields = Readonly<Record<string, unknown>>;

/** The annotation of files that tools read and nobody applies, by the convention of Kustomize and kpt. */
const LOCAL = 'config.kubernetes.io/local-config';
const FUNCTION = 'config.kubernetes.io/function';

/**
 * Why a document is skipped: it is whole, and no object of a cluster. Nothing for an object, and for what is meant to be
 * one.
 */
export function otherThanObject(value: unknown, file: string, defined: Defined): Other | undefined {
  if (Array.isArray(value) && value.length > 0 && value.every(looksLikeObject)) return undefined;
  if (!isRecord(value)) return { why: shapeOf(file, value) };
  if (encrypted(value) !== undefined) return { why: 'encrypted' };
  if ('$patch' in value) return { why: 'patch' };
  const { apiVersion, kind } = value;
  if (!isName(apiVersion) || !isName(kind)) {
    const why = shapeOf(file, value);
    return why === 'values' || !isMeant(value) ? { why } : undefined;
  }
  if (defined.has(`${groupOf(apiVersion)}/${kind}`)) return undefined;
  return isTemplate(value) ? { why: 'unrendered' } : otherKind(value, apiVersion, kind, file);
}

function looksLikeObject(value: unknown): boolean {
  return isRecord(value) && isName(value['apiVersion']) && isName(value['kind']);
}

/** A kind with its API version that no API server stores. */
function otherKind(value: Fields, apiVersion: string, kind: string, file: string): Other | undefined {
  const { metadata } = value;
  if (groupOf(apiVersion) === 'kustomize.config.k8s.io') return { why: 'kustomization' };
  if (isPatchOfDefinition(value, apiVersion, kind) || (isPatchFile(file) && isPartial(value, apiVersion)))
    return { why: 'patch' };
  const isNameless = !isRecord(metadata) || !('name' in metadata || 'generateName' in metadata);
  if (isClientSide(apiVersion, kind) || (isNameless && isClientSideWithoutName(groupOf(apiVersion), kind)))
    return { why: 'client', reason: `${kind} of ${apiVersion}, which a program reads and no cluster stores` };
  const annotations = isRecord(metadata) ? metadata['annotations'] : undefined;
  if (isRecord(annotations) && (String(annotations[LOCAL]) === 'true' || FUNCTION in annotations))
    return { why: 'client', reason: `${kind} that is marked as configuration of a local program` };
  if (isOnlySent(apiVersion, kind) || isWebhookReview(kind)) return { why: 'request' };
  const isUnknown = scopeOf(apiVersion, kind) === undefined && groupOf(apiVersion) !== '';
  // Configuration of programs has no metadata; an object of any kind has, and mostly a spec.
  if (isUnknown && !('metadata' in value) && !('spec' in value) && !isList(kind, value))
    return { why: 'client', reason: `${kind} of ${apiVersion}, which has no metadata as objects have` };
  return undefined;
}

/** Whether a file or its folder is named as what a script or a kustomization merges into objects of other files. */
export function isPatchFile(file: string): boolean {
  return /(?:^|[/._-])patch(?:es)?[._-][^/]*$|(?:^|\/)patch(?:es)?\//.test(file);
}

/** Fields that each workload of apps has in its spec. */
const OF_WORKLOADS = /^(?:selector|template)$/;

/** Whether an object lacks what each has: a name, or the selector and pods of a workload. */
function isPartial({ metadata, spec }: Fields, apiVersion: string): boolean {
  if (!isRecord(metadata) || !('name' in metadata || 'generateName' in metadata)) return true;
  if (groupOf(apiVersion) !== 'apps' || !isRecord(spec)) return false;
  return Object.keys(spec).filter((key) => OF_WORKLOADS.test(key)).length < 2;
}

/** Whether a CustomResourceDefinition defines nothing, and says something else: a patch, as Kubebuilder writes them. */
function isPatchOfDefinition({ metadata, spec }: Fields, apiVersion: string, kind: string): boolean {
  if (kind !== 'CustomResourceDefinition' || groupOf(apiVersion) !== 'apiextensions.k8s.io') return false;
  const keys = isRecord(spec) ? Object.keys(spec) : [];
  if (keys.some((key) => DEFINING.has(key))) return false;
  return keys.length > 0 || (spec === undefined && isRecord(metadata) && 'annotations' in metadata);
}

const DEFINING: ReadonlySet<string> = new Set(['group', 'names', 'scope', 'version', 'versions']);

function isList(kind: string, value: Fields): boolean {
  return kind.endsWith('List') && 'items' in value;
}

/** Fields that objects of some kind have at their top, and that say that a document is meant to be one. */
const BODY = [
  'metadata',
  'spec',
  'data',
  'stringData',
  'binaryData',
  'rules',
  'subjects',
  'webhooks',
  'secrets',
  'provisioner',
  'parameters',
  'globalDefault',
  'value',
  'handler',
  'subsets',
  'endpoints',
  'items',
];

/** Fields of files that have a `kind`, and sometimes `metadata` or `spec`, without being objects: of Garden and Zarf. */
const NO_BODY = ['type', 'components', 'packages', 'environments', 'version'];

/** Whether a document that lacks its `apiVersion` or its `kind` is meant to be an object. */
function isMeant(value: Fields): boolean {
  const { apiVersion, kind, metadata, spec } = value;
  if (isName(kind) && isBuiltinKind(kind)) {
    const others = Object.keys(value).filter((key) => key !== 'kind' && key !== 'apiVersion');
    return others.length === 0 || others.some((key) => BODY.includes(key));
  }
  if (isName(kind))
    return (
      /^[A-Z]/.test(kind) && (isRecord(metadata) || isRecord(spec)) && !NO_BODY.some((key) => key in value)
    );
  // The installer of OpenShift has its configuration in v1.
  if (isName(apiVersion))
    return isRecord(metadata) && !isClientSide(apiVersion, '') && !('baseDomain' in value);
  return false;
}

/** Whether the identity of an object has a placeholder. */
function isTemplate({ apiVersion, kind, metadata }: Fields): boolean {
  const { name, generateName, namespace } = isRecord(metadata) ? metadata : {};
  return [apiVersion, kind, name, generateName, namespace].some(
    (text) => (typeof text === 'string' && placeholderIn(text) !== undefined) || isInBrackets(text),
  );
}

/** Whether a value is `[[ .Name ]]`: an action of Go's templates with the brackets that some programs set. */
function isInBrackets(value: unknown): boolean {
  return Array.isArray(value) && value.length === 1 && Array.isArray(value[0]);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
