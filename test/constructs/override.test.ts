import { ApiObject, JsonPatch } from 'cdk8s';
import { KubeObject, WebService, Worker } from '../../lib';
import { at, faults, only, problems } from './rendering';

const PROPS = {
  image: 'a/b:1',
  port: 80,
  env: { A: '1', B: '2' },
  tolerations: [{ key: 'a' }, { key: 'b' }],
  security: 'baseline',
} as const;

/** A Deployment after `patches`, in order. */
function patched(...patches: object[]): unknown {
  return only('Deployment', (chart) => {
    const app = new Worker(chart, 'app', PROPS);
    for (const patch of patches) app.override(patch);
  })['spec'];
}

function wrong(...patches: object[]) {
  return problems((chart) => {
    const app = new Worker(chart, 'app', PROPS);
    for (const patch of patches) app.override(patch);
  });
}

const pod = (spec: object): object => ({ spec: { template: { spec } } });

describe('an override', () => {
  it('merges maps and replaces single values', () => {
    expect(patched({ spec: { replicas: 0, strategy: { rollingUpdate: { maxSurge: 1 } } } })).toMatchObject({
      replicas: 0,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
  });

  it('merges containers, variables and ports by their keys', () => {
    const containers = [
      {
        name: 'app',
        env: [
          { name: 'B', value: '3' },
          { name: 'C', value: '4' },
        ],
        ports: [{ containerPort: 80, hostPort: 8080 }],
      },
      { name: 'new', image: 'a/new:1' },
    ];
    expect(at(patched(pod({ containers })), 'template.spec.containers')).toEqual([
      {
        name: 'app',
        image: 'a/b:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '3' },
          { name: 'C', value: '4' },
        ],
        ports: [{ name: 'main', containerPort: 80, hostPort: 8080 }],
      },
      { name: 'new', image: 'a/new:1' },
    ]);
  });

  it('tells two ports of one number by their protocol', () => {
    const object = only('Deployment', (chart) => {
      const ports = { dns: { port: 53, protocol: 'UDP' }, 'dns-tcp': { port: 53, protocol: 'TCP' } } as const;
      const containers = [{ name: 'app', ports: [{ containerPort: 53, protocol: 'TCP', hostPort: 53 }] }];
      new Worker(chart, 'app', { ...PROPS, port: undefined as never, ports }).override(pod({ containers }));
    });
    expect(at(object, 'spec.template.spec.containers.0.ports')).toEqual([
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
      { name: 'dns-tcp', containerPort: 53, protocol: 'TCP', hostPort: 53 },
    ]);
  });

  it('merges volumes, mounts, pull secrets and host aliases by their keys', () => {
    const first = pod({
      volumes: [{ name: 'x', emptyDir: {} }],
      imagePullSecrets: [{ name: 'one' }],
      hostAliases: [{ ip: '1.2.3.4', hostnames: ['a'] }],
      containers: [{ name: 'app', volumeMounts: [{ name: 'x', mountPath: '/x' }] }],
    });
    const second = pod({
      volumes: [{ name: 'x', emptyDir: { sizeLimit: '1Gi' } }],
      imagePullSecrets: [{ name: 'two' }],
      hostAliases: [{ ip: '1.2.3.4', hostnames: ['b'] }],
      containers: [{ name: 'app', volumeMounts: [{ mountPath: '/x', readOnly: true }] }],
    });
    expect(at(patched(first, second), 'template.spec')).toMatchObject({
      volumes: [{ name: 'x', emptyDir: { sizeLimit: '1Gi' } }],
      imagePullSecrets: [{ name: 'one' }, { name: 'two' }],
      hostAliases: [{ ip: '1.2.3.4', hostnames: ['b'] }],
      containers: [{ name: 'app', volumeMounts: [{ name: 'x', mountPath: '/x', readOnly: true }] }],
    });
  });

  it('merges the ports of a Service by their keys', () => {
    const service = only('Service', (chart) => {
      new WebService(chart, 'web', PROPS).service.override({
        spec: { ports: [{ port: 80, nodePort: 30080 }] },
      });
    });
    expect(at(service, 'spec.ports')).toEqual([
      { name: 'http', port: 80, targetPort: 'http', nodePort: 30080 },
    ]);
  });

  it('replaces lists whose items have no key', () => {
    expect(at(patched(pod({ tolerations: [{ key: 'c' }] })), 'template.spec.tolerations')).toEqual([
      { key: 'c' },
    ]);
    expect(at(patched(pod({ tolerations: [] })), 'template.spec.tolerations')).toEqual([]);
    const containers = [{ name: 'app', command: ['/a'] }];
    const again = [{ name: 'app', command: ['/b', 'c'] }];
    expect(
      at(patched(pod({ containers }), pod({ containers: again })), 'template.spec.containers.0.command'),
    ).toEqual(['/b', 'c']);
  });

  it('removes with null', () => {
    const spec = patched(
      { spec: { strategy: null } },
      pod({ containers: [{ name: 'app', env: null }], securityContext: null }),
    );
    expect(spec).not.toHaveProperty('strategy');
    expect(at(spec, 'template.spec')).not.toHaveProperty('securityContext');
    expect(at(spec, 'template.spec.containers.0')).not.toHaveProperty('env');
  });

  it('keeps false, zero and what is empty', () => {
    const spec = patched(
      { spec: { paused: false, minReadySeconds: 0 } },
      pod({ affinity: {}, hostname: '' }),
    );
    expect(spec).toMatchObject({
      paused: false,
      minReadySeconds: 0,
      template: { spec: { affinity: {}, hostname: '' } },
    });
  });

  it('comes after the ones before it, and after JSON patches', () => {
    const object = only('Deployment', (chart) => {
      const app = new Worker(chart, 'app', PROPS)
        .override({ spec: { replicas: 1 } })
        .override({ spec: { replicas: 2 } });
      ApiObject.of(app).addJsonPatch(JsonPatch.add('/spec/replicas', 5), JsonPatch.add('/spec/paused', true));
    });
    expect(object['spec']).toMatchObject({ replicas: 2, paused: true });
  });

  it('does not change what it is given', () => {
    const patch = Object.freeze({ spec: Object.freeze({ replicas: 3 }) });
    patched(patch, patch && { spec: { paused: true } });
    expect(patch).toEqual({ spec: { replicas: 3 } });
  });
});

describe('what cdk8s drops without a word', () => {
  it('arrives', () => {
    const containers = [
      {
        name: 'app',
        resources: { limits: { 'nvidia.com/gpu': 1 } },
        readinessProbe: { httpGet: { path: '/', port: 'main' } },
        resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }],
      },
    ];
    const initContainers = [{ name: 'proxy', image: 'a/p:1', restartPolicy: 'Always' }];
    const spec = patched(pod({ containers, initContainers }), {
      spec: { strategy: { rollingUpdate: { maxSurge: 1 } } },
    });
    expect(spec).toMatchObject({
      strategy: { rollingUpdate: { maxSurge: 1 } },
      template: { spec: { containers, initContainers } },
    });
  });
});

describe('an override without effect', () => {
  it.each([
    ['the same value', { spec: { template: { spec: { containers: [{ name: 'app', image: 'a/b:1' }] } } } }],
    ['the same list', { spec: { template: { spec: { tolerations: [{ key: 'a' }, { key: 'b' }] } } } }],
    ['what is not there taken away', { spec: { replicas: null } }],
    ['nothing', {}],
    ['a map of nothing', { spec: {} }],
  ])('is told: %s', (_, patch) => {
    expect(wrong(patch)).toMatchObject([{ code: 'OVERRIDE_WITHOUT_EFFECT', place: 'shop/app' }]);
  });

  it('is told of the second of two that are alike', () => {
    const patch = { spec: { replicas: 3 } };
    expect(wrong(patch, patch)).toMatchObject([{ code: 'OVERRIDE_WITHOUT_EFFECT' }]);
  });
});

describe('an override of a field that there is not', () => {
  it.each([
    [{ spec: { replica: 3 } }, 'spec.replica', 'Did you mean "replicas"?'],
    [{ specs: {} }, 'specs', 'Did you mean "spec"?'],
    [{ metadata: { lables: { a: 'b' } } }, 'metadata.lables', 'Did you mean "labels"?'],
    [
      pod({ containers: [{ name: 'app', imagee: 'x' }] }),
      'spec.template.spec.containers[0].imagee',
      'Did you mean "image"?',
    ],
    [
      pod({ containers: [{ name: 'app', env: [{ name: 'B', valeu: 'x' }] }] }),
      'spec.template.spec.containers[0].env[1].valeu',
      'Did you mean "value"?',
    ],
    [pod({ tolerations: [{ kee: 'x' }] }), 'spec.template.spec.tolerations[0].kee', 'Did you mean "key"?'],
    [{ spec: { template: { specification: null } } }, 'spec.template.specification', undefined],
  ])('is told with a suggestion: %j', (patch, path, hint) => {
    const [problem, ...more] = wrong(patch);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'UNKNOWN_FIELD', place: 'shop/app', path });
    expect(problem?.hint).toBe(hint);
  });

  it('is told of each, with all else that is wrong', () => {
    const told = faults((chart) => {
      new Worker(chart, 'app', { ...PROPS, image: 'A' })
        .override({ spec: { replica: 1, pause: true } as object })
        .override({ spec: { a: 1 } as object });
    });
    expect(told).toEqual([
      'INVALID_IMAGE image',
      'UNKNOWN_FIELD spec.a',
      'UNKNOWN_FIELD spec.pause',
      'UNKNOWN_FIELD spec.replica',
    ]);
  });

  it('depends on the release of the environment', () => {
    const build = (kubernetes: string): readonly string[] =>
      faults((chart) => new Worker(chart, 'app', PROPS).override(pod({ hostnameOverride: 'x' })), {
        profile: { kubernetes },
      });
    expect(build('1.36')).toEqual([]);
    expect(build('1.27')).toEqual(['UNKNOWN_FIELD spec.template.spec.hostnameOverride']);
  });

  it('is no such thing for a custom resource', () => {
    const object = only('Widget', (chart) => {
      new KubeObject(chart, 'w', {
        apiVersion: 'example.com/v1',
        kind: 'Widget',
        content: () => ({ spec: { a: [1] } }),
      }).override({
        spec: { b: { c: true }, a: [2, 3] },
        anything: 'goes',
      });
    });
    expect(object).toMatchObject({ spec: { a: [2, 3], b: { c: true } }, anything: 'goes' });
  });

  it('takes any key of a map', () => {
    const containers = [{ name: 'app', resources: { limits: { 'example.com/any': '1' } } }];
    expect(
      wrong({ metadata: { labels: { any: 'x' } } }, pod({ nodeSelector: { any: 'x' }, containers })),
    ).toEqual([]);
  });
});

it('cannot hold what is no plain data', () => {
  expect(wrong({ spec: { replicas: Number.NaN } })).toMatchObject([
    { code: 'RENDER_FAILED', place: 'shop/app', path: 'spec.replicas' },
  ]);
});
