import type { Problem } from '../../errors';
import type { ChartValue } from '../../manifest/chart-value';
import { formatId, identityKey, type Manifest } from '../../manifest/manifest';
import { pathOf } from '../../manifest/path';
import type { Deployment, Rendering } from '../target';
import { fieldsWith, type Fault, type ValueField } from './fields';
import { refuseConflicts } from './conflicts';
import { isOpenBelow } from './probes';

/** What users of a chart can set, and where it stands. */
export interface ChartValues {
  /** Those that a field carries, by path. */
  readonly used: readonly ChartValue[];
  readonly fields: ReadonlyMap<Manifest, readonly ValueField[]>;
}

type Rendered = Rendering & { readonly manifests: readonly Manifest[] };

/**
 * The fields of a deployment that carry values, by the difference between its renderings.
 *
 * @param report takes VALUE_NOT_TEMPLATED where a value does more than stand in fields, INVALID_VALUE where two values do not
 * go together
 */
export function valuesOf(
  { manifests, renderings = [] }: Deployment,
  report: (problem: Problem) => void,
): ChartValues {
  const fields = new Map<Manifest, ValueField[]>();
  const used = new Set<ChartValue>();
  const values = new Map<ChartValue, Rendering[]>();
  for (const rendering of renderings)
    values.set(rendering.value, [...(values.get(rendering.value) ?? []), rendering]);
  for (const [declared, own] of values) {
    const isBelow = ({ probe }: Rendering): boolean =>
      isOpenBelow(declared) && Number(probe) < Number(declared.initial);
    const failed = own.find((each) => !isRendered(each) && !isBelow(each));
    if (failed !== undefined) {
      report(notRendered(failed));
      continue;
    }
    const above = own.filter(isRendered).filter((each) => !isBelow(each));
    const { value, others } = withLeast(declared, manifests, above, own.filter(isBelow));
    for (const [manifest, found] of byObject(manifests, others)) {
      const { fields: carrying, fault } =
        'reason' in found ? { fields: [], fault: found } : fieldsWith(value, manifest.object, found);
      const wrong = fault ?? inDefinition(manifest, carrying);
      if (wrong !== undefined) report(notTemplated(value, manifest, wrong));
      if (carrying.length > 0) used.add(value);
      fields.set(manifest, [...(fields.get(manifest) ?? []), ...carrying]);
    }
  }
  const sorted = [...used].sort((a, b) => (a.path < b.path ? -1 : 1));
  refuseConflicts(sorted, report);
  refuseOverlaps(fields, report);
  return { used: sorted, fields };
}

/**
 * A value whose minimum is the smallest number that was tried and stands in fields alone: below it the app has other objects,
 * such as no PodDisruptionBudget for a single pod, or cannot be rendered.
 *
 * @param below renderings with smaller numbers, the greatest first
 */
function withLeast(
  value: ChartValue,
  manifests: readonly Manifest[],
  above: readonly Rendered[],
  below: readonly Rendering[],
): { readonly value: ChartValue; readonly others: readonly Rendered[] } {
  if (!isOpenBelow(value)) return { value, others: above };
  let others = above;
  let minimum = Number(value.initial);
  for (const each of below) {
    if (!isRendered(each) || !standsAlone(value, manifests, [...others, each])) break;
    others = [...others, each];
    minimum = Number(each.probe);
  }
  return { value: { ...value, minimum }, others };
}

/** Whether a value does nothing but stand in fields. */
function standsAlone(
  value: ChartValue,
  manifests: readonly Manifest[],
  others: readonly Rendered[],
): boolean {
  return byObject(manifests, others).every(
    ([{ object }, found]) => !('reason' in found) && fieldsWith(value, object, found).fault === undefined,
  );
}

/** Helm takes files of `crds/` as they are. */
function inDefinition({ id }: Manifest, [first]: readonly ValueField[]): Fault | undefined {
  if (first === undefined || id.kind !== 'CustomResourceDefinition') return undefined;
  return { steps: first.steps, reason: 'Helm has no templates for CustomResourceDefinitions' };
}

function isRendered(rendering: Rendering): rendering is Rendered {
  return !('code' in rendering.manifests);
}

const RENAMED: Fault = {
  steps: ['metadata', 'name'],
  reason: 'it changes the name of the object',
  hint: 'An immutable ConfigMap is called by its content: set immutable: false, or keep the value out of it.',
};

/** Each object with what it is in other renderings, or why it is not in all of them. */
function byObject(
  manifests: readonly Manifest[],
  others: readonly Rendered[],
): readonly (readonly [Manifest, Fault | { probe: Rendering['probe']; here: unknown }[]])[] {
  const known = new Map(manifests.map((each) => [identityKey(each.id), each]));
  const maps = others.map(({ probe, manifests: own }) => ({
    probe,
    objects: new Map(own.map((each) => [identityKey(each.id), each])),
  }));
  const pairs = manifests.map(
    (manifest): readonly [Manifest, Fault | { probe: Rendering['probe']; here: unknown }[]] => {
      const here = maps.map(({ probe, objects }) => ({
        probe,
        here: objects.get(identityKey(manifest.id))?.object,
      }));
      if (here.every((each) => each.here !== undefined)) return [manifest, here];
      const isRenamed = others.some(({ manifests: own }) =>
        own.some(({ id }) => id.kind === manifest.id.kind && !known.has(identityKey(id))),
      );
      return [
        manifest,
        isRenamed ? RENAMED : { steps: [], reason: 'it changes whether the object is there' },
      ];
    },
  );
  const isWhole = pairs.every(([, found]) => !('reason' in found));
  const added = others.flatMap(({ manifests: own }) => own.filter(({ id }) => !known.has(identityKey(id))));
  const [first] = isWhole ? added : [];
  if (first === undefined) return pairs;
  return [...pairs, [first, { steps: [], reason: 'it changes whether the object is there' }]];
}

function notTemplated(value: ChartValue, { id, origin }: Manifest, { steps, reason, hint }: Fault): Problem {
  const source = value.source ?? origin?.source;
  return {
    code: 'VALUE_NOT_TEMPLATED',
    place: formatId(id),
    path: pathOf(steps),
    message: `value "${value.path}" is used where Helm cannot template it: ${reason}`,
    hint:
      hint ??
      'Helm puts values into fields as they are. Compute it in the code and make the result a value, or use none here.',
    ...(source !== undefined && { source }),
  };
}

function notRendered({ value, probe, manifests }: Rendering): Problem {
  const { message } = manifests as Problem;
  return {
    code: 'VALUE_NOT_TEMPLATED',
    path: `value("${value.path}")`,
    message: `the app cannot be rendered with ${JSON.stringify(probe)}: ${message.split('\n', 1)[0] ?? ''}`,
    hint: 'Say what it can be: its enum, its minimum and maximum, or examples.',
    ...(value.source !== undefined && { source: value.source }),
  };
}

/** Two values in one field, where they are not apart. */
function refuseOverlaps(
  fields: ReadonlyMap<Manifest, readonly ValueField[]>,
  report: (problem: Problem) => void,
): void {
  for (const [manifest, own] of fields) {
    const taken = new Map<string, ValueField[]>();
    for (const field of own) {
      const path = pathOf(field.steps);
      const before = taken.get(path) ?? [];
      const other = before.find((each) => overlaps(each, field));
      if (other !== undefined) {
        const reason = `the field is also that of value "${other.value.path}"`;
        report(notTemplated(field.value, manifest, { steps: field.steps, reason }));
      }
      taken.set(path, [...before, field]);
    }
  }
}

function overlaps(one: ValueField, other: ValueField): boolean {
  if (one.places === undefined || other.places === undefined) return true;
  const [length, otherLength] = [one, other].map(({ value }) => String(value.initial).length) as [
    number,
    number,
  ];
  return one.places.some((at) =>
    other.places?.some((place) => at < place + otherLength && place < at + length),
  );
}
