import { Definitions } from '../../../lib/apiserver/admission/custom/definitions';
import { judge } from '../../../lib/apiserver/admission/judge';
import { decode } from '../../../lib/apiserver/admission/decode/decode';
import { knownEffects } from '../../../lib/apiserver/dropped-effects';
import { droppedFields } from '../../../lib/apiserver/gated-fields';
import { defaultGates } from '../../../lib/kube/feature-gates';
import { gatedFields, gatedTypes } from '../../../lib/kube/gated';
import { isGate, isOn, type Gate } from '../../../lib/kube/gates';
import { kindSchema, releases, type KubernetesRelease } from '../../../lib/kube/schema';
import { valueIn } from '../../../lib/kube/schema/package-data';
import table from '../../../lib/kube/schema/data/gated-fields.json';
import markers from '../../kube/gated-markers.json';
import { kindsWith } from './paths';
import { RECORDED, SERVERS, type Fate } from './recorded';

function fateOf(object: object, path: string, kubernetes: KubernetesRelease): Fate {
  const { violations, dropped = [] } = judge(object, kubernetes, new Definitions(kubernetes));
  if (violations.some(({ reason }) => reason === 'unknown-field')) return 'unknown';
  if (violations.length > 0) return 'refused';
  return dropped.some((each) => each.path === path) ? 'dropped' : 'kept';
}

describe('real servers', () => {
  it.each(RECORDED)('do with $name what is judged', ({ object, path, fates }) => {
    expect(SERVERS.map((kubernetes) => fateOf(object, path, kubernetes))).toEqual(fates);
  });
});

describe('the table of gated fields', () => {
  // Of these, some values are dropped: gated-fields.ts has a function for each.
  const PARTLY = [
    'batch/v1.PodFailurePolicy.rules',
    'core/v1.Container.restartPolicy',
    'core/v1.Container.volumeMounts',
    'core/v1.EphemeralContainer.restartPolicy',
    'core/v1.EphemeralContainer.volumeMounts',
    'core/v1.PersistentVolumeClaimSpec.dataSourceRef',
    'core/v1.PodSpec.volumes',
    'core/v1.SecurityContext.procMount',
  ];
  // Of these, an emptied struct is dropped with its last field.
  const EMPTIED = [
    'core/v1.Container.lifecycle',
    'core/v1.EphemeralContainer.lifecycle',
    'core/v1.Lifecycle.postStart',
    'core/v1.Lifecycle.preStop',
  ];
  // Servers of 1.34 keep it, by a mistake.
  const KEPT = ['1.34 resource/v1.DeviceConstraint.distinctAttribute'];

  const offIn = (kubernetes: KubernetesRelease, filtered: boolean): string[] =>
    gatedTypes.flatMap((goType) =>
      gatedFields(goType, kubernetes, { filtered })
        .filter(([, gating]) => gating.some((all) => all.every((gate) => !isOn(gate, kubernetes))))
        .map(([field]) => `${goType}.${field}`),
    );

  it.each(releases)('is what a server of %s drops', (kubernetes) => {
    const gates = defaultGates(kubernetes);
    const dropped = gatedTypes.flatMap((goType) =>
      droppedFields(goType, gates)
        .filter(([, missing]) => missing.length > 0)
        .map(([field]) => `${goType}.${field}`),
    );
    const known = new Set([...dropped, ...PARTLY, ...EMPTIED]);
    const missed = [...offIn(kubernetes, false), ...offIn(kubernetes, true)].filter(
      (field) => !known.has(field),
    );
    expect(missed.map((field) => `${kubernetes} ${field}`).filter((each) => !KEPT.includes(each))).toEqual(
      [],
    );
    expect(dropped.filter((field) => !offIn(kubernetes, false).includes(field))).toEqual([]);
  });

  it('names no gate that is not known', () => {
    const named = releases.flatMap((kubernetes) =>
      gatedTypes.flatMap((goType) => gatedFields(goType, kubernetes).flatMap(([, gating]) => gating)),
    );
    expect(named.filter((all) => all.length === 0)).toEqual([]);
  });

  it('has every field whose effect is described', () => {
    const every = new Set(
      [table.fields, table.filtered].flatMap((types) =>
        Object.entries(types).flatMap(([goType, fields]) =>
          Object.keys(fields as object).map((field) => `${goType}.${field}`),
        ),
      ),
    );
    expect(knownEffects.filter((field) => !every.has(field))).toEqual([]);
  });
});

/** Whether a type is only in a status, or in versions that no server serves by default. */
function isNotWritten(goType: string): boolean {
  return /Status$|AllocationResult$|VolumeError$|RuntimeHandlerFeatures$|SystemInfo$|PodLogOptions$|\/v1(alpha|beta)/.test(
    goType,
  );
}

/**
 * The API types say with `+featureGate=` which fields a gate is for, apart from the code that drops them. These are not
 * dropped, or not as a whole.
 */
const OTHERWISE: Readonly<Record<string, string>> = {
  'core/v1.Container.restartPolicy': 'refused on containers, dropped on init containers: see the recordings',
  'core/v1.EphemeralContainer.restartPolicy': 'refused',
  'core/v1.TypedObjectReference.namespace': 'dropped with the reference',
  'core/v1.Volume.image': 'dropped with the volume',
  'core/v1.PersistentVolumeSpec.volumeAttributesClassName':
    'kept by 1.29 and 1.30, which drop it on updates alone',
  'resource/v1.DeviceConstraint.distinctAttribute': 'kept by 1.34',
  'resource/v1.DeviceSubRequest.tolerations': 'kept by 1.34, which validates them',
  'resource/v1.ExactDeviceRequest.tolerations': 'kept by 1.34, which validates them',
};

describe('a field that its type says is gated', () => {
  const marked = Object.entries(markers.markers).flatMap(([goType, fields]) =>
    Object.entries(fields).map(([field, gates]) => ({
      goType,
      field,
      gates: gates as Record<string, string | null>,
    })),
  );

  it.each(releases)('is dropped by a server of %s with the gate off', (kubernetes) => {
    const gates = defaultGates(kubernetes);
    const kept = marked.flatMap(({ goType, field, gates: versioned }) => {
      const formula = valueIn(kubernetes, versioned);
      if (typeof formula !== 'string' || isNotWritten(goType)) return [];
      const off = formula.split('&').filter((gate): gate is Gate => isGate(gate) && !gates.isOn(gate));
      if (off.length === 0 || `${goType}.${field}` in OTHERWISE) return [];
      return droppedFields(goType, gates).some(([each]) => each === field)
        ? []
        : [`${goType}.${field} ${off.join()}`];
    });
    expect(kept).toEqual([]);
  });
});

describe('wherever a gated field is in a kind', () => {
  it.each(['1.28', '1.31', '1.34', '1.36'] as const)('%s drops it, at its path', (kubernetes) => {
    const gates = defaultGates(kubernetes);
    const wrong = kindsWith(kubernetes, (goType) =>
      droppedFields(goType, gates).map(([field]) => field),
    ).flatMap(({ apiVersion, kind, object, path }) => {
      const schema = kindSchema(kubernetes, apiVersion, kind);
      if (schema === undefined) return [];
      const { dropped, value } = decode(object, schema, kubernetes);
      const isTold = dropped.some((each) => each.path === path);
      return isTold && !JSON.stringify(value).includes('gated-value') ? [] : [`${kind} ${path}`];
    });
    expect(wrong).toEqual([]);
  });
});
