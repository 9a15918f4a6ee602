/** @jest-environment ./test/cluster/environment.js */
import { customResourceDefinition } from '../../lib/operator/crd';
import { tenant } from '../operator/tenant';
import type { CustomResource } from '../../lib/operator/types';
import { testNamespace, until } from './cluster';
import { messageOf, Sites, type Running } from './operator-kit';

// Resources that are in no namespace, and have objects in several, by a real API server.

const GROUP = 'scope.operator.example';
const TENANTS = `/apis/${GROUP}/v1/tenants`;
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

const namespace = testNamespace('operator-scope');
const sites = new Sites(`sites.${GROUP}`, namespace);
let running: Running;
beforeAll(async () => {
  await sites.begin();
  await sites.ask('POST', DEFINITIONS, customResourceDefinition(tenant(GROUP)));
  await until(() => sites.ask('GET', TENANTS));
  running = sites.serving(tenant(GROUP)).start({ namespaces: [] });
});
afterAll(async () => {
  await running.stop();
  await sites.ask('DELETE', `${DEFINITIONS}/tenants.${GROUP}`);
  await sites.end();
});

const get = (name: string): Promise<CustomResource | undefined> =>
  sites.ask('GET', `${TENANTS}/${name}`) as Promise<CustomResource | undefined>;

const create = (name: string, spec: object, annotations: object = {}): Promise<unknown> =>
  sites.ask('POST', TENANTS, {
    apiVersion: `${GROUP}/v1`,
    kind: 'Tenant',
    metadata: { name, annotations },
    spec,
  });

const isReady = async (name: string): Promise<boolean> => {
  const found = await get(name);
  const { observedGeneration, conditions = [] } = found?.status ?? {};
  const isTrue = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  return isTrue && observedGeneration === found?.metadata.generation;
};

const text = async (place: string, name: string): Promise<unknown> =>
  (await sites.ask('GET', `/api/v1/namespaces/${place}/configmaps/${name}-about`))?.['data'];

it('makes a namespace and what is in it, follows changes, and corrects drift in every namespace', async () => {
  await create('team-a', { text: 'one', more: [namespace] });
  await until(() => isReady('team-a'));
  expect(await text('team-a', 'team-a')).toEqual({ TEXT: 'one' });
  expect(await text(namespace, 'team-a')).toEqual({ TEXT: 'one' });
  const events = await sites.ask(
    'GET',
    '/api/v1/namespaces/default/events?fieldSelector=involvedObject.kind=Tenant',
  );
  expect((events?.items ?? []).map(({ reason }) => reason)).toEqual(expect.arrayContaining(['Applied']));
  await sites.ask('DELETE', `${sites.core}/configmaps/team-a-about`);
  await until(() => text(namespace, 'team-a'));
  await sites.ask('PATCH', `${TENANTS}/team-a`, { spec: { text: 'two', more: [] } });
  await until(async () => (await text('team-a', 'team-a'))?.['TEXT' as never] === 'two');
  await until(async () => (await text(namespace, 'team-a')) === undefined);
});

it('takes over no namespace that is there, and keeps its own when the resource goes', async () => {
  await create(namespace, { text: 'mine' });
  const message = await until(async () => messageOf(await get(namespace)) || undefined);
  expect(message).toContain(`Namespace ${namespace} exists already`);
  await sites.ask('DELETE', `${TENANTS}/${namespace}`);
  await until(async () => (await get(namespace)) === undefined);
  expect(await sites.ask('GET', sites.core)).toBeDefined();

  await create('team-b', { text: 'one', more: [namespace] });
  await until(() => isReady('team-b'));
  await sites.ask('DELETE', `${TENANTS}/team-b`);
  await until(async () => (await get('team-b')) === undefined);
  expect(await text(namespace, 'team-b')).toBeUndefined();
  expect(await text('team-b', 'team-b')).toBeUndefined();
  expect(await sites.ask('GET', '/api/v1/namespaces/team-b')).toBeDefined();
});

it('lets its namespace go where the resource says so', async () => {
  await create('team-c', {}, { 'seaworthy.dev/deletion': 'data' });
  await until(() => isReady('team-c'));
  await sites.ask('DELETE', `${TENANTS}/team-c`);
  await until(async () => (await get('team-c')) === undefined);
  expect(await sites.ask('GET', '/api/v1/namespaces/team-c')).toBeUndefined();
});
