import { hasFixedDefault } from '../../defaults';
import { droppedFields, droppersOf } from '../../gated-fields';
import { defaultGates, type FeatureGates } from '../../../kube/feature-gates';
import { gatedNames, gatingOf } from '../../../kube/gated';
import { isOn } from '../../../kube/gates';
import { packageData, valueIn, type Versioned } from '../../../kube/schema/package-data';
import { releases, type KubernetesRelease, type StructSchema } from '../../../kube/schema';
import { aside, narrowTo, only, withStretch, type Stretch } from '../../../kube/stretch';
import { isPlainRecord, type PlainRecord } from '../../../manifest/data';

/** The releases in which what a struct is decoded to comes out the same. */
interface StructStretches {
  /** For any object. */
  readonly whole: Stretch;
  /** For objects with a field, where releases have it otherwise, or drop it. */
  readonly fields: ReadonlyMap<string, Stretch>;
  /** For objects that have what is dropped with more than a field. */
  readonly droppers: Stretch;
}

const known = new WeakMap<FeatureGates, WeakMap<StructSchema, StructStretches>>();

/** Says in which releases a struct with these fields is decoded as it is now. */
export function narrowToStruct(source: PlainRecord, struct: StructSchema, gates: FeatureGates): void {
  // A part of our own, which holds one of these.
  if (struct.name === '') return;
  let byStruct = known.get(gates);
  if (byStruct === undefined) known.set(gates, (byStruct = new WeakMap()));
  let stretches = byStruct.get(struct);
  if (stretches === undefined)
    byStruct.set(struct, (stretches = aside(() => stretchesOf(struct.name, gates))));
  const { whole, fields, droppers } = stretches;
  const { kubernetes } = gates;
  narrowTo(kubernetes, whole);
  for (const key of Object.keys(source)) {
    const stretch = fields.get(key) ?? (struct.fields.has(key) ? undefined : only(kubernetes));
    if (stretch !== undefined) narrowTo(kubernetes, stretch);
  }
  if (isConcerned(source, struct.name)) narrowTo(kubernetes, droppers);
}

function stretchesOf(goType: string, gates: FeatureGates): StructStretches {
  const { kubernetes } = gates;
  const dot = goType.lastIndexOf('.');
  const [packagePath, name] = [goType.slice(0, dot), goType.slice(dot + 1)];
  const changing = new Map(
    Object.entries(packageData(packagePath).structs[name] ?? {}).flatMap(([field, versions]) => {
      const decoded = decodedAs(versions);
      return decoded === undefined ? [] : [[field, decoded] as const];
    }),
  );
  const gated = gatedNames(goType);
  const fields = new Map<string, Stretch>();
  for (const field of new Set([...changing.keys(), ...gated])) {
    const { stretch } = withStretch(kubernetes, () => {
      valueIn(kubernetes, changing.get(field));
      if (gates === defaultGates(kubernetes))
        narrowTo(
          kubernetes,
          aside(() => droppedAlike(goType, field, kubernetes)),
        );
      else for (const gate of (gatingOf(goType, field, kubernetes) ?? []).flat()) gates.isOn(gate);
    });
    fields.set(field, stretch);
  }
  const setting = [...changing].filter(
    ([field, versions]) => hasFixedDefault(goType, field) || isSet(versions),
  );
  const { stretch: whole } = withStretch(kubernetes, () => {
    for (const [, versions] of setting) valueIn(kubernetes, versions);
    if (KEEPS_OLDER.test(goType)) droppedFields(goType, gates);
  });
  const { stretch: droppers } = withStretch(kubernetes, () => droppersOf(goType, gates));
  return { whole, fields, droppers };
}

/** The releases around one in which servers that set no gates drop a field as it does, or keep it. */
function droppedAlike(goType: string, field: string, kubernetes: KubernetesRelease): Stretch {
  const fates = releases.map((release) => {
    const missing = gatingOf(goType, field, release)?.find((all) =>
      all.every((gate) => !isOn(gate, release)),
    );
    return missing?.join('&');
  });
  const at = releases.indexOf(kubernetes);
  const before = fates.findLastIndex((fate, index) => index < at && fate !== fates[at]);
  const after = fates.findIndex((fate, index) => index > at && fate !== fates[at]);
  const [first, last] = [releases[before + 1], after < 0 ? undefined : releases[after - 1]];
  return [
    before < 0 || first === undefined ? -Infinity : only(first)[0],
    last === undefined ? Infinity : only(last)[1],
  ];
}

/** The text of a field by release, as far as decoding reads it; nothing where that is the same in all. */
function decodedAs(versions: Versioned<string | null>): Versioned<string | null> | undefined {
  if (typeof versions !== 'object' || versions === null) return undefined;
  let last: string | null | undefined;
  const kept = Object.entries(versions).flatMap(([since, text]): [string, string | null][] => {
    const read = text?.replaceAll(UNREAD, '') ?? null;
    const isSame = read === last;
    last = read;
    return isSame ? [] : [[since, read]];
  });
  const [first] = kept;
  return kept.length === 1 && first?.[0] === releases[0] ? undefined : Object.fromEntries(kept);
}

/** What validation by schema, server-side apply and patches read. */
const UNREAD = / (?:required|atomic|set|map=\S+|patch=\S+|mergeKey=\S+)(?= |$)/g;

/** Types of which older releases keep what their code says that they drop. */
const KEEPS_OLDER = /^resource\//;

/** Whether a field makes a difference for objects without it: it has a default, or is a struct that is always there. */
function isSet(versions: Versioned<string | null>): boolean {
  return Object.values(versions as Readonly<Record<string, string | null>>).some(
    (text) => text !== null && (/ default=/.test(text) || (STRUCT.test(text) && !/ pointer\b/.test(text))),
  );
}

/** A field of a struct type, of this package or another. */
const STRUCT = /^(?:[a-z]\w*\/\w+\.)?[A-Z]/;

/** Whether a struct has what droppers look for. */
function isConcerned(source: PlainRecord, goType: string): boolean {
  if (goType !== 'core/v1.PodSpec') return true;
  const has = (list: string, key: string): boolean => {
    const items = source[list];
    return Array.isArray(items) && items.some((item) => isPlainRecord(item) && key in item);
  };
  return (
    has('volumes', 'image') ||
    ['initContainers', 'containers', 'ephemeralContainers'].some((list) => has(list, 'restartPolicy'))
  );
}
