import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { AnyPatch, Chart, ClusterProfile, Patches } from '../../lib';
import {
  cidr,
  ConfigMap,
  CronJob,
  existing,
  internet,
  Job,
  KubeObject,
  Namespace,
  NodeAgent,
  override,
  PersistentVolumeClaim,
  StatefulService,
  WebService,
  Worker,
} from '../../lib';
import { problems } from './rendering';

const image = 'a/b:1';

/** What is wrong when the program runs: the compiler is silent about what is right, and refuses each line that is marked. */
const paths = (build: (chart: Chart) => unknown, profile: ClusterProfile = {}) =>
  problems(build, { profile }).map(({ path }) => path);

test('an override has the type of the kind it patches', () => {
  const right = (chart: Chart): void => {
    const web = new WebService(chart, 'web', { image, ports: { http: 80, metrics: 90 }, replicas: 2 });
    const db = new StatefulService(chart, 'db', { image, port: 5432 });
    web.connectsTo(db);
    web.override({
      spec: { replicas: 3, strategy: null, template: { spec: { containers: { web: { tty: true } } } } },
    });
    web.deployment.override({ spec: { template: { spec: { containers: [{ name: 'web', stdin: true }] } } } });
    web.service.override({ spec: { ports: { metrics: null }, internalTrafficPolicy: 'Local' } });
    web.disruptionBudget?.override({ spec: { maxUnavailable: '50%' } });
    web.policy?.override({ metadata: { labels: { a: 'b' } } });
    web.serviceAccount?.override({ metadata: { annotations: { a: 'b' } } });
    db.statefulSet.override({ spec: { podManagementPolicy: 'Parallel' } });
    new NodeAgent(chart, 'agent', { image }).daemonSet.override({ spec: { minReadySeconds: 5 } });
    new Job(chart, 'job', { image }).job.override({ spec: { parallelism: 2 } });
    new CronJob(chart, 'cron', { image, schedule: '@daily' }).cronJob.override({ spec: { suspend: true } });
    new ConfigMap(chart, 'settings', { data: { A: 'b' } }).override({ data: { A: 'c' } });
    new Namespace(chart, 'home').override({ metadata: { finalizers: ['a/b'] } });
    new PersistentVolumeClaim(chart, 'disk', { size: '1Gi' }).override({ spec: { volumeName: 'x' } });
  };
  expect(paths(right)).toEqual([]);
});

test('a field that the kind does not have is an error of the compiler, and of synth', () => {
  const wrong = (chart: Chart): void => {
    const web = new WebService(chart, 'web', { image, port: 80, replicas: 2 });
    // @ts-expect-error -- it is called replicas
    web.override({ spec: { replica: 3 } });
    // @ts-expect-error -- a Deployment has no schedule
    web.deployment.override({ spec: { schedule: '@daily' } });
    // @ts-expect-error -- internalTrafficPolicy
    web.service.override({ spec: { internalTraficPolicy: 'Local' } });
    // @ts-expect-error -- imagePullPolicy, of an item by its key
    override(web, { spec: { template: { spec: { containers: { web: { imagePolicy: 'Always' } } } } } });
    // @ts-expect-error -- maxUnavailable, through the function
    if (web.disruptionBudget !== undefined) override(web.disruptionBudget, { spec: { maxUnavailabel: 1 } });
  };
  expect(paths(wrong).sort()).toEqual([
    'spec.internalTraficPolicy',
    'spec.maxUnavailabel',
    'spec.replica',
    'spec.schedule',
    'spec.template.spec.containers[0].imagePolicy',
  ]);
});

test('the policies and routes of a mesh have the types of their kinds', () => {
  const wrong = (chart: Chart): void => {
    const web = new WebService(chart, 'web', { image, port: 80, traffic: { timeout: '2s' } });
    web.allowFrom(cidr('10.0.0.0/8'));
    web.connectsTo(internet({ fqdn: 'api.example.com' }), { port: 443 });
    // @ts-expect-error -- it is called action
    web.meshPolicies[0]?.override({ spec: { acton: 'DENY' } });
    // @ts-expect-error -- it is called hosts
    web.meshRoute?.override({ spec: { host: ['web'] } });
    // @ts-expect-error -- it is called egressDeny
    web.ciliumPolicy?.override({ spec: { egresDeny: [] } });
    web.meshPolicies[0]?.override({ spec: { action: 'ALLOW', rules: [] } });
    web.ciliumPolicy?.override({ spec: { description: 'of web' } });
  };
  expect(paths(wrong, { mesh: 'istio', cni: 'cilium' })).toEqual(
    expect.arrayContaining(['spec.acton', 'spec.egresDeny', 'spec.host']),
  );
});

test('a value of another type is an error of the compiler', () => {
  const typed = (patch: Patches['Deployment']): AnyPatch => patch;
  // @ts-expect-error -- a number of replicas
  expect(typed({ spec: { replicas: '3' } })).toEqual({ spec: { replicas: '3' } });
  // @ts-expect-error -- a list or an object
  expect(typed({ spec: { template: { spec: { containers: 'a' } } } })).toBeInstanceOf(Object);
});

test('kinds that nothing is known of, and objects of others, take any field', () => {
  const free = (chart: Chart): void => {
    const content = (): object => ({ spec: {} });
    new KubeObject(chart, 'w', { apiVersion: 'x.example/v1', kind: 'W', content: content as never }).override(
      { spec: { a: 1 } },
    );
    override(new ApiObject(chart, 'v', { apiVersion: 'x.example/v1', kind: 'V' }), {
      spec: { b: { c: [1] } },
    });
    override(new kplus.ConfigMap(chart, 'c'), { data: { A: 'b' } });
  };
  expect(paths(free)).toEqual([]);
});

test('an existing object of another kind is an error of the compiler, and of synth', () => {
  const wrong = (chart: Chart): void => {
    // @ts-expect-error -- a Secret is no ServiceAccount
    new Worker(chart, 'a', { image, serviceAccount: existing('Secret', 'x') });
    // @ts-expect-error -- a RuntimeClass is no PriorityClass
    new Worker(chart, 'b', { image, priorityClass: existing('RuntimeClass', 'x') });
    new Worker(chart, 'c', { image, priorityClass: existing('PriorityClass', 'x') });
  };
  expect(paths(wrong)).toEqual(['serviceAccount', 'priorityClass']);
});
