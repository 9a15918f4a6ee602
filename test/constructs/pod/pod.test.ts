import { Worker } from '../../../lib';
import { at, faultsOf, only, podOf } from '../rendering';

describe('a pod', () => {
  it('carries labels and annotations of its own, and those that it is found by', () => {
    const worker = only('Deployment', (chart) => {
      new Worker(chart, 'app', {
        image: 'a/b:1',
        podLabels: { tier: 'backend' },
        podAnnotations: { note: 'pods' },
        annotations: { note: 'deployment' },
        labels: { team: 'checkout' },
      });
    });
    expect(at(worker, 'spec.template.metadata')).toEqual({
      labels: {
        'app.kubernetes.io/instance': 'shop-app',
        'app.kubernetes.io/name': 'shop-app',
        tier: 'backend',
      },
      annotations: { note: 'pods' },
    });
    expect(worker.metadata).toMatchObject({
      annotations: { note: 'deployment' },
      labels: { 'app.kubernetes.io/name': 'shop-app', team: 'checkout' },
    });
  });

  it('says nothing that it is not told', () => {
    expect(podOf({ security: 'privileged' })).toEqual({
      containers: [{ name: 'app', image: 'acme/app:1' }],
      serviceAccountName: 'shop-app',
      automountServiceAccountToken: false,
    });
  });

  it('takes the settings of its surroundings on the node', () => {
    const props = {
      hostPID: true,
      hostIPC: true,
      terminationGracePeriod: 0,
      enableServiceLinks: false,
      hostAliases: { '10.1.2.3': ['db.example', 'db'], '::1': ['localhost'] },
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['1.1.1.1'] },
    } as const;
    expect(podOf(props)).toMatchObject({
      hostPID: true,
      hostIPC: true,
      terminationGracePeriodSeconds: 0,
      enableServiceLinks: false,
      hostAliases: [
        { ip: '10.1.2.3', hostnames: ['db.example', 'db'] },
        { ip: '::1', hostnames: ['localhost'] },
      ],
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['1.1.1.1'] },
    });
    expect(podOf({ shareProcessNamespace: true })).toMatchObject({ shareProcessNamespace: true });
  });

  it('still finds Services on the network of the node', () => {
    expect(podOf({ hostNetwork: true })).toMatchObject({
      hostNetwork: true,
      dnsPolicy: 'ClusterFirstWithHostNet',
    });
    expect(podOf({ hostNetwork: true, dnsPolicy: 'Default' })).toMatchObject({ dnsPolicy: 'Default' });
    expect(podOf({})).not.toHaveProperty('dnsPolicy');
  });
});

it.each<[object, string]>([
  [{ dnsPolicy: 'Cluster' }, 'INVALID_PROP dnsPolicy'],
  [{ dnsPolicy: 'None' }, 'MISSING_PROP dnsConfig'],
  [{ shareProcessNamespace: true, hostPID: true }, 'INVALID_PROP shareProcessNamespace'],
  [{ hostAliases: { localhost: ['a'] } }, 'INVALID_PROP hostAliases.localhost'],
  [{ hostAliases: { '1.2.3.4': ['A_B'] } }, 'INVALID_NAME hostAliases.1.2.3.4'],
  [{ terminationGracePeriod: -1 }, 'INVALID_PROP terminationGracePeriod'],
  [{ podLabels: { 'app.kubernetes.io/name': 'other' } }, 'INVALID_LABEL podLabels.app.kubernetes.io/name'],
  [{ podLabels: { a: 5 } }, 'INVALID_LABEL podLabels.a'],
  [{ podAnnotations: { 'prometheus.io/port': 9090 } }, 'INVALID_LABEL podAnnotations.prometheus.io/port'],
])('tells of %j', (props, fault) => {
  expect(faultsOf(props)).toEqual([fault]);
});
