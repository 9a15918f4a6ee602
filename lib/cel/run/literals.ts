import { ArrayList, HashMap } from '../values/collections';
import { CelError, OptionalValue } from '../values/value';
import type { Result, Value } from '../values/value';
import type { Frame } from './frame';

type Plan = (frame: Frame) => Result;

interface Part {
  readonly plan: Plan;
  readonly isOptional: boolean;
}

const COST = { list: 10, map: 30, struct: 40 };

/** Creates the values of messages: `Object{…}`. */
export type MakeStruct = (typeName: string, fields: ReadonlyMap<string, Value>) => Result;

export function planList(parts: readonly Part[]): Plan {
  return (frame) => {
    const values: Value[] = [];
    for (const part of parts) {
      const value = element(part, frame);
      if (value instanceof CelError) return value;
      if (value !== undefined) values.push(value);
    }
    frame.spend(COST.list);
    return new ArrayList(values);
  };
}

export function planMap(parts: readonly (Part & { readonly key: Plan })[]): Plan {
  return (frame) => {
    const entries: [Value, Value][] = [];
    for (const part of parts) {
      const [key, value] = [part.key(frame), element(part, frame)];
      if (key instanceof CelError) return key;
      if (value instanceof CelError) return value;
      if (value !== undefined) entries.push([key, value]);
    }
    frame.spend(COST.map);
    return HashMap.of(entries);
  };
}

export function planStruct(
  typeName: string,
  parts: readonly (Part & { readonly name: string })[],
  make: MakeStruct,
): Plan {
  return (frame) => {
    const fields = new Map<string, Value>();
    for (const part of parts) {
      const value = element(part, frame);
      if (value instanceof CelError) return value;
      if (value !== undefined) fields.set(part.name, value);
    }
    frame.spend(COST.struct);
    return make(typeName, fields);
  };
}

/** The value of an element of a literal; undefined for an optional element without a value. */
function element({ plan, isOptional }: Part, frame: Frame): Result | undefined {
  const value = plan(frame);
  if (!isOptional || value instanceof CelError) return value;
  return value instanceof OptionalValue ? value.value : new CelError('an optional value is expected');
}
