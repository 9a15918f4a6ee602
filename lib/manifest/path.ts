/**
 * Field paths as the API server writes them: `spec.template.spec.containers[0].image`,
 * `metadata.annotations[bad key!]`. The path of an object itself is `''`.
 */

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** Path of the field or map entry `key` below `path`: a simple identifier follows a dot, other keys are in brackets. */
export function child(path: string, key: string): string {
  if (!IDENTIFIER.test(key)) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** Path of the list item `index` below `path`. */
export function item(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** `steps` from the object's root, map keys as strings and list indexes as numbers, as one path. */
export function pathOf(steps: Iterable<string | number>): string {
  let path = '';
  for (const step of steps) path = typeof step === 'number' ? item(path, step) : child(path, step);
  return path;
}
