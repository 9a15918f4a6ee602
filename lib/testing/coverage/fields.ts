import { isPlainRecord } from '../../manifest/data';
import type { Manifest } from '../../manifest/manifest';
import { pathOf } from '../../manifest/path';
import type { Looked } from './record';

/** The fields of one object, and which of them no assertion checked. */
export interface ObjectCoverage {
  /** `Deployment shop/api`. */
  readonly object: string;
  readonly construct?: string;
  readonly source?: string;
  /** How many fields have a value. */
  readonly total: number;
  /** The paths of those that were checked, and of those that were not. */
  readonly looked: readonly string[];
  readonly missed: readonly string[];
}

/** Fields that identify the object; every assertion checks them. */
const IDENTITY: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata.name', 'metadata.namespace']);

/** The checked paths of one manifest, and whether with everything below them. */
type Places = NonNullable<ReturnType<Looked['get']>>;

/** The coverage of one manifest, whose fields are its scalars, empty maps and empty lists. */
export function coverageOf(manifest: Manifest, name: string, places: Places | undefined): ObjectCoverage {
  const looked: string[] = [];
  const missed: string[] = [];
  for (const steps of fieldsOf(manifest.object)) {
    const path = pathOf(steps);
    if (IDENTITY.has(path)) continue;
    (isLookedAt(steps, places) ? looked : missed).push(path);
  }
  const { construct, source } = manifest.origin ?? {};
  return {
    object: name,
    ...(construct !== undefined && { construct }),
    ...(source !== undefined && { source }),
    total: looked.length + missed.length,
    looked,
    missed,
  };
}

function* fieldsOf(
  value: unknown,
  steps: readonly (string | number)[] = [],
): Generator<readonly (string | number)[]> {
  const below: Iterable<readonly [string | number, unknown]> = Array.isArray(value)
    ? value.entries()
    : isPlainRecord(value)
      ? Object.entries(value)
      : [];
  let isEmpty = true;
  for (const [step, each] of below) {
    isEmpty = false;
    yield* fieldsOf(each, [...steps, step]);
  }
  if (isEmpty) yield steps;
}

/** A field counts if it was compared, or something above it in full. */
function isLookedAt(steps: readonly (string | number)[], places: Places | undefined): boolean {
  if (places === undefined) return false;
  for (let length = 0; length <= steps.length; length++) {
    const place = places.get(JSON.stringify(steps.slice(0, length)));
    if (place !== undefined && (place.all || length === steps.length)) return true;
  }
  return false;
}

/** The coverage of one object in several test files: a field counts if one of them checked it. */
export function merge(a: ObjectCoverage, b: ObjectCoverage): ObjectCoverage {
  const looked = new Set([...a.looked, ...b.looked]);
  const missed = new Set([...a.missed, ...b.missed].filter((path) => !looked.has(path)));
  return { ...a, total: looked.size + missed.size, looked: [...looked].sort(), missed: [...missed].sort() };
}
