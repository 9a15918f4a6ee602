import type { Definitions } from '../admission/custom/definitions';
import type { FeatureGates } from '../../kube/feature-gates';
import { decode } from '../admission/decode/decode';
import { judge } from '../admission/judge';
import type { FieldError } from '../admission/review';
import { isWellKnownClusterScoped } from '../../kube/custom-scopes';
import { scopeOf } from '../../kube/kinds';
import {
  groupOf,
  kindSchema,
  type KubernetesRelease,
  type Schema,
  type StructSchema,
} from '../../kube/schema';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { schemaOfCustom } from '../apply/custom';
import { refusedNulls } from '../apply/nulls';
import { UNKNOWN } from '../apply/parts';
import type { DroppedField } from '../gated-fields';
import { canonicalValue } from './canonical';

/** The facts about a cluster that determine what its API server does. */
export interface Server {
  readonly kubernetes: KubernetesRelease;
  /** Its feature gates. */
  readonly gates: FeatureGates;
  /** Its custom kinds. */
  readonly definitions: Definitions;
  /** Its custom kinds before the change. @default the same */
  readonly before?: Definitions;
  /** Who applies: what is there is as a cluster has it, and its managed fields say what this manager applied. @default nobody else */
  readonly manager?: string;
}

/** The decoded object with all defaults, or the errors. */
export interface Reading {
  readonly value: PlainRecord;
  readonly violations: readonly FieldError[];
  /** The fields that the server drops because features are off. @default none */
  readonly dropped?: readonly DroppedField[];
}

/** How a server decodes and stores objects of one kind. */
export interface ServerKind {
  /** The schema of a whole object, for server-side apply. */
  readonly schema: Schema;
  /** Whether the kind is part of Kubernetes, as opposed to one that a CRD or another server defines. */
  readonly isBuiltIn: boolean;
  /** False for an unknown kind: its objects are maps, and lists are atomic. */
  readonly isKnown: boolean;
  readonly isClusterScoped: boolean;
  /**
   * @param object without the fields that the cluster adds, see `asWritten`
   * @param gates those of an update, or of what is stored: see `gatesOfUpdate`
   */
  readonly read: (object: PlainRecord, gates?: FeatureGates) => Reading;
  /** Whether server-side apply makes null of a map that loses its last part. @default it leaves an empty map */
  readonly emptiesToNull?: boolean;
  /** Errors for nulls in an object as server-side apply merges it. */
  readonly refusedNulls: (object: PlainRecord) => readonly FieldError[];
  /** A decoded object in its stored form. */
  readonly keep: (object: PlainRecord) => PlainRecord;
}

/** The kind of an object, built-in or custom. */
export function serverKind(apiVersion: string, kind: string, server: Server): ServerKind {
  const struct = kindSchema(server.kubernetes, apiVersion, kind);
  return struct === undefined
    ? foreignKind(apiVersion, kind, server)
    : builtIn(apiVersion, kind, struct, server.gates);
}

function builtIn(apiVersion: string, kind: string, struct: StructSchema, created: FeatureGates): ServerKind {
  const schema: Schema = { type: 'struct', struct: () => struct, atomic: false };
  return {
    schema,
    isBuiltIn: true,
    isKnown: true,
    isClusterScoped: scopeOf(apiVersion, kind) === 'Cluster',
    read(object, gates = created) {
      const { value, violations, dropped } = decode(object, struct, gates.kubernetes, gates);
      return { value: withoutStatus(recordOf(value)), violations, dropped };
    },
    refusedNulls: () => [],
    keep: (object) => recordOf(canonicalValue(object, schema)),
  };
}

function foreignKind(apiVersion: string, kind: string, server: Server): ServerKind {
  const definition = server.definitions.find(apiVersion, kind);
  const version = definition?.versions.get(apiVersion.slice(definition.group.length + 1));
  const isClusterScoped =
    definition === undefined
      ? isWellKnownClusterScoped(groupOf(apiVersion), kind)
      : definition.scope === 'Cluster';
  if (version === undefined) {
    const read = (object: PlainRecord): Reading => ({ value: structuredClone(object), violations: [] });
    return {
      schema: UNKNOWN,
      isBuiltIn: false,
      isKnown: definition !== undefined,
      isClusterScoped,
      read,
      refusedNulls: () => [],
      keep: (object) => object,
    };
  }
  return {
    schema: schemaOfCustom(version.schema),
    isBuiltIn: false,
    isKnown: true,
    isClusterScoped,
    // A custom resource that violates its definition can still be decoded; it is validated when it is stored.
    read(object) {
      const { value, violations } = judge(object, server.kubernetes, server.definitions);
      const unknown = violations.filter(({ reason }) => reason === 'unknown-field');
      return { value: withoutStatus(structuredClone(recordOf(value))), violations: unknown };
    },
    emptiesToNull: true,
    refusedNulls: ({ apiVersion: _, kind: _kind, metadata: _metadata, ...object }) =>
      refusedNulls(object, version.schema),
    keep: (object) => object,
  };
}

function withoutStatus({ status: _, ...object }: PlainRecord): PlainRecord {
  return object;
}

function recordOf(value: unknown): PlainRecord {
  return isPlainRecord(value) ? value : {};
}
