import { completionOf, defaultsOf, type Completion } from '../../defaults';
import { droppedFields, droppersOf, isGoneWhenEmptied, type Dropped } from '../../gated-fields';
import type { FeatureGates } from '../../../kube/feature-gates';
import type { FieldSchema, StructSchema } from '../../../kube/schema';

/** The changes to every copy of a struct: fields to drop, defaults, and structs that are always present. */
export interface Shape {
  readonly dropped: readonly Dropped[];
  readonly isGoneEmptied: boolean;
  readonly defaults: readonly (readonly [name: string, value: unknown])[];
  readonly structs: readonly FieldSchema[];
  readonly complete: Completion | undefined;
  readonly droppers: ReturnType<typeof droppersOf>;
}

const shapesByGates = new WeakMap<FeatureGates, WeakMap<StructSchema, Shape>>();

/** A struct belongs to one release, and these changes to the gates of one server. */
export function shapeOf(struct: StructSchema, gates: FeatureGates): Shape {
  let shapes = shapesByGates.get(gates);
  if (shapes === undefined) shapesByGates.set(gates, (shapes = new WeakMap<StructSchema, Shape>()));
  let shape = shapes.get(struct);
  if (shape === undefined) {
    const fields = [...struct.fields.values()];
    shape = {
      dropped: droppedFields(struct.name, gates),
      isGoneEmptied: isGoneWhenEmptied(struct.name),
      defaults: [...defaultsOf(struct)],
      structs: fields.filter(({ type, pointer }) => type === 'struct' && !pointer),
      complete: completionOf(struct.name),
      droppers: droppersOf(struct.name, gates),
    };
    shapes.set(struct, shape);
  }
  return shape;
}
