import {
  isQuotaResource,
  isWholeResource,
  objectResourceNameProblem,
  quotaResourceNameProblem,
} from '../../lib/kube/quota';

it.each(['pods', 'cpu', 'requests.storage', 'limits.memory', 'services.nodeports', 'requests.hugepages-2Mi'])(
  'a quota counts %s by itself',
  (name) => {
    expect(isQuotaResource(name)).toBe(true);
    expect(quotaResourceNameProblem(name)).toBeUndefined();
  },
);

it.each(['count/deployments.apps', 'requests.nvidia.com/gpu'])(
  'a quota takes %s, which has a domain',
  (name) => {
    expect(quotaResourceNameProblem(name)).toBeUndefined();
  },
);

it.each(['storage', 'widgets', 'a b', ''])('a quota does not count %j', (name) => {
  expect(quotaResourceNameProblem(name)).toEqual(expect.any(String));
});

it('knows storage where it is not about a quota', () => {
  expect(objectResourceNameProblem('storage')).toBeUndefined();
});

it.each([
  ['pods', true],
  ['services.loadbalancers', true],
  ['nvidia.com/gpu', true],
  ['cpu', false],
  ['requests.storage', false],
])('%s is counted in whole pieces: %j', (name, isWhole) => {
  expect(isWholeResource(name)).toBe(isWhole);
});
