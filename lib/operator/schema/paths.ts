import { nearest } from '../../errors';
import type { StructuralSchema } from './schema';

/** A path of props, `storage.disks[].size`, as names; `[]` for the items of a list, `{}` for the values of a record. */
export function stepsOf(path: string): string[] {
  return path === ''
    ? []
    : path
        .replaceAll('[]', '.[]')
        .replaceAll('{}', '.{}')
        .split('.')
        .filter((step) => step !== '');
}

/** The schema at a path, or why there is none. */
export function schemaAt(
  schema: StructuralSchema,
  path: string,
): { readonly found?: StructuralSchema; readonly message?: string } {
  let at = schema;
  for (const step of stepsOf(path)) {
    const next = stepInto(at, step);
    if (next === undefined) {
      const known = Object.keys(at.properties ?? {});
      const near = nearest(step, known);
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      return { message: `Invalid value: "${path}": there is no prop "${step}"${hint}` };
    }
    at = next;
  }
  return { found: at };
}

function stepInto(schema: StructuralSchema, step: string): StructuralSchema | undefined {
  if (step === '[]') return schema.items;
  if (step === '{}') return schema.additionalProperties;
  return Object.hasOwn(schema.properties ?? {}, step) ? schema.properties?.[step] : undefined;
}
