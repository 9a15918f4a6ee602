import { having, pod, refusals } from '../../objects';

const withInit = (more: object) =>
  having(pod, 'spec.initContainers', [{ name: 'init', image: 'a:1', ...more }]);

describe('the lifecycle of an init container', () => {
  const handled = { postStart: { exec: { command: ['true'] } } };

  it('is judged where the container is a sidecar', () => {
    expect(refusals(withInit({ restartPolicy: 'Always', lifecycle: handled }))).toEqual([]);
    expect(refusals(withInit({ restartPolicy: 'Always', lifecycle: { postStart: {} } }))).toEqual([
      'spec.initContainers[0].lifecycle.postStart',
    ]);
  });

  it('must not be set where it ends', () => {
    expect(refusals(withInit({ lifecycle: handled }))).toEqual(['spec.initContainers[0].lifecycle']);
  });
});
