import { aggregate } from '../../lib/kube/pod-resources';
import { canonical } from '../../lib/kube/quantity';

const requesting = (cpu: string, more: object = {}) => ({ resources: { requests: { cpu } }, ...more });
const cpuOf = (spec: Readonly<Record<string, unknown>>) => {
  const cpu = aggregate(spec, 'requests').get('cpu');
  return cpu && canonical(cpu);
};

describe('what the containers of a pod request together', () => {
  it('is the sum of those that run at once', () => {
    expect(cpuOf({ containers: [requesting('1'), requesting('500m'), {}] })).toBe('1500m');
  });

  it('is what an init container requests where that is more', () => {
    expect(cpuOf({ containers: [requesting('1')], initContainers: [requesting('3'), requesting('2')] })).toBe(
      '3',
    );
  });

  it('has sidecars in it, beside the containers and beside the init containers after them', () => {
    const sidecar = requesting('1', { restartPolicy: 'Always' });
    expect(cpuOf({ containers: [requesting('1')], initContainers: [sidecar] })).toBe('2');
    expect(cpuOf({ containers: [], initContainers: [sidecar, requesting('3')] })).toBe('4');
    expect(cpuOf({ containers: [], initContainers: [requesting('3'), sidecar] })).toBe('3');
  });

  it('is nothing where nobody requests anything', () => {
    expect(aggregate({ containers: [{}] }, 'requests').size).toBe(0);
  });
});
