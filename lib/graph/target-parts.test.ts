import { ManifestSet } from '../manifest/set';
import { hasPart, partsOf } from './target-parts';
import type { Found } from './world';

const found = (kind: string, fields: object, resolution: Found['resolution'] = 'set'): Found => {
  const [manifest] = ManifestSet.of([
    { apiVersion: 'v1', kind, metadata: { name: 'a' }, ...fields },
  ]).manifests;
  return { resolution, ...(manifest !== undefined && { manifest }) };
};

describe('keys', () => {
  it('are those of all maps of a ConfigMap or Secret', () => {
    const maps = { data: { a: '' }, binaryData: { b: '' }, stringData: { c: '' } };
    expect(partsOf('key', found('Secret', maps))).toEqual(['a', 'b', 'c']);
    expect(partsOf('key', found('ConfigMap', { data: { a: '' } }))).toEqual(['a']);
  });

  it.each(['ConfigMap', 'Secret'])('of a %s without any are filled in by somebody else', (kind) => {
    expect(partsOf('key', found(kind, {}))).toBeUndefined();
    expect(partsOf('key', found(kind, { data: {} }))).toBeUndefined();
  });

  it('of objects with one name are those of all', () => {
    const { manifest } = found('ConfigMap', { data: { b: '' } });
    const both = {
      ...found('ConfigMap', { data: { a: '' } }),
      others: manifest === undefined ? [] : [manifest],
    };
    expect(partsOf('key', both)).toEqual(['a', 'b']);
  });

  it('of the token of a ServiceAccount are filled in by its controller', () => {
    const token = found('Secret', { type: 'kubernetes.io/service-account-token', data: { more: '' } });
    expect(partsOf('key', token)).toEqual(['more', 'ca.crt', 'namespace', 'token']);
  });

  it('of an assumed object are known only where it has any', () => {
    expect(partsOf('key', found('Secret', {}, 'assumed'))).toBeUndefined();
    expect(partsOf('key', found('Secret', { data: {} }, 'assumed'))).toEqual([]);
    expect(partsOf('key', found('Secret', { stringData: { a: '' } }, 'assumed'))).toEqual(['a']);
  });

  it('of what a controller makes are those that it gives', () => {
    const derived = { target: { group: '', kind: 'Secret', name: 'a' } };
    const external = found('ExternalSecret', { data: { x: '' } }, 'derived');
    expect(partsOf('key', { ...external, derived: { ...derived, keys: ['user'] } })).toEqual(['user']);
    expect(partsOf('key', { ...external, derived })).toBeUndefined();
    expect(partsOf('port', { ...external, derived: { ...derived, keys: ['user'] } })).toBeUndefined();
  });

  it('of what comes with the cluster are not known', () => {
    expect(partsOf('key', { resolution: 'builtin' })).toBeUndefined();
  });
});

test('ports are names and numbers, in the order of the Service', () => {
  const ports = [{ name: 'http', port: 80 }, { port: 81 }, { name: 'odd', port: '82' }];
  expect(partsOf('port', found('Service', { spec: { ports } }))).toEqual(['http', 80, 81, 'odd']);
  expect(partsOf('port', found('Service', { spec: { type: 'ExternalName', ports } }))).toBeUndefined();
});

test('listeners are names, and subsets are written elsewhere', () => {
  const gateway = found('Gateway', { spec: { listeners: [{ name: 'http' }, { name: 'https' }] } });
  expect(partsOf('listener', gateway)).toEqual(['http', 'https']);
  expect(partsOf('subset', gateway)).toBeUndefined();
});

test('a number is not the name that looks like it', () => {
  expect(hasPart(['http', 80], 80)).toBe(true);
  expect(hasPart(['http', 80], 'http')).toBe(true);
  expect(hasPart(['http', 80], '80')).toBe(false);
});
