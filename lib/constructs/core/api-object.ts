import { ApiObject, ImplicitTokenResolver, LazyResolver, NumberStringUnionResolver } from 'cdk8s';
import type { App, IResolver } from 'cdk8s';
import type { KubeObject as PlainObject } from '../../manifest/manifest';

/**
 * cdk8s renders an object in two walks: at every value it looks the app up and asks each of its resolvers whether the
 * value is a token, then it sorts keys and drops what is null. Nearly all objects hold no token, and then one walk
 * comes to the same. Whatever might be a token, or is not as expected, is left to cdk8s.
 */

type Data = Readonly<Record<string, unknown>>;

/** What cdk8s keeps to itself. */
interface Insides {
  readonly props?: Data;
  readonly patches?: readonly unknown[];
}

interface MetadataInsides {
  readonly _additionalAttributes?: Data;
  readonly labels?: Data;
  readonly annotations?: Data;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly unknown[];
}

/** `object.toJson()`. */
export function renderApiObject(object: ApiObject): PlainObject {
  return literalObject(object) ?? (object.toJson() as PlainObject);
}

/** `object.metadata.toJson()`. */
export function renderMetadata(object: ApiObject): Record<string, unknown> {
  return literalMetadata(object) ?? (object.metadata.toJson() as Record<string, unknown>);
}

function literalObject(object: ApiObject): PlainObject | undefined {
  const { props, patches } = object as unknown as Insides;
  // Subclasses render in their own way.
  if (object.toJson !== ApiObject.prototype.toJson || props === undefined || patches?.length !== 0)
    return undefined;
  const metadata = literalMetadata(object);
  if (metadata === undefined) return undefined;
  const { metadata: _, ...others } = props;
  const settled = settle(others, KEEP_EMPTY);
  if (settled === TOKEN) return undefined;
  const { apiVersion, kind, ...fields } = settled as Pick<PlainObject, 'apiVersion' | 'kind'>;
  return { apiVersion, kind, metadata, ...fields };
}

function literalMetadata(object: ApiObject): Record<string, unknown> | undefined {
  const { name, namespace } = object.metadata;
  const { _additionalAttributes, annotations, finalizers, ownerReferences, labels } =
    object.metadata as unknown as MetadataInsides;
  if (_additionalAttributes === undefined || !hasOnlyCdk8sResolvers(object)) return undefined;
  const all: Data = { annotations, finalizers, labels, name, namespace, ownerReferences };
  const more = Object.entries(_additionalAttributes).filter(([key]) => !Object.hasOwn(all, key));
  const settled = settle(more.length === 0 ? all : { ...all, ...Object.fromEntries(more) }, DROP_EMPTY);
  return settled === TOKEN ? undefined : (settled as Record<string, unknown>);
}

/** Whether the app has no resolvers but cdk8s's own, which leave plain data as it is. */
function hasOnlyCdk8sResolvers({ node }: ApiObject): boolean {
  const { resolvers } = node.root as Partial<App>;
  return resolvers?.every(isCdk8sResolver) ?? false;
}

function isCdk8sResolver(resolver: IResolver): boolean {
  return (
    resolver instanceof LazyResolver ||
    resolver instanceof ImplicitTokenResolver ||
    resolver instanceof NumberStringUnionResolver
  );
}

/** Stands for data in which something may be a token. */
const TOKEN = Symbol('token');
const KEEP_EMPTY = false;
const DROP_EMPTY = true;

/** A copy of `value` with sorted keys and without nulls. */
function settle(value: unknown, dropEmpty: boolean): unknown {
  if (value === null) return undefined;
  if (typeof value !== 'object') return typeof value === 'function' ? TOKEN : value;
  if (Array.isArray(value)) return settleList(value, dropEmpty);
  return Object.getPrototypeOf(value) === Object.prototype ? settleRecord(value as Data, dropEmpty) : TOKEN;
}

function settleList(list: readonly unknown[], dropEmpty: boolean): unknown {
  if (dropEmpty && list.length === 0) return undefined;
  const copy: unknown[] = [];
  for (const item of list) {
    const settled = settle(item, dropEmpty);
    if (settled === TOKEN) return TOKEN;
    copy.push(settled);
  }
  return copy;
}

function settleRecord(record: Data, dropEmpty: boolean): unknown {
  const copy: Record<string, unknown> = {};
  let isEmpty = true;
  for (const key of Object.keys(record).sort()) {
    const settled = settle(record[key], dropEmpty);
    // A constructor of its own would make it something else for cdk8s.
    if (settled === TOKEN || key === '__proto__' || key === 'constructor') return TOKEN;
    if (settled === undefined) continue;
    copy[key] = settled;
    isEmpty = false;
  }
  return dropEmpty && isEmpty ? undefined : copy;
}
