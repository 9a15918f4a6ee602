import { decode } from '../../../lib/apiserver/admission/decode/decode';
import { kindSchema } from '../../../lib/kube/schema';
import type { KubernetesRelease } from '../../../lib/kube/schema';
import { having, pod, refusals, service } from './objects';

function decoded(
  object: { apiVersion: string; kind: string },
  kubernetes: KubernetesRelease = '1.36',
): unknown {
  const schema = kindSchema(kubernetes, object.apiVersion, object.kind);
  if (schema === undefined) throw new Error(`no schema of ${object.kind}`);
  return decode(object, schema, kubernetes).value;
}

describe('decoding', () => {
  it('takes null for a value that is not there', () => {
    expect(refusals(having(pod, 'spec.hostAliases', null))).toEqual([]);
    expect(refusals(having(pod, 'spec.containers', null))).toEqual(['spec.containers']);
  });

  it('takes an item that is null for an empty one, with its defaults', () => {
    const object = { apiVersion: 'v1', kind: 'Service', spec: { ports: [null] } };
    expect(decoded(object)).toMatchObject({ spec: { ports: [{ protocol: 'TCP' }], type: 'ClusterIP' } });
  });

  it('fills in the structs that are always there, and their fixed defaults', () => {
    expect(decoded({ apiVersion: 'apps/v1', kind: 'Deployment' })).toMatchObject({
      spec: {
        replicas: 1,
        strategy: { type: 'RollingUpdate' },
        template: { spec: { restartPolicy: 'Always' } },
      },
    });
  });

  it('keeps a zero that a pointer holds, and takes another for nothing', () => {
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 0, minReadySeconds: 0 } };
    const { spec } = decoded(object) as { spec: Record<string, unknown> };
    expect(spec).toHaveProperty('replicas', 0);
    expect(spec).not.toHaveProperty('minReadySeconds');
  });

  it('drops fields whose feature gate a release has closed', () => {
    const object = { apiVersion: 'v1', kind: 'Pod', spec: { hostUsers: false } };
    expect(decoded(object, '1.32')).not.toHaveProperty('spec.hostUsers');
    expect(decoded(object, '1.33')).toHaveProperty('spec.hostUsers', false);
  });

  it.each([
    ['text where a number is asked for', 'spec.ports.0.port', '80', 'spec.ports[0].port'],
    ['a number that does not fit', 'spec.ports.0.port', 2 ** 31, 'spec.ports[0].port'],
    ['half a number', 'spec.ports.0.port', 80.5, 'spec.ports[0].port'],
    ['an object where a list is asked for', 'spec.ports', {}, 'spec.ports'],
    ['a label that is no text', 'metadata.labels.tier', 1, 'metadata.labels.tier'],
    [
      'a time that is none',
      'metadata.creationTimestamp',
      '2024-02-30T00:00:00Z',
      'metadata.creationTimestamp',
    ],
  ])('refuses %s', (_, path, value, refused) => {
    expect(refusals(having(service, path, value))).toEqual([refused]);
  });

  it.each([
    ['64Mi', true],
    [1.5, true],
    ['64 Mi', false],
    ['', false],
    [true, false],
  ])('reads the quantity %j: %j', (value, isFine) => {
    expect(
      refusals(having(pod, 'spec.containers.0.resources', { requests: { cpu: value } })).length === 0,
    ).toBe(isFine);
  });

  it('reads bytes as base64', () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login' },
      data: { password: 'c2VjcmV0' },
    };
    expect(refusals(secret)).toEqual([]);
    expect(refusals(having(secret, 'data.password', 'secret!'))).toEqual(['data.password']);
  });

  it('says only what cannot be decoded, since the server validates nothing else then', () => {
    expect(refusals(having(having(pod, 'spec.containers', []), 'spec.bogus', 1))).toEqual(['spec.bogus']);
  });
});
