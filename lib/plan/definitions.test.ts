import { ManifestSet } from '../manifest/set';
import { plan, type PlanOptions } from './plan';

interface Version {
  readonly fields: readonly string[];
  readonly served?: boolean;
  readonly storage?: boolean;
}

/** A definition of gadgets whose spec has these fields, by version. */
const definition = (versions: Readonly<Record<string, Version>>): object => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'gadgets.acme.io' },
  spec: {
    group: 'acme.io',
    scope: 'Namespaced',
    names: { plural: 'gadgets', kind: 'Gadget' },
    versions: Object.entries(versions).map(([name, { fields, served = true, storage = true }]) => ({
      name,
      served,
      storage,
      schema: {
        openAPIV3Schema: {
          type: 'object',
          properties: {
            spec: {
              type: 'object',
              properties: Object.fromEntries(fields.map((each) => [each, { type: 'string' }])),
            },
          },
        },
      },
    })),
  },
});

const gadget = (version: string, spec: object): object => ({
  apiVersion: `acme.io/${version}`,
  kind: 'Gadget',
  metadata: { name: 'g', namespace: 'shop' },
  spec,
});

/** What becomes of the gadget: the effect, its fields, and the paths of the reasons with their hints. */
function outcome(before: readonly object[], after: readonly object[], options?: PlanOptions): unknown {
  const { changes } = plan(ManifestSet.of([...before]), ManifestSet.of([...after]), options);
  const change = changes.find(({ id }) => id.kind === 'Gadget');
  const fields = change?.fields.map(({ path, before: was, after: now }) => [path, was, now]);
  return [change?.effect, fields, ...(change?.reasons ?? []).map(({ path, hint }) => [path, hint])];
}

const both = definition({ v1: { fields: ['size', 'shade'] } });
const less = definition({ v1: { fields: ['size'] } });
const full = gadget('v1', { size: 'a', shade: 'b' });

it('shows a field that leaves its definition and its object together', () => {
  expect(outcome([both, full], [less, gadget('v1', { size: 'a' })])).toEqual([
    'updated',
    [['spec.shade', 'b', undefined]],
  ]);
});

it('rejects an object that keeps a field which its definition drops, and shows what it loses', () => {
  const lost = [['spec.shade', 'b', undefined]];
  const reason = ['spec.shade', expect.stringContaining('no longer returns it')];
  expect(outcome([both, full], [less, full])).toEqual(['rejected', lost, reason]);
  expect(outcome([both, full], [less, full], { apply: 'client-side' })).toEqual(['rejected', lost, reason]);
  // Helm does not ask for strict validation.
  expect(outcome([both, full], [less, full], { apply: 'helm' })).toEqual(['updated', lost]);
});

it('takes a field that its definition adds in the same change', () => {
  expect(outcome([less, gadget('v1', { size: 'a' })], [both, full])).toEqual([
    'updated',
    [['spec.shade', undefined, 'b']],
  ]);
});

it('rejects a field that no definition has', () => {
  expect(outcome([less, gadget('v1', { size: 'a' })], [less, full])).toMatchObject([
    'rejected',
    [],
    ['spec.shade'],
  ]);
});

it('reads objects by the old definition where the new one is rejected', () => {
  const [old, fresh] = [definition({ v1alpha1: { fields: ['size'] } }), both];
  const kept = expect.stringContaining('is rejected, so that the old one stays') as string;
  const was = gadget('v1alpha1', { size: 'a' });
  expect(outcome([old, was], [fresh, full])).toEqual(['rejected', [], ['apiVersion', kept]]);
  expect(outcome([old], [fresh, full])).toEqual(['rejected', [], ['apiVersion', kept]]);
  expect(outcome([old, was], [fresh, was])).toEqual(['none', []]);
  const invalid = definition({ v1: { fields: ['size'] }, 'not a version': { fields: [], storage: false } });
  expect(outcome([], [invalid, full])).toEqual(['rejected', [], ['apiVersion', kept]]);
});

it('rejects objects of a version that is no longer served, changed or not', () => {
  const [old, now] = [true, false].map((served) =>
    definition({ v1beta1: { fields: ['size'], served, storage: false }, v1: { fields: ['size'] } }),
  );
  const was = gadget('v1beta1', { size: 'a' });
  const rejected = ['rejected', [], ['apiVersion', 'Its CustomResourceDefinition serves v1.']];
  expect(outcome([old ?? both, was], [now ?? both, was])).toEqual(rejected);
  expect(outcome([old ?? both, was], [now ?? both, gadget('v1beta1', { size: 'b' })])).toEqual(rejected);
  expect(outcome([old ?? both, was], [now ?? both, gadget('v1', { size: 'a' })])).toEqual(['none', []]);
});

it('rejects objects of a built-in version that the release no longer serves, changed or not', () => {
  const scaler = (apiVersion: string, maxReplicas: number): ManifestSet =>
    ManifestSet.of([
      {
        apiVersion,
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'a', namespace: 'shop' },
        spec: { maxReplicas, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' } },
      },
    ]);
  const effect = (before: ManifestSet, after: ManifestSet): unknown =>
    plan(before, after, { kubernetes: '1.30' }).changes.map((change) => [
      change.effect,
      change.reasons?.[0]?.hint,
    ]);
  const [old, now] = ['autoscaling/v2beta2', 'autoscaling/v2'].map((version) => scaler(version, 3));
  const rejected = [['rejected', 'Use autoscaling/v2 HorizontalPodAutoscaler instead.']];
  if (old === undefined || now === undefined) throw new Error('there are two versions');
  expect(effect(old, old)).toEqual(rejected);
  expect(effect(now, old)).toEqual(rejected);
  expect(effect(old, scaler('autoscaling/v2beta2', 5))).toEqual(rejected);
  expect(effect(now, now)).toEqual([['none', undefined]]);
});
