import { deployment, having, pod, refusals } from '../../objects';

describe('the budget of a pod as a whole', () => {
  it.each<[string, object, string[]]>([
    ['may be what its containers request', { requests: { cpu: '100m' } }, []],
    ['must not be less than they request', { requests: { cpu: '99m' } }, ['spec.resources.requests[cpu]']],
    [
      'must not be below the limit of one of them',
      { limits: { memory: '32Mi' } },
      ['spec.resources.requests', 'spec.resources.containers[0][memory].limits'],
    ],
    [
      'is of processors, memory and huge pages',
      { limits: { 'a.com/b': 1 } },
      ['spec.resources.limits[a.com/b]'],
    ],
  ])('%s', (_, resources, paths) => {
    expect(refusals(having(pod, 'spec.resources', resources))).toEqual(paths);
  });

  it('requests in a template what it says and no more', () => {
    expect(refusals(having(deployment, 'spec.template.spec.resources', { limits: { cpu: '50m' } }))).toEqual(
      [],
    );
  });
});
