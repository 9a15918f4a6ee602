/** An entry of a map or an item of a list, and how much of a path names it. */
export interface Step {
  readonly container: object;
  readonly key: string | number;
  readonly value: unknown;
  readonly length: number;
}

/** The first step of `path` into `value`; `undefined` if there is nothing. */
export function stepInto(value: unknown, path: string): Step | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Array.isArray(value) ? itemAt(value, path) : entryAt(value, path);
}

/** The steps of `path` from an object's root, as far as they lead to something, and the value there. */
export function stepsTo(
  object: unknown,
  path: string,
): { readonly steps: readonly (string | number)[]; readonly value: unknown; readonly rest: string } {
  const steps: (string | number)[] = [];
  let [value, rest] = [object, path];
  while (rest !== '') {
    const step = stepInto(value, rest);
    if (step === undefined) break;
    steps.push(step.key);
    value = step.value;
    rest = rest.slice(step.length);
  }
  return { steps, value, rest };
}

function itemAt(container: readonly unknown[], path: string): Step | undefined {
  const match = /^\[(\d+)\]/.exec(path);
  if (match === null) return undefined;
  const key = Number(match[1]);
  return key < container.length
    ? { container, key, value: container[key], length: match[0].length }
    : undefined;
}

/** The entry that `path` begins with: `key`, `.key` or `[any key]`; of two, the one with the longer key. */
function entryAt(container: object, path: string): Step | undefined {
  let found: Step | undefined;
  for (const [key, value] of entriesFor(container, path)) {
    const written = [key, `.${key}`, `[${key}]`].find(
      (form) => path.startsWith(form) && /^(?:[.[]|$)/.test(path.slice(form.length)),
    );
    if (written !== undefined && written.length > (found?.length ?? 0))
      found = { container, key, value, length: written.length };
  }
  return found;
}

/** A path that could end in more places than this is compared with each key. */
const MOST_ENDS = 100;

/** The entries that the path can begin with. They are looked up: every field of a large map may be asked for. */
function entriesFor(container: object, path: string): [string, unknown][] {
  const record = container as Readonly<Record<string, unknown>>;
  const ends = [...path.matchAll(/[.[\]]|$/g)].map(({ index }) => index);
  if (ends.length > MOST_ENDS)
    return Object.entries(record).filter(([key]) => path.startsWith(key) || path.startsWith(key, 1));
  const asked = ends.flatMap((end) => [path.slice(0, end), path.slice(1, end)]);
  return [...new Set(asked)].filter((key) => Object.hasOwn(record, key)).map((key) => [key, record[key]]);
}
