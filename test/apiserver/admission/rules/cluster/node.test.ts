import { having, refusals } from '../../objects';

const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' }, spec: {}, status: {} };
const taint = { key: 'dedicated', value: 'web', effect: 'NoSchedule' };

it('passes as it should be', () => {
  expect(refusals(having(node, 'spec.taints', [taint, { ...taint, effect: 'NoExecute' }]))).toEqual([]);
});

describe('a Node is refused', () => {
  it.each<[string, string, unknown, string[]]>([
    ['with a taint twice', 'spec.taints', [taint, taint], ['metadata.taints[1]']],
    ['with a taint without an effect', 'spec.taints', [{ key: 'dedicated' }], ['metadata.taints[0].effect']],
    [
      'with half a device',
      'status.capacity',
      { 'example.com/gpu': '500m' },
      ['status.capacity.example.com/gpu'],
    ],
    [
      'with less than nothing, however little: the server rounds away from zero',
      'status.allocatable',
      { 'requests.cpu': '-1n' },
      ['status.allocatable.requests.cpu'],
    ],
    [
      'with no swap at all, said in so many words',
      'status.nodeInfo',
      { swap: { capacity: 0 } },
      ['metadata.nodeSwapStatus.capacity'],
    ],
    [
      'with features out of order',
      'status.declaredFeatures',
      ['Abc', 'Abb', 'Abb'],
      ['status.declaredFeatures[1]', 'status.declaredFeatures[2]'],
    ],
    ['with a feature in small letters', 'status.declaredFeatures', ['abc'], ['status.declaredFeatures[0]']],
    ['with two blocks of one family', 'spec.podCIDRs', ['10.0.0.0/24', '10.0.1.0/24'], ['spec.podCIDRs']],
  ])('%s', (_, path, value, paths) => {
    expect(refusals(having(node, path, value))).toEqual(paths);
  });
});
