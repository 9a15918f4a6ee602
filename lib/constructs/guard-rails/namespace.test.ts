import { at, problems, rendered } from '../../../test/constructs/rendering';
import type { NamespaceProps } from '../../index';
import { App, Chart, check, Environment, existing, Namespace, synth, Worker } from '../../index';

const made = (props: NamespaceProps) =>
  rendered((chart) => new Namespace(chart, 'ns', { name: 'shop', ...props }));
const labels = (podSecurity: NamespaceProps['podSecurity']): unknown =>
  made(podSecurity === undefined ? {} : { podSecurity }).get({ kind: 'Namespace' }).object.metadata.labels;
const wrong = (props: object): readonly string[] =>
  problems((chart) => new Namespace(chart, 'ns', props)).map(({ path, message }) => `${path}: ${message}`);

describe('podSecurity of a namespace', () => {
  it('is a level that is enforced, or one for each mode, of a release', () => {
    expect(labels('baseline')).toEqual({ 'pod-security.kubernetes.io/enforce': 'baseline' });
    expect(labels({ enforce: 'baseline', warn: 'restricted', version: '1.33' })).toEqual({
      'pod-security.kubernetes.io/enforce': 'baseline',
      'pod-security.kubernetes.io/enforce-version': 'v1.33',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/warn-version': 'v1.33',
    });
    expect(labels({ audit: 'restricted', version: 'latest' })).toEqual({
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/audit-version': 'latest',
    });
    expect(labels(undefined)).toEqual({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  it('is a release that there can be', () => {
    expect(wrong({ podSecurity: { enforce: 'baseline', version: 'newest' } })).toEqual([
      expect.stringContaining('podSecurity.version: Invalid value: "newest": expected a release'),
    ]);
  });
});

describe('quota of a namespace', () => {
  it('counts requests by short names, and anything else by the names of Kubernetes', () => {
    const quota = {
      cpu: 20,
      memory: '64Gi',
      storage: '1Ti',
      pods: 60,
      'limits.memory': '128Gi',
      'nvidia.com/gpu': 4,
      'count/jobs.batch': 10,
      'services.loadbalancers': 1,
    };
    expect(made({ quota }).get({ kind: 'ResourceQuota' }).object).toMatchObject({
      metadata: { name: 'shop', namespace: 'shop' },
      spec: {
        hard: {
          'requests.cpu': '20',
          'requests.memory': '64Gi',
          'requests.storage': '1Ti',
          pods: '60',
          'limits.memory': '128Gi',
          'requests.nvidia.com/gpu': '4',
          'count/jobs.batch': '10',
          'services.loadbalancers': '1',
        },
      },
    });
    expect(made({}).find({ kind: 'ResourceQuota' })).toEqual([]);
  });

  it('refuses amounts that are none, unknown names, and a name twice', () => {
    expect(wrong({ quota: { cpu: 'many' } })).toEqual([
      'quota.cpu: Invalid value: "many": expected a quantity',
    ]);
    expect(wrong({ quota: { cups: 1 } })).toEqual([
      expect.stringMatching(/^quota\.cups: Invalid value: "cups": /),
    ]);
    expect(wrong({ quota: { cpu: 1, 'requests.cpu': 2 } })).toEqual([
      'quota.requests.cpu: Forbidden: "requests.cpu" is given twice',
    ]);
  });
});

describe('limits of a namespace', () => {
  it('are a LimitRange for containers', () => {
    const limits = { default: { memory: '256Mi' }, defaultRequest: { cpu: '50m' }, max: { memory: '4Gi' } };
    expect(at(made({ limits }).get({ kind: 'LimitRange' }).object, 'spec')).toEqual({
      limits: [{ type: 'Container', ...limits }],
    });
    expect(wrong({ limits: { max: { cpu: 'x' } } })).toEqual([
      'limits.max.cpu: Invalid value: "x": expected a quantity',
    ]);
    expect(wrong({ limits: { min: { cpu: '2', memory: '1Gi' }, max: { cpu: 1, memory: '1Gi' } } })).toEqual([
      'limits.min.cpu: Invalid value: "2": must be less than or equal to max.cpu, which is 1',
    ]);
    expect(wrong({ limits: { default: { memory: '256Mi' }, defaultRequest: { memory: '1Gi' } } })).toEqual([
      'limits.defaultRequest.memory: Invalid value: "1Gi": must be less than or equal to default.memory, which is 256Mi',
    ]);
    expect(wrong({ limits: {} })).toEqual(['limits: Required value: no limit is set']);
  });
});

describe('a chart', () => {
  it('takes a Namespace, which comes first with its guard rails', () => {
    const env = new Environment(new App(), 'production', { kubernetes: '1.33' });
    const namespace = new Namespace(env, 'shop', {
      quota: { pods: 60 },
      limits: { default: { memory: '256Mi' } },
    });
    const chart = new Chart(env, 'shop', { namespace });
    new Worker(chart, 'app', { image: 'acme/app:1', resources: { cpu: '10m', memory: '64Mi' } });
    const set = synth(env.node.root as App);
    const ids = [...set].map(({ id }) => `${id.kind} ${id.namespace ?? '-'}/${id.name}`);
    expect(ids.slice(0, 3)).toEqual(['Namespace -/shop', 'ResourceQuota shop/shop', 'LimitRange shop/shop']);
    expect(ids).toContain('Deployment shop/shop-app');
    expect(namespace.quota?.kind).toBe('ResourceQuota');
    expect(namespace.limits?.kind).toBe('LimitRange');
    expect(check(set).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(synth(env.node.root as App).toYaml()).toBe(set.toYaml());
  });

  it('takes one that exists, and nothing else', () => {
    const namespaceOf = (namespace: unknown): unknown =>
      rendered((chart) => new Worker(chart, 'app', { image: 'acme/app:1' }), {
        chart: { namespace: namespace as never },
      }).get({ kind: 'Deployment' }).id.namespace;
    expect(namespaceOf(existing('Namespace', 'theirs'))).toBe('theirs');
    expect(() => namespaceOf(existing('Secret', 'theirs'))).toThrow(
      'expected a Namespace, got Secret "theirs"',
    );
  });

  it('has an error for pods that the level of its namespace rejects', () => {
    const env = new Environment(new App(), 'production');
    const chart = new Chart(env, 'shop', { namespace: new Namespace(env, 'shop', {}) });
    new Worker(chart, 'app', { image: 'acme/app:1', security: { profile: 'privileged', privileged: true } });
    const errors = check(synth(env.node.root as App)).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule }) => rule)).toContain('admission/pod-security');
  });
});
