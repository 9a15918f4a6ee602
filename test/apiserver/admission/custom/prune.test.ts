import { judged, list, object, paths, string } from './widgets';

const preserving = { 'x-kubernetes-preserve-unknown-fields': true };

describe('unknown fields', () => {
  it('are refused wherever the schema knows the fields, with what may be meant', () => {
    const properties = { image: string, ports: list(object({ port: string })) };
    expect(judged(properties, { imag: 'x', ports: [{ prt: 'x' }] })).toMatchObject([
      {
        rule: 'admission/unknown-field',
        path: 'spec.imag',
        message: 'unknown field "spec.imag"',
        hint: 'Did you mean "image"?',
      },
      { path: 'spec.ports[0].prt' },
    ]);
  });

  it('are kept where the schema says so, but not in what it knows', () => {
    const free = object({ known: object({}) }, preserving);
    expect(paths({ free }, { free: { a: { b: [{ c: 1 }] } } })).toEqual([]);
    expect(paths({ free }, { free: { known: { a: 1 } } })).toEqual(['spec.free.known.a']);
  });

  it('are kept in the items of a list that keeps them', () => {
    const items = { ...list(object({ a: string })), ...preserving };
    expect(paths({ items }, { items: [{ b: 1 }] })).toEqual([]);
  });

  it('are refused below a map that allows any value', () => {
    const map = { type: 'object', additionalProperties: true };
    expect(paths({ map }, { map: { a: 'b' } })).toEqual([]);
    expect(paths({ map }, { map: { a: { b: 1 } } })).toEqual(['spec.map.a.b']);
  });

  it('of a map follow a dot, whatever they look like', () => {
    const map = { type: 'object', additionalProperties: object({}) };
    expect(paths({ map }, { map: { 'a.b/c': { d: 1 } } })).toEqual(['spec.map.a.b/c.d']);
  });
});

describe('null', () => {
  const nullable = { ...string, nullable: true };

  it('is as good as absent where it may not be', () => {
    expect(paths({ a: string }, { a: null })).toEqual([]);
    expect(paths({ a: object({ b: string }, { required: ['b'] }) }, { a: { b: null } })).toEqual([
      'spec.a.b',
    ]);
  });

  it('stays where it may be, and in a list', () => {
    expect(paths({ a: object({ b: nullable }, { required: ['b'] }) }, { a: { b: null } })).toEqual([]);
    expect(paths({ a: list(string) }, { a: [null] })).toEqual(['spec.a[0]']);
    expect(paths({ a: list(nullable) }, { a: [null] })).toEqual([]);
  });

  it('is in no enumeration', () => {
    expect(paths({ a: { ...nullable, enum: ['x', null] } }, { a: null })).toEqual(['spec.a']);
  });
});

describe('an embedded resource', () => {
  const pod = { type: 'object', 'x-kubernetes-embedded-resource': true, ...preserving };

  it('has an apiVersion and a kind', () => {
    expect(paths({ pod }, { pod: {} })).toEqual(['spec.pod.apiVersion', 'spec.pod.kind']);
    expect(paths({ pod }, { pod: { apiVersion: 'a/b/c', kind: 'A b' } })).toEqual([
      'spec.pod.apiVersion',
      'spec.pod.kind',
    ]);
    expect(paths({ pod }, { pod: { apiVersion: 1, kind: 'Pod' } })).toEqual(['spec.pod.apiVersion']);
  });

  it('has metadata as any other, but needs no name', () => {
    const embed = (metadata: unknown): unknown => ({ pod: { apiVersion: 'v1', kind: 'Pod', metadata } });
    expect(paths({ pod }, embed({ labels: { a: 'b' } }))).toEqual([]);
    expect(paths({ pod }, embed({ nam: 'x' }))).toEqual(['spec.pod.metadata.nam']);
    expect(paths({ pod }, embed({ labels: { a: 1 } }))).toEqual(['spec.pod.metadata.labels.a']);
    expect(paths({ pod }, embed({ name: 'a/b', labels: { 'a b': '' } }))).toEqual([
      'spec.pod.metadata.name',
      'spec.pod.metadata.labels',
    ]);
  });
});
