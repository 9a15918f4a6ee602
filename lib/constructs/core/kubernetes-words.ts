import type { KubernetesRelease, Schema, StructSchema } from '../../kube/schema';
import { kindSchema, latestRelease } from '../../kube/schema';
import type { Shapes } from './shape';
import type { RecordShape, Words } from './shapes';
import { record } from './shapes';

/** What takes the place of the parts of a manifest that every object has. */
const METADATA_WORDS: Words = {
  metadata: '`name`, `namespace`, `labels` and `annotations`',
  spec: 'the fields of `spec` as props of their own',
};

/** The props of a construct, and what takes the place of Kubernetes' own words. */
export function propsShape<P>(shapes: Shapes<P>, words: Words = {}): RecordShape<P> {
  return record<P>(shapes, { expected: 'props', words: { ...METADATA_WORDS, ...words } });
}

/** The kind of an object. */
interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * How a field that no prop sets is set: by an override. Nothing where neither the object, nor its `spec`, nor its pods, nor
 * their containers have such a field.
 */
export function overrideHint(
  { apiVersion, kind }: ObjectKind,
  release: KubernetesRelease,
  field: string,
): string | undefined {
  const path = pathTo(field, kindSchema(release, apiVersion, kind));
  if (path === undefined) return undefined;
  const patch = [...path]
    .reverse()
    .reduce(
      (inner, step) => (step === '[]' ? `[{ name: …, ${inner} }]` : `${step}: ${wrapped(inner)}`),
      `${field}: …`,
    );
  return `No prop sets it; use \`override({ ${patch} })\`.`;
}

function wrapped(inner: string): string {
  return inner.startsWith('[') ? inner : `{ ${inner} }`;
}

/** How a field of pods that no prop sets is set: `podFieldHint('spec', 'containers')` for those of a container. */
export function podFieldHint(...way: readonly string[]): (field: string) => string | undefined {
  return (field) => {
    const struct = structAt(kindSchema(latestRelease, 'v1', 'Pod'), way);
    return struct?.fields.has(field) === true
      ? `No prop sets it; use \`override\` for \`${field}\` in \`${way.slice(1).join('.')}\` of the pods.`
      : undefined;
  };
}

/** The way to the outermost struct of an object that has `field`. */
function pathTo(field: string, object: StructSchema | undefined): readonly string[] | undefined {
  const ways = [[], ['spec'], ...POD_SPECS, ...POD_SPECS.map((way) => [...way, 'containers', '[]'])];
  return ways.find((way) => structAt(object, way)?.fields.has(field) === true);
}

/** Where workloads have the spec of their pods. */
const POD_SPECS = [
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
];

function structAt(object: StructSchema | undefined, way: readonly string[]): StructSchema | undefined {
  let at = object;
  for (const step of way.filter((each) => each !== '[]')) at = structOf(at?.fields.get(step));
  return at;
}

function structOf(schema: Schema | undefined): StructSchema | undefined {
  if (schema?.type === 'list') return structOf(schema.items);
  return schema?.type === 'struct' ? schema.struct() : undefined;
}
