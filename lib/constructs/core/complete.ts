import type { RecordShape } from './shapes';

/** A record none of whose props may be left out. */
export function complete<T>(shape: RecordShape<T>): RecordShape<T> {
  return {
    ...shape,
    inside: (value, look) => {
      shape.inside?.(value, look);
      const props = value as Readonly<Record<string, unknown>>;
      for (const [key, prop] of Object.entries(shape.shapes))
        if (props[key] === undefined) look.below(key, prop, undefined);
    },
  };
}
