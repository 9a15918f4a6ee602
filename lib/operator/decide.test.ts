import type { Construct } from 'constructs';
import { z } from 'zod';
import { PersistentVolumeClaim } from '../constructs/storage/persistent-volume-claim';
import { ConfigMap } from '../constructs/config/config-map';
import { applySetId, APPLYSET } from '../kube/applyset';
import type { KubeObject } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import { decide } from './decide';
import { defineResource } from './definition';
import { render } from './render';
import type { CustomResource, Decision } from './types';

const definition = defineResource({
  group: 'shop.example',
  kind: 'Note',
  props: z.object({ text: z.string(), size: z.string().optional(), more: z.boolean().default(false) }),
  construct(scope: Construct, { text, size, more }) {
    new ConfigMap(scope, 'Default', { data: { TEXT: text }, immutable: false });
    if (more) new ConfigMap(scope, 'more', { data: { A: 'b' }, immutable: false });
    if (size !== undefined) new PersistentVolumeClaim(scope, 'data', { size });
  },
});

const SET = applySetId({ apiVersion: 'v1', kind: 'Secret', name: 'greeting', namespace: 'shop' });

const resource = (spec: object, annotations = {}): CustomResource => ({
  apiVersion: 'shop.example/v1',
  kind: 'Note',
  metadata: { name: 'greeting', namespace: 'shop', annotations },
  spec,
});

/** Fields as managed fields name them. */
const fields = (value: unknown): object =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? {}
    : Object.fromEntries(Object.entries(value).map(([key, each]) => [`f:${key}`, fields(each)]));

/** An object as a cluster has it once the operator has applied it. */
function applied(object: KubeObject, label: string | undefined = SET): KubeObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  const labels = { ...metadata.labels, ...(label !== undefined && { [APPLYSET.partOf]: label }) };
  const { name: _n, namespace: _s, ...own } = { ...metadata, labels };
  const entry = { manager: 'seaworthy', operation: 'Apply', apiVersion, fieldsType: 'FieldsV1' };
  const managedFields = [{ ...entry, fieldsV1: fields({ metadata: own, ...rest }) }];
  return { apiVersion, kind, metadata: { ...metadata, labels, uid: 'x', managedFields }, ...rest };
}

/** What a cluster has once these props have been applied. */
const after = (
  spec: object,
  change: (object: KubeObject) => KubeObject = (object) => object,
): ManifestSet => {
  const { set } = render(definition, resource(spec), {});
  return ManifestSet.of((set?.manifests ?? []).map(({ object }) => change(applied(object))));
};

const decided = (now: CustomResource, live: ManifestSet): Decision =>
  decide(definition, now, render(definition, now, {}), live, { applySet: SET });

/** `reason action`. */
const told = (now: CustomResource, live: ManifestSet): string => {
  const { reason, action } = decided(now, live);
  return `${reason} ${action}`;
};

const NONE = ManifestSet.of([]);

it('applies what is not there', () => {
  const decision = decided(resource({ text: 'a' }), NONE);
  expect(decision).toMatchObject({
    action: 'apply',
    reason: 'Applying',
    message: 'ConfigMap shop/greeting changes',
  });
});

it('does nothing where nothing differs', () => {
  expect(told(resource({ text: 'a', more: true }), after({ text: 'a', more: true }))).toBe('UpToDate none');
});

it('applies what differs, and deletes what is no longer rendered', () => {
  expect(decided(resource({ text: 'b' }), after({ text: 'a', more: true }))).toMatchObject({
    action: 'apply',
    changes: [{ effect: 'updated' }, { effect: 'deleted', id: { name: 'greeting-more' } }],
  });
});

it('holds what cannot be rendered', () => {
  expect(told(resource({}), NONE)).toBe('InvalidSpec hold');
});

describe('data', () => {
  it('is not lost without an annotation that names it', () => {
    const live = after({ text: 'a', size: '1Gi' });
    const decision = decided(resource({ text: 'a' }), live);
    expect(decision).toMatchObject({ action: 'hold', reason: 'DataLoss' });
    expect(decision.message).toContain(
      'annotation seaworthy.dev/allow-data-loss: PersistentVolumeClaim/greeting-data allows it',
    );
    const allowed = { 'seaworthy.dev/allow-data-loss': 'PersistentVolumeClaim/greeting-data' };
    expect(decided(resource({ text: 'a' }, allowed), live)).toMatchObject({
      action: 'apply',
      allowDataLoss: ['PersistentVolumeClaim/greeting-data'],
    });
    const other = { 'seaworthy.dev/allow-data-loss': 'PersistentVolumeClaim/other' };
    expect(told(resource({ text: 'a' }, other), live)).toBe('DataLoss hold');
  });
});

describe('a change that the API server refuses', () => {
  const live = after({ text: 'a', size: '2Gi' });

  it('is held, with the fields', () => {
    const decision = decided(resource({ text: 'a', size: '1Gi' }), live);
    expect(decision).toMatchObject({ action: 'hold', reason: 'ChangeRefused' });
    expect(decision.message).toContain('spec.resources.requests.storage: ');
  });

  it('needs an annotation for the data as well, to be made again', () => {
    const recreate = { 'seaworthy.dev/allow-recreate': 'PersistentVolumeClaim/greeting-data' };
    expect(told(resource({ text: 'a', size: '1Gi' }, recreate), live)).toBe('DataLoss hold');
    const both = { ...recreate, 'seaworthy.dev/allow-data-loss': 'PersistentVolumeClaim/greeting-data' };
    expect(decided(resource({ text: 'a', size: '1Gi' }, both), live)).toMatchObject({
      action: 'apply',
      recreate: ['PersistentVolumeClaim/greeting-data'],
    });
  });
});

describe('what belongs to others', () => {
  it('is left alone', () => {
    const live = after({ text: 'a' }, (object) => applied(object, 'applyset-other-v1'));
    expect(told(resource({ text: 'b' }), live)).toBe('OwnedByOthers hold');
    const adopt = { 'seaworthy.dev/adopt': 'ConfigMap/greeting' };
    expect(told(resource({ text: 'b' }, adopt), live)).toBe('OwnedByOthers hold');
  });

  it('is adopted where it belongs to nobody and the resource says so', () => {
    const live = ManifestSet.of([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'greeting', namespace: 'shop' },
        data: { TEXT: 'x' },
      },
    ]);
    expect(told(resource({ text: 'b' }), live)).toBe('AlreadyExists hold');
    const adopt = { 'seaworthy.dev/adopt': 'ConfigMap/greeting' };
    expect(told(resource({ text: 'b' }, adopt), live)).toBe('Applying apply');
  });
});

describe('drift', () => {
  /** `TEXT`, as a manager has changed it. */
  const changed = (manager: string): ManifestSet =>
    after({ text: 'a' }, (object) => {
      const [own] = object.metadata['managedFields'] as Record<string, unknown>[];
      const theirs = {
        ...own,
        manager,
        operation: 'Update',
        fieldsV1: { 'f:data': { 'f:TEXT': {} } },
      };
      const labels = { [`f:${APPLYSET.partOf}`]: {} };
      const left = { ...own, fieldsV1: { 'f:metadata': { 'f:labels': labels }, 'f:data': {} } };
      return {
        ...object,
        data: { TEXT: 'changed' },
        metadata: { ...object.metadata, managedFields: [left, theirs] },
      };
    });

  it('by a person is corrected', () => {
    expect(decided(resource({ text: 'a' }), changed('kubectl-edit'))).toMatchObject({
      action: 'apply',
      reason: 'DriftCorrected',
      message: 'changed: ConfigMap/greeting data.TEXT by kubectl-edit',
      takeOwnership: ['ConfigMap/greeting:data.TEXT'],
    });
  });

  it('is only reported where the resource asks for it', () => {
    const report = { 'seaworthy.dev/drift': 'report' };
    expect(told(resource({ text: 'a' }, report), changed('kubectl-edit'))).toBe('DriftReported none');
  });

  it('by a controller is not fought over, unless an annotation says so', () => {
    expect(told(resource({ text: 'a' }), changed('some-controller'))).toBe('FieldConflict hold');
    const take = { 'seaworthy.dev/take-ownership': 'ConfigMap/greeting:data.TEXT' };
    expect(told(resource({ text: 'a' }, take), changed('some-controller'))).toBe('Applying apply');
  });
});

it.each([
  ['seaworthy.dev/drift', 'never', /Unsupported value: "never"/],
  ['seaworthy.dev/allow-data-loss', 'data', /expected kind and name, got 'data'/],
])('says what is wrong with annotation %s', (name, value, message) => {
  const { reason, message: said } = decided(resource({ text: 'a' }, { [name]: value }), NONE);
  expect(reason).toBe('InvalidAnnotation');
  expect(said).toMatch(message);
});
