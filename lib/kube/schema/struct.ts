import { parseField } from './field';
import { aside } from '../stretch';
import { packageData, valueIn } from './package-data';
import type { KubernetesRelease } from './release';
import type { FieldSchema, Schema, StructSchema } from './schema';

const known = new Map<string, StructSchema>();

/**
 * The struct of Go type `name` in `packagePath` (`PodSpec` in `core/v1`) in `release`. Every call returns the same
 * object, whose fields are read on first access.
 */
export function structSchema(release: KubernetesRelease, packagePath: string, name: string): StructSchema {
  const key = `${release} ${packagePath}.${name}`;
  let struct = known.get(key);
  if (struct === undefined) known.set(key, (struct = new LazyStruct(release, packagePath, name)));
  return struct;
}

class LazyStruct implements StructSchema {
  readonly name: string;
  readonly #read: () => ReadonlyMap<string, FieldSchema>;
  #fields: ReadonlyMap<string, FieldSchema> | undefined;

  constructor(release: KubernetesRelease, packagePath: string, name: string) {
    this.name = `${packagePath}.${name}`;
    this.#read = () => readFields(release, packagePath, name);
  }

  get fields(): ReadonlyMap<string, FieldSchema> {
    return (this.#fields ??= aside(this.#read));
  }
}

function readFields(
  release: KubernetesRelease,
  packagePath: string,
  name: string,
): ReadonlyMap<string, FieldSchema> {
  const struct = packageData(packagePath).structs[name];
  if (struct === undefined) throw new Error(`There is no struct ${name} in the schema of ${packagePath}.`);
  const fields = new Map<string, FieldSchema>();
  for (const [field, versions] of Object.entries(struct)) {
    const text = valueIn(release, versions);
    if (text != null) {
      fields.set(
        field,
        parseField(field, text, (typeName) => resolve(release, packagePath, typeName)),
      );
    }
  }
  return fields;
}

/** Resolves a name in a field of package `from`: `PodSpec` is in the same package, `core/v1.PodSpec` in another. */
function resolve(release: KubernetesRelease, from: string, name: string): Schema {
  const dot = name.lastIndexOf('.');
  const packagePath = dot < 0 ? from : name.slice(0, dot);
  const typeName = name.slice(dot + 1);
  const { enums, atomic } = packageData(packagePath);
  const values = valueIn(release, enums[typeName]);
  if (values !== undefined) return { type: 'string', enum: values };
  let struct: StructSchema | undefined;
  return {
    type: 'struct',
    // Read when it is asked for, since types contain themselves, and kept: each value of the type asks.
    struct: () => (struct ??= structSchema(release, packagePath, typeName)),
    atomic: valueIn(release, atomic[typeName]) ?? false,
  };
}
