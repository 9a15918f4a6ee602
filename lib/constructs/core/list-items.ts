import type { ListSchema, Schema } from '../../kube/schema';
import { isRecord } from './props';

/** By what the items of a list are told apart. */
export interface ItemKey {
  /** What an item is called in messages: `container`. */
  readonly noun: string;
  /** The field that decides, with dots: `metadata.name`. */
  readonly field: string;
  /** Fields that tell apart items with the same value there, such as the protocol of a port. */
  readonly others: readonly string[];
  /** The field to go by where an item does not have the first. */
  readonly instead?: string;
  /** Whether one item may be without the field: the rule for every host. */
  readonly mayMiss?: true;
  /** A field that an item must have to be added to the list. */
  readonly needs?: string;
  /** Whether one that has only this field, and nearly the name of another, is that other mistyped. */
  readonly mistyped?: true;
}

/** The routes of the Gateway API. */
const ROUTES = ['GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'] as const;

function keysOfRoutes(): Record<string, Partial<ItemKey>> {
  const parent = { noun: 'parent', field: 'name', others: ['namespace', 'sectionName', 'port'] };
  const rule = { noun: 'rule', field: 'name', instead: 'matches', needs: 'backendRefs' };
  const backend = { noun: 'backend', field: 'name', others: ['namespace', 'port'] };
  return Object.fromEntries(
    ROUTES.flatMap((kind): [string, Partial<ItemKey>][] => [
      [`${kind}.spec.parentRefs`, parent],
      [`${kind}.spec.rules`, rule],
      [`${kind}.spec.rules.backendRefs`, backend],
    ]),
  );
}

/** The fields of these lists that tell items apart, where the API has no merge key, and what an added item needs. */
const KEYS: Readonly<Record<string, Partial<ItemKey>>> = {
  'core/v1.Container': { noun: 'container', field: 'name', needs: 'image', mistyped: true },
  'core/v1.ContainerPort': { noun: 'port', instead: 'name' },
  'core/v1.ServicePort': { noun: 'port', instead: 'name', needs: 'name' },
  'core/v1.Volume': { noun: 'volume' },
  'core/v1.VolumeMount': { noun: 'mount', instead: 'name', needs: 'name' },
  'core/v1.EnvVar': { noun: 'variable' },
  'core/v1.PersistentVolumeClaim': { noun: 'claim template', field: 'metadata.name', needs: 'spec' },
  'core/v1.LocalObjectReference': { noun: 'secret', field: 'name' },
  'core/v1.HTTPHeader': { noun: 'header', field: 'name' },
  'core/v1.Sysctl': { noun: 'parameter', field: 'name' },
  'core/v1.PodDNSConfigOption': { noun: 'option', field: 'name' },
  'core/v1.KeyToPath': { noun: 'key', field: 'key' },
  'core/v1.ContainerResizePolicy': { noun: 'policy', field: 'resourceName' },
  'networking/v1.IngressRule': { noun: 'rule', field: 'host', mayMiss: true, needs: 'http' },
  'networking/v1.HTTPIngressPath': { noun: 'path', field: 'path', needs: 'backend' },
  'networking/v1.IngressTLS': { noun: 'certificate', field: 'secretName', mayMiss: true },
  'rbac/v1.Subject': { noun: 'subject', field: 'name', others: ['kind', 'namespace'] },
  'apiextensions/v1.CustomResourceDefinitionVersion': { noun: 'version', field: 'name', needs: 'schema' },
  ...keysOfRoutes(),
};

/** Lists of strings to which a patch adds, instead of replacing them. */
const SETS: ReadonlySet<string> = new Set([
  ...ROUTES.map((kind) => `${kind}.spec.hostnames`),
  'networking/v1.IngressTLS.hosts',
]);

/** Whether the strings of a patch are added to those of a list: the hosts of a route. */
export function isSetOfHosts(field: string | undefined): boolean {
  return field !== undefined && SETS.has(field);
}

/** By what the items of a list are told apart; nothing for lists that are replaced as a whole. */
export function itemKeyOf(
  schema: Schema | undefined,
  existing: readonly unknown[],
  patch: readonly unknown[],
): ItemKey | undefined {
  if (schema?.type !== 'list') return isOpen(schema) ? keyOfCustom(existing, patch) : undefined;
  const known = schema.items.type === 'struct' ? KEYS[schema.items.struct().name] : undefined;
  const field = mergeKeyOf(schema) ?? known?.field ?? schema.listKeys[0];
  if (field === undefined) return isOfCustomKind(schema) ? keyOfCustom(existing, patch) : undefined;
  return { noun: 'item', others: schema.listKeys.filter((key) => key !== field), ...known, field };
}

function mergeKeyOf(schema: ListSchema & { readonly mergeKey?: unknown }): string | undefined {
  return typeof schema.mergeKey === 'string' ? schema.mergeKey : undefined;
}

/** Whether nothing is known of a value: a field of an unknown kind, or one whose definition leaves it open. */
export function isOpen(schema: Schema | undefined): boolean {
  return schema === undefined || schema.type === 'any';
}

/** Structs of built-in kinds are called by their Go package, those of custom kinds by their place. */
function isOfCustomKind({ items }: ListSchema): boolean {
  return items.type === 'struct' && !items.struct().name.includes('/');
}

/**
 * Items of custom resources are told apart by their names, where all have one: most definitions do not name the keys of
 * their lists.
 */
function keyOfCustom(existing: readonly unknown[], patch: readonly unknown[]): ItemKey | undefined {
  const isNamed = (item: unknown): boolean => isRecord(item) && typeof item['name'] === 'string';
  const isSome = existing.length + patch.length > 0;
  return isSome && existing.every(isNamed) && patch.every(isNamed)
    ? { noun: 'item', field: 'name', others: [] }
    : undefined;
}

/** The value of `field`, with dots, in an item. */
export function fieldOf(item: unknown, field: string): unknown {
  return field.split('.').reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), item);
}
