import { defaultGates } from '../../../lib/kube/feature-gates';
import type { KubernetesRelease } from '../../../lib/kube/schema';
import { podLevelResources } from '../../../lib/apiserver/defaults/pod-level';

const filledIn = (resources: object, containers: object[] = [], kubernetes?: KubernetesRelease) => {
  const spec = { resources, containers: containers.map((each) => ({ resources: each })) };
  podLevelResources(spec, kubernetes && defaultGates(kubernetes));
  return spec.resources;
};

describe('the resources of a pod as a whole', () => {
  it('request what the containers request together', () => {
    const requests = { cpu: '1' };
    expect(filledIn({ limits: { cpu: '4' } }, [{ requests }, { requests }])).toEqual({
      limits: { cpu: '4' },
      requests: { cpu: '2' },
    });
  });

  it('request their limits where no container requests anything', () => {
    expect(filledIn({ limits: { memory: '1Gi' } }, [{}])).toEqual({
      limits: { memory: '1Gi' },
      requests: { memory: '1Gi' },
    });
  });

  it('have the huge pages of the containers as their limit', () => {
    const limits = { 'hugepages-2Mi': '4Mi' };
    expect(filledIn({ limits: { cpu: '1' } }, [{ limits }])).toEqual({
      limits: { cpu: '1', 'hugepages-2Mi': '4Mi' },
      requests: { cpu: '1', 'hugepages-2Mi': '4Mi' },
    });
  });

  it('stay as they are where they say nothing, or no limit', () => {
    expect(filledIn({}, [{ requests: { cpu: '1' } }])).toEqual({});
    expect(filledIn({ requests: { cpu: '1' } }, [{}])).toEqual({ requests: { cpu: '1' } });
  });

  it('are limited since 1.37 where every container is: to what these may use together, or to the request', () => {
    const containers = [{ limits: { cpu: '1', memory: '1Gi' } }, { limits: { cpu: '1500m' } }];
    const given = { requests: { cpu: '2', memory: '1Gi' } };
    expect(filledIn(given, containers, '1.36')).toEqual(given);
    expect(filledIn(given, containers, '1.37')).toEqual({ ...given, limits: { cpu: '2500m' } });
    const more = { requests: { cpu: '3' } };
    expect(filledIn(more, containers, '1.37')).toEqual({ ...more, limits: { cpu: '3' } });
  });
});
