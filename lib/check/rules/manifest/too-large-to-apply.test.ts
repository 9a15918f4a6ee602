import { check, ManifestSet } from '../../../index';
import { lastAppliedSize } from '../../../kube/last-applied';
import { ruleTest } from '../../../../test/check/rule-test';

const SIZE = 296_623;

ruleTest(
  'manifest/too-large-to-apply',
  'warning',
  [
    'Dashboard shop/errors',
    '',
    `is too large for kubectl apply on the client side: its annotations would take ${SIZE} bytes, and the API server accepts 262144`,
    'Use kubectl apply --server-side; in Argo CD, the sync option ServerSideApply=true. Or split the object.',
  ],
  ({ failing }) => [
    [
      'what Argo CD applies on the server',
      failing(
        'namespace: shop',
        "namespace: shop, annotations: { argocd.argoproj.io/sync-options: 'Prune=false,ServerSideApply=true' }",
      ),
      [],
    ],
  ],
);

const found = (object: object) =>
  check(ManifestSet.of([object]), {
    preset: 'none',
    severities: { 'manifest/too-large-to-apply': 'warning' },
  }).length;

describe('the limit', () => {
  const configMap = (text: string, metadata: object = {}) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'b', ...metadata },
    data: { text },
  });
  const key = 'kubectl.kubernetes.io/last-applied-configuration';
  // What kubectl writes for an empty text, with its line break.
  const rest = Buffer.byteLength(
    '{"apiVersion":"v1","data":{"text":""},"kind":"ConfigMap","metadata":{"annotations":{},"name":"a","namespace":"b"}}\n',
  );
  const room = 262_144 - key.length - rest;

  it('counts the key and the object as kubectl writes it, to the byte', () => {
    expect([found(configMap('x'.repeat(room))), found(configMap('x'.repeat(room + 1)))]).toEqual([0, 1]);
  });

  it('counts characters that Go escapes, and those of more than one byte', () => {
    expect([lastAppliedSize('<'), lastAppliedSize('é'), lastAppliedSize('\u2028')]).toEqual([7, 3, 7]);
    expect(found(configMap('&'.repeat(room / 6 + 1)))).toBe(1);
  });

  it('counts other annotations twice: themselves, and in the object', () => {
    expect(found(configMap('', { annotations: { note: 'x'.repeat(131_200) } }))).toBe(1);
    expect(found(configMap('', { annotations: { note: 'x'.repeat(130_000) } }))).toBe(0);
  });

  it('takes annotations without a value for none', () => {
    expect(found(configMap('', { annotations: null }))).toBe(0);
  });

  it('leaves out what kubectl stored before, which it replaces', () => {
    expect(found(configMap('', { annotations: { [key]: 'x'.repeat(200_000) } }))).toBe(0);
  });

  it('counts the namespace that kubectl adds', () => {
    const without = configMap('x'.repeat(room - 'default'.length + 1), { namespace: undefined });
    expect([found(without), found(configMap('x'.repeat(room - 5), { namespace: undefined }))]).toEqual([
      0, 1,
    ]);
  });
});
