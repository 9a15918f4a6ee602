import type { Resources } from '../../../lib';
import { at, containerOf, faultsOf, problems, worker } from '../rendering';

function resourcesOf(resources: Resources): unknown {
  return at(containerOf({ resources }), 'resources');
}

it('are not invented', () => {
  expect(containerOf({})).not.toHaveProperty('resources');
});

it('are requests where an amount stands alone, and limit nothing', () => {
  expect(resourcesOf({ cpu: '250m', memory: '256Mi', 'ephemeral-storage': '1G' })).toEqual({
    requests: { cpu: '250m', memory: '256Mi', 'ephemeral-storage': '1G' },
  });
});

it('are limits where they cannot be overcommitted', () => {
  expect(resourcesOf({ cpu: 1, 'nvidia.com/gpu': 2, 'hugepages-2Mi': '4Mi' })).toEqual({
    requests: { cpu: '1' },
    limits: { 'nvidia.com/gpu': '2', 'hugepages-2Mi': '4Mi' },
  });
});

it('say both where both are said', () => {
  expect(resourcesOf({ cpu: { request: 0.5, limit: 1 }, memory: { limit: '1Gi' } })).toEqual({
    requests: { cpu: '0.5' },
    limits: { cpu: '1', memory: '1Gi' },
  });
});

it('keep nothing, and the way that a quantity is written', () => {
  expect(resourcesOf({ cpu: 0, memory: '1.5e3' })).toEqual({ requests: { cpu: '0', memory: '1.5e3' } });
});

describe('wrong resources', () => {
  it.each<[object, string]>([
    [{ cpu: '250millis' }, 'INVALID_QUANTITY resources.cpu'],
    [{ cpu: null }, 'INVALID_QUANTITY resources.cpu'],
    [{ memory: '-1Gi' }, 'INVALID_QUANTITY resources.memory'],
    [{ cpu: { request: '2', limit: '1' } }, 'INVALID_QUANTITY resources.cpu'],
    [{ cpu: { requests: '2' } }, 'UNKNOWN_PROP resources.cpu.requests'],
    [{ gpu: 1 }, 'INVALID_NAME resources.gpu'],
    [{ 'nvidia.com/gpu': '500m' }, 'INVALID_QUANTITY resources.nvidia.com/gpu'],
    [{ 'nvidia.com/gpu': { request: 1 } }, 'INVALID_QUANTITY resources.nvidia.com/gpu'],
    [{ 'nvidia.com/gpu': { request: 1, limit: 2 } }, 'INVALID_QUANTITY resources.nvidia.com/gpu'],
    [{ cpu: 1, 'hugepages-2Mi': '3Mi' }, 'INVALID_QUANTITY resources.hugepages-2Mi'],
    [{ 'hugepages-2Mi': '4Mi' }, 'MISSING_PROP resources.hugepages-2Mi'],
  ])('%j', (resources, fault) => {
    expect(faultsOf({ resources })).toEqual([fault]);
  });

  it('are told with the amount and the way to write it', () => {
    expect(problems(worker({ resources: { memory: '256MB' } }))).toMatchObject([
      {
        code: 'INVALID_QUANTITY',
        place: 'shop/app',
        path: 'resources.memory',
        message: 'Invalid value: "256MB": expected a quantity',
        hint: 'Quantities look like 250m, 1.5, 256Mi or 2G.',
      },
    ]);
  });
});
