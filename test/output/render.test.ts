import { parseAllDocuments } from 'yaml';
import { render } from '../../lib/output/render';
import { identify, type KubeObject, type Manifest, type Origin } from '../../lib/manifest/manifest';

const settings: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { labels: { app: 'shop' }, name: 'settings' },
  data: { LOG_LEVEL: 'info' },
};

function manifest(object: KubeObject, origin?: Origin): Manifest {
  return origin === undefined ? { object, id: identify(object) } : { object, id: identify(object), origin };
}

function documents(yaml: string | undefined): unknown[] {
  return parseAllDocuments(yaml ?? '').map((document) => document.toJS() as unknown);
}

const origin = { construct: 'production/shop/settings', source: 'apps/shop/shop.ts:42', chart: 'shop' };

test('a file holds its manifests as one document each, in order', () => {
  const other = { ...settings, metadata: { name: 'other' } };
  const files = render(
    new Map([
      ['shop.yaml', [manifest(settings), manifest(other)]],
      ['empty.yaml', []],
    ]),
  );
  expect(documents(files.get('shop.yaml'))).toEqual([settings, other]);
  expect([...files.keys()]).toEqual(['shop.yaml', 'empty.yaml']);
});

test('nothing of where an object came from is written unless asked for', () => {
  expect(render(new Map([['shop.yaml', [manifest(settings, origin)]]])).get('shop.yaml')).not.toMatch(
    /seaworthy|shop\.ts/,
  );
});

describe("with annotations: 'construct'", () => {
  const annotated = (object: KubeObject, from?: Origin): unknown =>
    documents(
      render(new Map([['shop.yaml', [manifest(object, from)]]]), { annotations: 'construct' }).get(
        'shop.yaml',
      ),
    )[0];

  test('an object says which construct and which line made it, keys in sorted order', () => {
    expect(JSON.stringify(annotated(settings, origin))).toBe(
      JSON.stringify({
        ...settings,
        metadata: {
          annotations: {
            'seaworthy.dev/construct': 'production/shop/settings',
            'seaworthy.dev/source': 'apps/shop/shop.ts:42',
          },
          labels: { app: 'shop' },
          name: 'settings',
        },
      }),
    );
  });

  test('annotations of its own stay, among the others', () => {
    const object = {
      ...settings,
      metadata: { annotations: { 'a.example/x': '1', 'z.example/x': '2' }, name: 'settings' },
    };
    expect(JSON.stringify(annotated(object, { construct: 'shop' }))).toContain(
      JSON.stringify({ 'a.example/x': '1', 'seaworthy.dev/construct': 'shop', 'z.example/x': '2' }),
    );
  });

  test('an object of unknown origin stays as it is', () => {
    expect(annotated(settings)).toEqual(settings);
    expect(annotated(settings, { chart: 'shop' })).toEqual(settings);
  });

  test('a pod template is not annotated: a moved line must not replace pods', () => {
    const template = { metadata: { labels: { app: 'shop' } } };
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api' },
      spec: { template },
    };
    expect(annotated(object, origin)).toHaveProperty('spec.template', template);
  });

  test('the manifest itself is not changed', () => {
    const before = structuredClone(settings);
    annotated(settings, origin);
    expect(settings).toEqual(before);
  });
});
