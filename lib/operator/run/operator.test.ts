import { ApiServer } from '../../../test/operator/api-server';
import { FakeClock, settle } from '../../../test/operator/fake-clock';
import { note, type Runs } from '../../../test/operator/reconciling';
import { tenant } from '../../../test/operator/tenant';
import type { CustomResource, ResourceDefinition } from '../types';
import { ManifestSet } from '../../manifest/set';
import { nextStatus } from '../conditions';
import { decide } from '../decide';
import { render } from '../render';
import { Operator } from './operator';
import type { OperatorOptions } from './options';

const NOTES = '/apis/shop.example/v1/namespaces/shop/notes';

let server: ApiServer;
let lines: string[];
beforeEach(() => {
  server = new ApiServer([
    { apiVersion: 'shop.example/v1', kind: 'Note', plural: 'notes' },
    { apiVersion: 'platform.example/v1', kind: 'Tenant', plural: 'tenants', namespaced: false },
  ]);
  lines = [];
});

function operatorOf(definitions: readonly ResourceDefinition[], options: Partial<OperatorOptions>): Operator {
  return new Operator(
    server.cluster,
    definitions,
    { render, decide, nextStatus },
    {
      namespace: 'system',
      port: false,
      leaderElection: false,
      renderTimeout: 600_000,
      logger: {
        log: (level, message, { resource = '' } = {}) =>
          lines.push(`${level} ${message} ${String(resource)}`),
      },
      signal: new AbortController().signal,
      ...options,
    },
    { trace: (_, __, work) => work(), identity: 'one', clock: new FakeClock() },
  );
}

const create = (name: string, spec: object): Promise<unknown> =>
  server.write('POST', NOTES, { metadata: { name }, spec });

const reasonOf = (name: string): string | undefined => {
  const { status } = server.get(`${NOTES}/${name}`) as unknown as CustomResource;
  return status?.conditions?.find((each) => each.status === 'True')?.reason;
};

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2_000 && !holds(); turn++) await settle();
}

it('ends where a construct does not come to an end, names the resource, and serves the others once it is started again', async () => {
  await create('loops', { text: 'x', fault: 'loops' });
  await expect(operatorOf([note()], { renderTimeout: 20 }).run()).rejects.toMatchObject({
    code: 'APP_TIMEOUT',
    problems: [{ place: 'Note shop/loops' }],
  });
  expect(lines).toContain('error a construct was stopped shop/loops');
  expect(reasonOf('loops')).toBe('RenderTimeout');

  await create('good', { text: 'x' });
  const end = new AbortController();
  const runs: Runs = new Map();
  const run = operatorOf([note(runs)], { signal: end.signal }).run();
  await until(() => reasonOf('good') === 'Ready');
  end.abort();
  await run;
  expect([reasonOf('good'), reasonOf('loops'), runs.get('loops')]).toEqual([
    'Ready',
    'RenderTimeout',
    undefined,
  ]);
});

it('gives resources that go wrong a condition, and brings the others to what they say', async () => {
  const faults = ['throws', 'invalid', 'elsewhere', 'itself', 'nothing'];
  for (const fault of faults) await create(fault, { text: 'x', fault });
  await create('large', { text: 'x'.repeat(1_000_000) });
  await create('good', { text: 'x' });
  const end = new AbortController();
  const run = operatorOf([note()], { signal: end.signal, concurrency: 1 }).run();
  await until(() => [...faults, 'large', 'good'].every((name) => reasonOf(name) !== undefined));
  await until(() => reasonOf('good') === 'Ready');
  end.abort();
  await run;
  expect([...faults, 'large', 'good'].map(reasonOf)).toEqual([
    'ConstructFailed',
    'CheckFailed',
    'OtherNamespace',
    'RendersItself',
    'NothingRendered',
    'ResourceTooLarge',
    'Ready',
  ]);
});

it('follows its objects: what somebody deletes is made again', async () => {
  await create('good', { text: 'x' });
  const end = new AbortController();
  const map = '/api/v1/namespaces/shop/configmaps/good';
  const clock = new FakeClock();
  const operator = new Operator(
    server.cluster,
    [note()],
    { render, decide, nextStatus },
    {
      namespace: 'system',
      port: false,
      leaderElection: false,
      logger: { log: () => undefined },
      signal: end.signal,
    },
    { trace: (_, __, work) => work(), identity: 'one', clock },
  );
  const run = operator.run();
  await until(() => reasonOf('good') === 'Ready');
  await clock.forward(3_001);
  await server.write('DELETE', map);
  await settle();
  await clock.forward(300);
  await until(() => server.get(map) !== undefined);
  end.abort();
  await run;
  expect(server.get(map)).toMatchObject({ data: { text: 'x' } });
});

it('takes for there what it is told that the cluster has', async () => {
  const asked: unknown[] = [];
  const assume = ManifestSet.of([
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace: 'shop' } },
  ]);
  const end = new AbortController();
  const options = {
    namespace: 'system',
    port: false,
    leaderElection: false,
    renderTimeout: 600_000,
    assume,
    logger: { log: () => undefined },
    signal: end.signal,
  } as const;
  const logic = {
    render: (...given: Parameters<typeof render>) => {
      asked.push(given[2].assume);
      return render(...given);
    },
    decide: (...given: Parameters<typeof decide>) => {
      asked.push(given[4].assume);
      return decide(...given);
    },
    nextStatus,
  };
  await create('good', { text: 'x' });
  const how = { trace: <T>(_: string, __: object, work: () => Promise<T>) => work(), identity: 'one' };
  const run = new Operator(server.cluster, [note()], logic, options, {
    ...how,
    clock: new FakeClock(),
  }).run();
  await until(() => reasonOf('good') === 'Ready');
  end.abort();
  await run;
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.every((each) => each === assume)).toBe(true);
});

it('serves resources of the whole cluster: records them in its own namespace, and keeps the namespaces of those that go', async () => {
  const path = '/apis/platform.example/v1/tenants';
  const own = (): string[] =>
    [...server.objects].flatMap(([key, { metadata }]) =>
      metadata.labels?.['applyset.kubernetes.io/part-of'] === undefined ? [] : [key],
    );
  const end = new AbortController();
  const run = operatorOf([tenant(), note()], { signal: end.signal }).run();
  await server.write('POST', path, {
    metadata: { name: 'acme' },
    spec: { text: 'one', pods: 5, more: ['shop'] },
  });
  await until(() => (server.get(`${path}/acme`) as unknown as CustomResource).status !== undefined);
  await server.write('PATCH', `${path}/acme`, { spec: { text: 'two', more: [] } });
  const map = '/api/v1/namespaces/acme/configmaps/acme-about';
  await until(() => (server.get(map)?.['data'] as { TEXT?: string } | undefined)?.TEXT === 'two');
  await until(() => own().length === 4);
  expect(own().sort()).toEqual(
    [
      map,
      '/api/v1/namespaces/acme/resourcequotas/acme',
      '/api/v1/namespaces/acme',
      '/apis/rbac.authorization.k8s.io/v1/namespaces/acme/rolebindings/team',
    ].sort(),
  );
  const records = [...server.objects.keys()].filter((key) =>
    /\/secrets\/seaworthy\.tenant-acme-[^.]*$/.test(key),
  );
  expect(records).toEqual([expect.stringMatching('^/api/v1/namespaces/system/')]);
  await server.write('DELETE', `${path}/acme`);
  await until(() => server.get(`${path}/acme`) === undefined);
  end.abort();
  await run;
  expect(own()).toEqual(['/api/v1/namespaces/acme']);
  expect(
    [...server.objects.values()].flatMap((each) => (each.kind === 'Event' ? [each['reason']] : [])),
  ).toContain('Kept');
  expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
});

it('serves no part of the cluster where resources belong to all of it', () => {
  expect(() => operatorOf([note(), tenant()], { namespaces: ['shop'] })).toThrow(
    'Forbidden: resources of Tenant.platform.example are in no namespace, and may render into any',
  );
});

it.each<[string, readonly ResourceDefinition[], string]>([
  ['no definition', [], 'Required value: no definition is given'],
  ['two of one kind', [note(), note()], 'Duplicate value: "Note.shop.example"'],
])('refuses to run %s', (_, definitions, message) => {
  expect(() => operatorOf(definitions, {})).toThrow(message);
});
