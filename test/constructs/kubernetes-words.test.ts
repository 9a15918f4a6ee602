import { CONTAINER_WORDS } from '../../lib/constructs/workloads/container/words';
import { WORKLOAD_WORDS } from '../../lib/constructs/workloads/pod/words';
import type { Schema, StructSchema } from '../../lib/kube/schema';
import { kindSchema, latestRelease } from '../../lib/kube/schema';
import type { Chart } from '../../lib';
import { CronJob, Job, NodeAgent, StatefulService, WebService, Worker } from '../../lib';
import { problems, worker } from './rendering';

function structAt(kind: readonly [string, string], ...path: readonly string[]): readonly StructSchema[] {
  const whole = kindSchema(latestRelease, ...kind);
  const found = path.reduce<StructSchema | undefined>((at, step) => structOf(at?.fields.get(step)), whole);
  return found === undefined ? [] : [found];
}

function structOf(schema: Schema | undefined): StructSchema | undefined {
  if (schema?.type === 'list') return structOf(schema.items);
  return schema?.type === 'struct' ? schema.struct() : undefined;
}

function fieldsOf(structs: readonly StructSchema[]): readonly string[] {
  return [...new Set(structs.flatMap(({ fields }) => [...fields.keys()]))];
}

const POD = fieldsOf(structAt(['v1', 'Pod'], 'spec'));
const CONTAINER = fieldsOf(structAt(['v1', 'Pod'], 'spec', 'containers'));

/** What is said about a prop called `name`; nothing where there is such a prop. */
function said(build: (chart: Chart) => unknown, name: string): string | undefined {
  const found = problems(build).find(
    ({ code, path }) => code === 'UNKNOWN_PROP' && path?.endsWith(name) === true,
  );
  return found === undefined ? undefined : (found.hint ?? 'nothing');
}

/** A value that no prop takes, so that nothing but its name is looked at. */
const VALUE = Symbol('any') as never;
const WAY = /^(Use .+\.|No prop sets it; use `override)/;

const MAKERS: Readonly<Record<string, (chart: Chart, props: object) => unknown>> = {
  WebService: (chart, props) => new WebService(chart, 'a', { image: 'a:1', port: 80, ...props }),
  Worker: (chart, props) => new Worker(chart, 'a', { image: 'a:1', ...props }),
  StatefulService: (chart, props) => new StatefulService(chart, 'a', { image: 'a:1', port: 80, ...props }),
  NodeAgent: (chart, props) => new NodeAgent(chart, 'a', { image: 'a:1', ...props }),
  Job: (chart, props) => new Job(chart, 'a', { image: 'a:1', ...props }),
  CronJob: (chart, props) => new CronJob(chart, 'a', { image: 'a:1', schedule: '@daily', ...props }),
};

describe.each(Object.entries(MAKERS))('a %s', (kind, make) => {
  const apiVersion = /Job$/.test(kind) ? 'batch/v1' : 'apps/v1';
  const kinds: Readonly<Record<string, string>> = {
    WebService: 'Deployment',
    Worker: 'Deployment',
    StatefulService: 'StatefulSet',
    NodeAgent: 'DaemonSet',
  };
  const spec = fieldsOf(structAt([apiVersion, kinds[kind] ?? kind], 'spec'));

  it.each([...new Set([...POD, ...CONTAINER, ...spec, 'spec', 'metadata'])])(
    'has a prop for what Kubernetes calls %s, or says what takes its place',
    (field) => {
      expect(said((chart) => make(chart, { [field]: VALUE }), field) ?? 'Use the prop.').toMatch(WAY);
    },
  );
});

it.each(CONTAINER)('has a prop for the %s of a further container, or says what takes its place', (field) => {
  const sidecars = { proxy: { image: 'a:1', [field]: VALUE } };
  expect(said(worker({ sidecars }), field) ?? 'Use the prop.').toMatch(WAY);
});

it.each([
  [
    'the probe of a container',
    { probe: { readiness: {} } },
    ['spec', 'containers', 'readinessProbe'],
    'probe.readiness',
  ],
  ['the probe for all purposes', { probe: { http: '/' } }, ['spec', 'containers', 'readinessProbe'], 'probe'],
  [
    'an action',
    { lifecycle: { preStop: {} } },
    ['spec', 'containers', 'lifecycle', 'preStop'],
    'lifecycle.preStop',
  ],
  [
    'the security of a container',
    { containerSecurity: {} },
    ['spec', 'containers', 'securityContext'],
    'containerSecurity',
  ],
  ['the security of a pod', { security: {} }, ['spec', 'securityContext'], 'security'],
] as const)('knows the words of %s', (_, props, path, prop) => {
  const known = fieldsOf(structAt(['v1', 'Pod'], ...path));
  const unsaid = known.filter((field) => {
    const [first = '', second] = prop.split('.');
    const inside = { ...(props as Record<string, object>)[first], ...{} };
    const deeper = second === undefined ? { ...inside, [field]: VALUE } : { [second]: { [field]: VALUE } };
    const found = problems(worker({ port: 80, [first]: deeper }));
    return !found.every(({ code, hint }) => code !== 'UNKNOWN_PROP' || WAY.test(hint ?? ''));
  });
  expect(unsaid).toEqual([]);
});

it('translates nothing that Kubernetes does not have', () => {
  const elsewhere = [
    ...structAt(['apps/v1', 'Deployment'], 'spec'),
    ...structAt(['apps/v1', 'StatefulSet'], 'spec'),
    ...structAt(['autoscaling/v2', 'HorizontalPodAutoscaler'], 'spec'),
    ...structAt(['policy/v1', 'PodDisruptionBudget'], 'spec'),
  ];
  const fields = new Set([...POD, ...CONTAINER, ...fieldsOf(elsewhere)]);
  const words = Object.keys({ ...WORKLOAD_WORDS, ...CONTAINER_WORDS });
  expect(words.filter((word) => !fields.has(word))).toEqual([]);
});

it.each([
  [{ livenessProbe: {} }, 'Use `probe.liveness`.'],
  [{ terminationGracePeriodSeconds: 9 }, 'Use `terminationGracePeriod`.'],
  [{ minReadySeconds: 9 }, 'Use `minReady`.'],
  [{ livenesProbe: {} }, 'Use `probe.liveness`.'],
  [{ paused: true }, 'No prop sets it; use `override({ spec: { paused: … } })`.'],
  [{ hostname: 'a' }, 'No prop sets it; use `override({ spec: { template: { spec: { hostname: … } } } })`.'],
  [
    { terminationMessagePolicy: 'File' },
    'No prop sets it; use `override({ spec: { template: { spec: { containers: [{ name: …, terminationMessagePolicy: … }] } } } })`.',
  ],
  [{ probe: { tcp: 80, periodSeconds: 5 } }, 'Use `period`.'],
  [
    { security: { seLinuxChangePolicy: 'Recursive' } },
    'No prop sets it; use `override` for `seLinuxChangePolicy` in `securityContext` of the pods.',
  ],
])('says for %j what to write', (props: object, hint) => {
  expect(problems(worker(props))).toMatchObject([{ code: 'UNKNOWN_PROP', hint }]);
});
