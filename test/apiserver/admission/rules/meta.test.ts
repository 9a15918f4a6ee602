import { having, pod, refusals } from '../objects';

const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u', controller: true };

describe('metadata', () => {
  it.each<[string, string, unknown, string[]]>([
    ['may name an owner twice', 'metadata.ownerReferences', [owner, { ...owner }], []],
    [
      'has one controller',
      'metadata.ownerReferences',
      [owner, { ...owner, uid: 'v' }],
      ['metadata.ownerReferences'],
    ],
    [
      'has owners of a version',
      'metadata.ownerReferences',
      [{ ...owner, apiVersion: '/apps/v1' }],
      ['metadata.ownerReferences[0].apiVersion'],
    ],
    ['names a namespace by a label', 'metadata.namespace', 'Shop', ['metadata.namespace']],
  ])('%s', (_, path, value, paths) => {
    expect(refusals(having(pod, path, value))).toEqual(paths);
  });

  it('may name a namespace where there is none: the server drops it', () => {
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', namespace: 'any thing' },
    };
    expect(refusals(namespace)).toEqual([]);
  });
});
