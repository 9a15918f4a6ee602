import type { PlanPart } from './report';
import { jsonText } from '../../manifest/json-text';

/** Something that was found, and the places where it was found alike. */
export interface Merged<T> {
  readonly value: T;
  /** Empty where there is nothing to tell apart. */
  readonly places: readonly string[];
}

/** What `find` finds in each part; what `keyOf` gives the same for is one, in order of appearance. */
export function merge<T>(
  parts: readonly PlanPart[],
  find: (part: PlanPart) => readonly T[],
  keyOf: (value: T) => unknown,
): Merged<T>[] {
  const merged = new Map<string, { readonly value: T; readonly places: string[] }>();
  for (const part of parts) {
    for (const value of find(part)) {
      const key = jsonText(keyOf(value));
      const known = merged.get(key) ?? { value, places: [] };
      if (part.place !== '' && !known.places.includes(part.place)) known.places.push(part.place);
      merged.set(key, known);
    }
  }
  return [...merged.values()];
}
