import type { ClusterProfile, WorkerProps } from '../../index';
import { CronJob, Worker, type Chart } from '../../index';
import { at, problems, rendered } from '../../../test/constructs/rendering';

const IMAGE = 'acme/app:1.4.2';
const PROFILE: ClusterProfile = {
  telemetry: { endpoint: 'http://collector.ops.svc:4317', protocol: 'grpc' },
  installed: ['opentelemetry-operator'],
};

const app = (props: Partial<WorkerProps>) => (chart: Chart) =>
  new Worker(chart, 'app', { image: IMAGE, ...props });
const template = (props: Partial<WorkerProps>) =>
  at(rendered(app(props), { profile: PROFILE }).get({ kind: 'Deployment' }).object, 'spec.template');

describe('the telemetry of a workload', () => {
  it('goes where the profile says, with who sends it', () => {
    const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
    const env = { LEVEL: 'info', OTEL_SERVICE_NAME: 'mine' };
    expect(at(template({ telemetry: true, env }), 'spec.containers.0.env')).toEqual([
      field('OTEL_RESOURCE_ATTRIBUTES_NAMESPACE_NAME', 'metadata.namespace'),
      field('OTEL_RESOURCE_ATTRIBUTES_POD_NAME', 'metadata.name'),
      field('OTEL_RESOURCE_ATTRIBUTES_NODE_NAME', 'spec.nodeName'),
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://collector.ops.svc:4317' },
      { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'grpc' },
      {
        name: 'OTEL_RESOURCE_ATTRIBUTES',
        value:
          'k8s.namespace.name=$(OTEL_RESOURCE_ATTRIBUTES_NAMESPACE_NAME),k8s.pod.name=$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME),k8s.node.name=$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME)',
      },
      { name: 'LEVEL', value: 'info' },
      { name: 'OTEL_SERVICE_NAME', value: 'mine' },
    ]);
  });

  it('is that of the main container alone, of Jobs too', () => {
    const cron = (chart: Chart) =>
      new CronJob(chart, 'app', {
        image: IMAGE,
        schedule: '@daily',
        telemetry: true,
        sidecars: { proxy: { image: IMAGE } },
      });
    const { object } = rendered(cron, { profile: PROFILE }).get({ kind: 'CronJob' });
    const pod = at(object, 'spec.jobTemplate.spec.template.spec');
    expect(at(pod, 'containers.0.env')).toContainEqual({ name: 'OTEL_SERVICE_NAME', value: 'shop-app' });
    expect(at(pod, 'initContainers.0')).not.toHaveProperty('env');
  });

  it('is made by the operator, where a language is given', () => {
    expect(at(template({ telemetry: 'java' }), 'metadata.annotations')).toEqual({
      'instrumentation.opentelemetry.io/inject-java': 'true',
    });
    expect(problems(app({ telemetry: 'java' }), { profile: {} })).toMatchObject([
      { code: 'MISSING_PROP', path: 'installed' },
    ]);
  });

  it('names the field of the profile that is missing', () => {
    expect(problems(app({ telemetry: true }), { profile: {} })).toMatchObject([
      {
        code: 'MISSING_PROP',
        path: 'telemetry',
        hint: "Set `telemetry: { endpoint: 'http://collector.monitoring:4317' }` in the profile.",
      },
    ]);
  });

  it('passes the policy of an isolated namespace', () => {
    const around = { profile: PROFILE, chart: { namespace: 'shop', isolated: true } };
    const policies = rendered(app({ telemetry: true }), around).find({ kind: 'NetworkPolicy' });
    const own = policies.find(({ id }) => id.name === 'shop-app')?.object;
    expect(at(own, 'spec.egress')).toContainEqual({
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } }],
      ports: [{ protocol: 'TCP', port: 4317 }],
    });
  });
});
