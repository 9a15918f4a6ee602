import { completionOf, defaultsOf, type Completion } from '../../defaults';
import { droppedFields, droppersOf, isGoneWhenEmptied, type Dropped } from '../../gated-fields';
import type { FeatureGates } from '../../../kube/feature-gates';
import type { FieldSchema, StructSchema } from '../../../kube/schema';
import { aside } from '../../../kube/stretch';

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
    // `narrowToStruct` says in which releases it is the same for an object.
    shape = aside(() => readShape(struct, gates));
    shapes.set(struct, shape);
  }
  return shape;
}

function readShape(struct: StructSchema, gates: FeatureGates): Shape {
  const fields = [...struct.fields.values()];
  return {
    dropped: droppedFields(struct.name, gates),
    isGoneEmptied: isGoneWhenEmptied(struct.name),
    defaults: [...defaultsOf(struct)],
    structs: fields.filter(({ type, pointer }) => type === 'struct' && !pointer),
    complete: completionOf(struct.name),
    droppers: droppersOf(struct.name, gates),
  };
}
