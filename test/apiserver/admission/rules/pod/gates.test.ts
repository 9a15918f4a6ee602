import { having, pod, refusals } from '../../objects';

const container = 'spec.containers.0';
const image = [
  { name: 'tmp', emptyDir: {} },
  { name: 'web', image: { reference: 'example.com/a:1' } },
];

describe('what a server drops because its feature gate is closed', () => {
  it('takes a volume of an image and its mounts along', () => {
    const mounts = [
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'web', mountPath: '/web' },
    ];
    const object = having(having(pod, 'spec.volumes', image), `${container}.volumeMounts`, mounts);
    expect(refusals(object, '1.36')).toEqual([]);
    expect(refusals(object, '1.34')).toEqual([]);
  });

  it('takes a hook along that only sleeps', () => {
    const object = having(pod, `${container}.lifecycle`, { preStop: { sleep: { seconds: -5 } } });
    expect(refusals(object, '1.36')).toEqual(['spec.containers[0].lifecycle.preStop.sleep']);
    expect(refusals(object, '1.29')).toEqual([]);
  });

  it('takes a lifecycle along that is a signal and no more', () => {
    const init = (lifecycle: object) =>
      having(pod, 'spec.initContainers', [{ name: 'i', image: 'i', lifecycle }]);
    expect(refusals(init({ stopSignal: 'SIGTERM' }))).toEqual([]);
    expect(refusals(init({}))).toEqual(['spec.initContainers[0].lifecycle']);
  });

  it('is, with 1.34, the restart policy of a container, which others refuse or take', () => {
    const object = having(pod, `${container}.restartPolicy`, 'Never');
    expect(refusals(object, '1.33')).toEqual(['spec.containers[0].restartPolicy']);
    expect(refusals(object, '1.34')).toEqual([]);
    expect(refusals(object, '1.35')).toEqual([]);
  });

  it('can leave a variable without any source', () => {
    const source = { fileKeyRef: { volumeName: 'tmp', path: 'env', key: 'A' } };
    const object = having(pod, `${container}.env`, [{ name: 'A', valueFrom: source }]);
    expect(refusals(object, '1.35')).toEqual([]);
    expect(refusals(object, '1.34')).toEqual(['spec.containers[0].env[0].valueFrom']);
  });
});
