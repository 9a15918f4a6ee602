import type { PlainObject } from 'seaworthy';

type Path = readonly string[];

/** An object with one value changed or gone, and where: `gone Deployment spec.replicas`. */
export interface Mutation {
  readonly place: string;
  readonly mutant: object;
}

/** Everything that can go wrong with one value of `object`. */
export function mutations(object: PlainObject): Mutation[] {
  return leaves(object).flatMap((path) =>
    [changed, gone].map((mutation) => ({
      place: `${mutation.name} ${object.kind} ${shown(path)}`,
      mutant: at(object, path, mutation) as object,
    })),
  );
}

/** The path of every value in `value` that holds no others; an empty list or map is one. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
}

/** `value` with a mutation of what stands at `path`; `undefined` takes it away. */
function at(value: unknown, [key, ...rest]: Path, mutation: (leaf: unknown) => unknown): unknown {
  if (key === undefined) return mutation(value);
  const entries = Object.entries(value as Record<string, unknown>).flatMap(
    ([name, item]): [string, unknown][] => {
      const mutated = name === key ? at(item, rest, mutation) : item;
      return mutated === undefined ? [] : [[name, mutated]];
    },
  );
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function changed(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf === 'boolean') return !leaf;
  return typeof leaf === 'string' ? `${leaf}x` : { other: true };
}

function gone(): unknown {
  return undefined;
}

/** `path` without the positions in lists: `spec.ports.#.port`. */
function shown(path: Path): string {
  return path.map((key) => (/^\d+$/.test(key) ? '#' : key)).join('.');
}
