import { ManifestSet } from '../../manifest/set';
import { refuseMisspelledNames, refuseUnknownNames } from './named';
import { refuseUnknownFields } from './named-fields';

const web = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'web' } },
  spec: {
    replicas: 2,
    template: { spec: { containers: [{ name: 'web', image: 'a:1', ports: [{ containerPort: 80 }] }] } },
  },
};
const map = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web', namespace: 'shop' },
  data: { a: '1' },
};
const manifests = [...ManifestSet.of([web, map])];
const refusal = (action: () => void): unknown => {
  try {
    return action();
  } catch (error) {
    const { code, problems } = error as {
      code: string;
      problems: readonly { message: string; hint?: string }[];
    };
    return [code, problems[0]?.message, problems[0]?.hint];
  }
};
const taking = (field: string): unknown =>
  refusal(() => refuseUnknownFields([field], 'takeOwnership', manifests));

test.each([
  'spec.replicas',
  'spec',
  'Deployment/web:spec.replicas',
  'metadata.labels.app.kubernetes.io/name',
  'metadata.labels',
  'ConfigMap/web:metadata.labels.applyset.kubernetes.io/part-of',
  'spec.template.spec.containers[name="web"].image',
  'spec.template.spec.containers[name="web"].ports[containerPort=80,protocol="TCP"]',
])('the field %s can be taken over', (field) => {
  expect(taking(field)).toBeUndefined();
});

test('a field that no object has is refused with the nearest', () => {
  expect(taking('spec.replcas')).toEqual([
    'USAGE',
    'no object of the application has the field spec.replcas',
    'Did you mean spec.replicas?',
  ]);
  expect(taking('ConfigMap/web:spec.replicas')).toEqual([
    'USAGE',
    'ConfigMap/web does not have the field spec.replicas',
    expect.stringContaining('A path is written as the server writes it'),
  ]);
  expect(taking('Deployment/wep:spec.replicas')).toEqual([
    'USAGE',
    'no object of the application is Deployment/wep',
    'Did you mean Deployment/web?',
  ]);
  expect(taking('spec.template.spec.containers[name="api"].image')).toMatchObject({ 0: 'USAGE' });
});

test('what may be lost is refused if it is misspelled, and borne once it is gone', () => {
  const ids = manifests.map(({ id }) => id);
  const refused = (name: string): unknown =>
    refusal(() => refuseMisspelledNames([name], 'allowDataLoss', ids));
  expect(refused('ConfigMap/wep')).toMatchObject({ 0: 'USAGE', 2: 'Did you mean ConfigMap/web?' });
  expect(refused('ConfigMpa/web')).toMatchObject({ 0: 'USAGE', 2: 'Did you mean ConfigMap/web?' });
  expect([refused('ConfigMap/web'), refused('PersistentVolumeClaim/old-data')]).toEqual([
    undefined,
    undefined,
  ]);
});

test('an object that is not there is refused with the nearest', () => {
  const ids = manifests.map(({ id }) => id);
  expect(refusal(() => refuseUnknownNames(['ConfigMap/web'], 'allowDataLoss', ids))).toBeUndefined();
  expect(refusal(() => refuseUnknownNames(['ConfigMap/wep'], 'allowDataLoss', ids))).toEqual([
    'USAGE',
    'no object of the application is ConfigMap/wep',
    'Did you mean ConfigMap/web?',
  ]);
});
