import { applySetId, applySetParentMarks } from './applyset';

const parent = { apiVersion: 'v1', kind: 'ConfigMap', name: 'shop', namespace: 'shop' };

it('identifies an ApplySet as kubectl does, by name, namespace, kind and group of its parent', () => {
  // The hash of `shop.shop.ConfigMap.`, the group being empty.
  expect(applySetId(parent)).toBe('applyset-XH-PJYPzLD9nFYm7BNKLLSDNEG2L1ih90R3Ov_stz-s-v1');
  expect(applySetId({ ...parent, apiVersion: 'apps/v1' })).not.toBe(applySetId(parent));
});

it('lists kinds with their groups and namespaces but for its own on the parent, sorted and once', () => {
  const members = [
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'b', namespace: 'web' },
    { apiVersion: 'v1', kind: 'Service', name: 'b', namespace: 'shop' },
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a', namespace: 'jobs' },
    { apiVersion: 'v1', kind: 'Namespace', name: 'shop' },
  ];
  expect(applySetParentMarks(parent, members, 'kubectl/v1.36').annotations).toEqual({
    'applyset.kubernetes.io/additional-namespaces': 'jobs,web',
    'applyset.kubernetes.io/contains-group-kinds': 'Deployment.apps,Namespace,Service',
    'applyset.kubernetes.io/tooling': 'kubectl/v1.36',
  });
});
