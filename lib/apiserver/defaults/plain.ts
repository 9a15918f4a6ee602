/** A decoded struct that the defaulting code may change. */
export type Plain = Record<string, unknown>;

/** The struct or map in field `name`; `undefined` if there is none. */
export function recordIn(parent: Plain, name: string): Plain | undefined {
  const value = parent[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : undefined;
}

/** The structs of the list in field `name`. */
export function recordsIn(parent: Plain, name: string): Plain[] {
  const value = parent[name];
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is Plain => typeof item === 'object' && item !== null);
}

/** Whether a list or map in field `name` is not empty. */
export function hasAny(parent: Plain, name: string): boolean {
  const value = parent[name];
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
