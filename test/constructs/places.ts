import { App, Chart } from '../../lib';
import { isPlainRecord } from '../../lib/manifest/data';
import { CONSTRUCTS } from './maximal';

/** The way to a value in the props of a program. */
export type Steps = readonly (string | number)[];

/** Each value below `value` that a program can take away, and each record it can add to. */
function* walk(value: unknown, steps: Steps = []): Generator<Steps> {
  if (steps.length > 0) yield steps;
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* walk(item, [...steps, index]);
  if (isPlainRecord(value)) for (const key of Object.keys(value)) yield* walk(value[key], [...steps, key]);
}

const OTHER_WORKLOADS = /^(Worker|StatefulService|NodeAgent|Job|CronJob|ScaledJob)$/;
/** What these workloads make more of than a WebService does. */
const OWN = /^(StatefulService (storage|rollout)|NodeAgent rollout|Job alerts)$/;

/** The places in `props` that are tried. What workloads have alike is looked into with one of them, the WebService. */
export function placesIn(name: string, props: object, shared: ReadonlySet<string>): Steps[] {
  return [...walk(props)].filter(([first, ...rest]) => {
    const elsewhere =
      OTHER_WORKLOADS.test(name) && shared.has(String(first)) && !OWN.test(`${name} ${first}`);
    return rest.length === 0 || !elsewhere;
  });
}

/** `value` with what stands at `steps` replaced by what `change` makes of it; `undefined` takes it away. */
export function changed(value: unknown, steps: Steps, change: (old: unknown) => unknown): unknown {
  const [first, ...rest] = steps;
  if (first === undefined) return change(value);
  const inner = changed((value as Record<string | number, unknown>)[first], rest, change);
  if (Array.isArray(value))
    return value.flatMap((item: unknown, i) => (i === first ? (inner ?? []) : [item]));
  return { ...(value as object), [first]: inner };
}

export const EACH = CONSTRUCTS.flatMap((construct) =>
  construct.variants.map((_, variant) => ({ name: construct.name, construct, variant })),
);

export const SHARED = new Set(
  EACH.filter(({ name }) => name === 'WebService').flatMap(({ construct, variant }) =>
    Object.keys(construct.variants[variant]?.(new Chart(new App(), 'shop')) ?? {}),
  ),
);
