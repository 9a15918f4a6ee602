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

/** A path that could end in more places than this is compared with each key. */
const MOST_ENDS = 100;

/** The entry that `path` begins with: `key`, `.key` or `[any key]`; of two, the one with the longer key. */
function entryAt(container: object, path: string): Step | undefined {
  const record = container as Readonly<Record<string, unknown>>;
  const lead = path[0];
  const ends = endsIn(path);
  if (ends.length > MOST_ENDS) return longestIn(record, path);
  for (let index = ends.length - 1; index >= 0; index--) {
    const length = ends[index] ?? 0;
    const key = [
      path.slice(0, length),
      lead === '.' ? path.slice(1, length) : '',
      lead === '[' && path[length - 1] === ']' ? path.slice(1, length - 1) : '',
    ].find((each) => each !== '' && Object.hasOwn(record, each));
    if (key !== undefined) return { container, key, value: record[key], length };
  }
  return undefined;
}

/** Where a key that `path` begins with may end, in ascending order. They are looked up: every field of a large map may be asked for. */
function endsIn(path: string): number[] {
  const ends: number[] = [];
  for (let at = 0; at < path.length && ends.length <= MOST_ENDS; at++)
    if (path[at] === '.' || path[at] === '[') ends.push(at);
  ends.push(path.length);
  return ends;
}

function longestIn(container: Readonly<Record<string, unknown>>, path: string): Step | undefined {
  let found: Step | undefined;
  for (const [key, value] of Object.entries(container)) {
    const written = [key, `.${key}`, `[${key}]`].find(
      (form) => path.startsWith(form) && /^(?:[.[]|$)/.test(path.slice(form.length)),
    );
    if (written !== undefined && written.length > (found?.length ?? 0))
      found = { container, key, value, length: written.length };
  }
  return found;
}
