import type { KubernetesRelease, Schema, StructSchema } from '../../../lib/kube/schema';
import { kindSchema } from '../../../lib/kube/schema';

/** The kinds whose fields are tried: pods, workloads, Services, storage, Jobs and what scales them. */
const KINDS = [
  ['v1', 'Pod'],
  ['v1', 'PodTemplate'],
  ['v1', 'ReplicationController'],
  ['v1', 'Service'],
  ['v1', 'PersistentVolume'],
  ['v1', 'PersistentVolumeClaim'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'DaemonSet'],
  ['apps/v1', 'ReplicaSet'],
  ['apps/v1', 'StatefulSet'],
  ['batch/v1', 'CronJob'],
  ['batch/v1', 'Job'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['storage.k8s.io/v1', 'CSIDriver'],
  ['storage.k8s.io/v1', 'StorageClass'],
] as const;

export interface Tried {
  readonly apiVersion: string;
  readonly kind: string;
  /** An object with nothing but the field. */
  readonly object: object;
  readonly path: string;
}

/** An object for each place of each kind where a struct has one of its `fields`. */
export function kindsWith(
  kubernetes: KubernetesRelease,
  fields: (goType: string) => readonly string[],
): Tried[] {
  return KINDS.flatMap(([apiVersion, kind]) => {
    const top = kindSchema(kubernetes, apiVersion, kind);
    if (top === undefined) return [];
    return placesIn(top, fields, new Set()).map(({ steps, schema }) => ({
      apiVersion,
      kind,
      object: { apiVersion, kind, ...(nested(steps, sample(schema)) as object) },
      path: steps.reduce<string>(
        (path, step) => (step === '[]' ? `${path}[0]` : path === '' ? step : `${path}.${step}`),
        '',
      ),
    }));
  });
}

interface Place {
  readonly steps: readonly string[];
  readonly schema: Schema;
}

function placesIn(
  struct: StructSchema,
  fields: (goType: string) => readonly string[],
  around: ReadonlySet<string>,
): Place[] {
  if (around.has(struct.name)) return [];
  const inner = new Set([...around, struct.name]);
  const gated = fields(struct.name);
  return [...struct.fields].flatMap(([name, schema]) => {
    if (gated.includes(name)) return [{ steps: [name], schema }];
    return below(schema, fields, inner).map(({ steps, ...rest }) => ({ steps: [name, ...steps], ...rest }));
  });
}

function below(
  schema: Schema,
  fields: (goType: string) => readonly string[],
  around: ReadonlySet<string>,
): Place[] {
  if (schema.type === 'struct') return placesIn(schema.struct(), fields, around);
  if (schema.type !== 'list') return [];
  return below(schema.items, fields, around).map(({ steps, ...rest }) => ({
    steps: ['[]', ...steps],
    ...rest,
  }));
}

function nested(steps: readonly string[], value: unknown): unknown {
  const [first, ...rest] = steps;
  if (first === undefined) return value;
  const inner = nested(rest, value);
  return first === '[]' ? [inner] : { [first]: inner };
}

/** A value of each type that is not zero. */
const SAMPLES: Readonly<Partial<Record<Schema['type'], unknown>>> = {
  string: 'gated-value',
  integer: 7,
  number: 7,
  intOrString: 7,
  boolean: true,
  quantity: '7',
};

/** A value of the type of a field. */
function sample(schema: Schema): unknown {
  if (schema.type === 'list') return [sample(schema.items)];
  if (schema.type === 'map') return { 'gated-value': sample(schema.values) };
  return SAMPLES[schema.type] ?? {};
}
