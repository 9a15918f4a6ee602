import { existing, Job, Worker } from '../../../lib';
import { at, faults, faultsOf, only, podOf } from '../rendering';

const names = (containers: unknown): unknown => (containers as { name: string }[]).map(({ name }) => name);

describe('containers of a pod', () => {
  it('begin with the main one, which is called as the construct or as it is told', () => {
    expect(names(at(podOf({}), 'containers'))).toEqual(['app']);
    expect(names(at(podOf({ containerName: 'main' }), 'containers'))).toEqual(['main']);
  });

  it('are called by a DNS label, whatever the id is', () => {
    const pod = only('Deployment', (chart) => new Worker(chart, 'My App', { image: 'a/b:1' }));
    expect(at(pod, 'spec.template.spec.containers.0.name')).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
  });

  it('know the same vocabulary', () => {
    const helper = {
      image: 'a/helper:1',
      port: 9000,
      env: { A: 'b' },
      resources: { cpu: '10m' },
      probe: { readiness: { tcp: true } },
    } as const;
    expect(at(podOf({ containers: { helper }, security: 'baseline' }), 'containers.1')).toEqual({
      name: 'helper',
      image: 'a/helper:1',
      ports: [{ name: 'main', containerPort: 9000 }],
      env: [{ name: 'A', value: 'b' }],
      resources: { requests: { cpu: '10m' } },
      readinessProbe: { tcpSocket: { port: 'main' } },
    });
  });

  it('start in order: sidecars, init containers, the others', () => {
    const image = 'a/b:1';
    const pod = podOf({
      initContainers: { one: { image }, two: { image } },
      sidecars: { proxy: { image, probe: { startup: { tcp: 80 } } } },
      containers: { other: { image } },
    });
    expect(names(at(pod, 'initContainers'))).toEqual(['proxy', 'one', 'two']);
    expect(names(at(pod, 'containers'))).toEqual(['app', 'other']);
    expect(at(pod, 'initContainers.0')).toMatchObject({
      restartPolicy: 'Always',
      startupProbe: { tcpSocket: { port: 80 } },
    });
    expect(at(pod, 'initContainers.1')).not.toHaveProperty('restartPolicy');
  });

  it('can be added later', () => {
    const image = 'a/b:1';
    const job = only('Job', (chart) => {
      new Job(chart, 'app', { image, containers: { a: { image } }, initContainers: { c: { image } } })
        .addContainer('b', { image })
        .addInitContainer('d', { image })
        .addSidecar('e', { image });
    });
    expect(names(at(job, 'spec.template.spec.containers'))).toEqual(['app', 'a', 'b']);
    expect(names(at(job, 'spec.template.spec.initContainers'))).toEqual(['e', 'c', 'd']);
  });
});

describe('native sidecars', () => {
  const image = 'a/b:1';
  const sidecars = { proxy: { image } };
  const pods = (profile: object): unknown[] => {
    const pod = podOf({ sidecars }, { profile });
    return [names(at(pod, 'containers')), at(pod, 'initContainers.0.restartPolicy')];
  };

  it('came with 1.29, or where the cluster turns them on', () => {
    expect(pods({ kubernetes: '1.29' })).toEqual([['app'], 'Always']);
    expect(pods({ kubernetes: '1.28', featureGates: { SidecarContainers: true } })).toEqual([
      ['app'],
      'Always',
    ]);
  });

  it('run beside the main container where they are off', () => {
    expect(pods({ kubernetes: '1.28' })).toEqual([['app', 'proxy'], undefined]);
    const off = { kubernetes: '1.30', featureGates: { SidecarContainers: false } };
    expect(pods(off)).toEqual([['app', 'proxy'], undefined]);
  });

  it('are no containers of a pod that ends, or whose init containers may need them', () => {
    const at28 = { profile: { kubernetes: '1.28' } };
    expect(faultsOf({ sidecars, initContainers: { x: { image } } }, at28)).toEqual(['INVALID_PROP sidecars']);
    const job = faults((chart) => new Job(chart, 'app', { image, sidecars }), at28);
    expect(job).toEqual(['INVALID_PROP sidecars']);
  });
});

describe('what the props say in the words of Kubernetes', () => {
  const storage = { '/model': { volume: { image: { reference: 'acme/model:1' } } } };
  const faultsIn = (props: object, kubernetes: string, featureGates = {}): readonly string[] =>
    faultsOf(props, { profile: { kubernetes, featureGates } });

  it('is reported at the prop where a closed gate drops it', () => {
    expect(faultsIn({ storage }, '1.35')).toEqual([]);
    expect(faultsIn({ storage }, '1.33', { ImageVolume: true })).toEqual([]);
    expect(faultsIn({ storage }, '1.33')).toEqual(['INVALID_PROP storage./model.volume.image']);
    expect(faultsIn({ containers: { b: { image: 'a/b:1', storage } } }, '1.28')).toEqual([
      'INVALID_PROP containers.b.storage./model.volume.image',
    ]);
    const fileKeyRef = { volumeName: 'v', path: 'a', key: 'k' };
    expect(faultsIn({ env: { A: { valueFrom: { fileKeyRef } } } }, '1.34')).toEqual([
      'INVALID_PROP env.A.valueFrom.fileKeyRef',
    ]);
  });
});

describe('wrong containers', () => {
  const image = 'a/b:1';

  it.each<[object, string]>([
    [{ containers: { Helper: { image } } }, 'INVALID_NAME containers.Helper'],
    [{ containers: { helper: { imag: image } } }, 'MISSING_PROP containers.helper.image'],
    [{ containers: { helper: { image, replicas: 2 } } }, 'UNKNOWN_PROP containers.helper.replicas'],
    [{ containers: { app: { image } } }, 'DUPLICATE_NAME containers.app'],
    [{ initContainers: { x: { image } }, containers: { x: { image } } }, 'DUPLICATE_NAME initContainers.x'],
    [{ initContainers: { x: { image, probe: { tcp: 80 } } } }, 'INVALID_PROP initContainers.x.probe'],
    [{ initContainers: { x: { image, lifecycle: {} } } }, 'INVALID_PROP initContainers.x.lifecycle'],
    [{ containerName: 'Main' }, 'INVALID_NAME'],
    [{ image: undefined }, 'MISSING_PROP image'],
    [{ image: 5 }, 'INVALID_IMAGE image'],
    [{ image: 'https://ghcr.io/a/b' }, 'INVALID_IMAGE image'],
    [{ imagePullPolicy: 'Sometimes' }, 'INVALID_PROP imagePullPolicy'],
  ])('%j', (props, fault) => {
    expect(faultsOf(props)).toContain(fault);
  });

  it('are two of one name, however they came', () => {
    const added = faults((chart) => {
      new Worker(chart, 'app', { image, sidecars: { a: { image } } })
        .addContainer('b', { image })
        .addContainer('b', { image })
        .addSidecar('a', { image });
    });
    expect(added).toEqual(['DUPLICATE_NAME containers.b', 'DUPLICATE_NAME sidecars.a']);
  });
});

it('pulls images with several secrets', () => {
  const pod = podOf({ imagePullSecrets: ['registry', existing('Secret', 'mirror')] });
  expect(at(pod, 'imagePullSecrets')).toEqual([{ name: 'registry' }, { name: 'mirror' }]);
  expect(faultsOf({ imagePullSecrets: [existing('ConfigMap', 'c')] })).toEqual([
    'INVALID_PROP imagePullSecrets[0]',
  ]);
  expect(faultsOf({ imagePullSecrets: ['No Name'] })).toEqual(['INVALID_NAME imagePullSecrets[0]']);
});
