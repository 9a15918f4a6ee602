import { having, pod, refusals } from '../../objects';

const classed = (priorityClassName: string, priority: number) =>
  having(having(pod, 'spec.priorityClassName', priorityClassName), 'spec.priority', priority);

describe('the priority of a pod', () => {
  it('is that of its class, where every cluster has it', () => {
    expect(refusals(classed('system-node-critical', 2_000_001_000))).toEqual([]);
    expect(refusals(classed('system-node-critical', 7))).toEqual(['spec.priority']);
  });

  it('is nothing without a class', () => {
    expect(refusals(having(pod, 'spec.priority', 7))).toEqual(['spec.priority']);
  });

  it('is not known for a class that only the cluster has', () => {
    expect(refusals(classed('high', 7))).toEqual([]);
  });
});
