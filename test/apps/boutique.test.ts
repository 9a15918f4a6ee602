import { isDeepStrictEqual } from 'node:util';
import type { PlainObject } from 'seaworthy';
import { FACTS } from './boutique-facts';
import { readFacts } from './boutique-read';
import { rendered } from './rendered';

const set = rendered('boutique');
const objectsOf = (environment: string): PlainObject[] =>
  [...set.in(environment)].map(({ object }) => object);

describe.each(['staging', 'production'])('the boutique in %s', (environment) => {
  const objects = objectsOf(environment);
  const facts = readFacts(objects);

  test.each(Object.keys(FACTS))('carries every fact of %s', (name) => {
    expect(facts[name]).toEqual(FACTS[name]);
  });

  test('has no service beside those', () => {
    expect(Object.keys(facts).sort()).toEqual(Object.keys(FACTS).sort());
  });

  test('would not pass with any of its facts changed or gone', () => {
    const passes = (mutants: readonly PlainObject[]) => isDeepStrictEqual(read(mutants), FACTS);
    expect(passes(objects)).toBe(true);
    let seen = 0;
    const unseen = new Set<string>();
    for (const [index, object] of objects.entries()) {
      if (!['Deployment', 'Service', 'ServiceAccount'].includes(object.kind)) continue;
      for (const path of leaves(object)) {
        for (const mutation of MUTATIONS) {
          const mutants = objects.with(index, at(object, path, mutation) as PlainObject);
          if (passes(mutants)) unseen.add(`${mutation.name} ${object.kind} ${shown(path)}`);
          else seen++;
        }
      }
    }
    expect([...unseen].filter((place) => !OURS.some((ours) => ours.test(place)))).toEqual([]);
    expect(seen).toBeGreaterThan(800);
  });
});

/** What the boutique leaves to whoever deploys it: here no change can be wrong. */
const OURS = [
  / apiVersion$/,
  / metadata\.(namespace|labels\.\S+)$/,
  / Deployment spec\.(replicas|strategy\.\S+)$/,
  / Deployment \S+\.topologySpreadConstraints\.\S+$/,
  / Deployment \S+\.containers\.#\.name$/,
  / Deployment \S+\.(automountServiceAccountToken|seccompProfile\.type)$/,
  // The writable /tmp.
  / Deployment \S+\.(volumeMounts\.#\.name|volumes\.#\.(name|emptyDir))$/,
  // One of the two labels is enough to find the pods.
  /^gone \S+ \S*selector\.\S+\/(name|instance)$/,
  / Service spec\.loadBalancerSourceRanges\.#$/,
  / ServiceAccount automountServiceAccountToken$/,
];

type Path = readonly string[];
const MUTATIONS = [changed, gone];

/** A reading that breaks off has noticed the change. */
function read(objects: readonly PlainObject[]): unknown {
  try {
    return readFacts(objects);
  } catch {
    return undefined;
  }
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

test('the boutique renders to the same text each time', () => {
  expect(rendered('boutique').toYaml()).toBe(set.toYaml());
});

test('only customers of the office reach the front end of staging', () => {
  const external = { kind: 'Service', name: 'boutique-frontend-external' };
  expect(set.in('staging').get(external).object).toMatchObject({
    spec: { loadBalancerSourceRanges: ['10.0.0.0/8'] },
  });
  expect(set.in('production').get(external).object).not.toHaveProperty('spec.loadBalancerSourceRanges');
});

test('each service is traced to the line that names it, not to the class that they share', () => {
  const sources = [...set.in('production').find({ kind: 'Deployment' })].map(({ origin }) => origin?.source);
  expect(new Set(sources).size).toBe(12);
  expect(sources.filter((source) => source?.startsWith('apps/boutique/microservice.ts'))).toEqual([]);
});
