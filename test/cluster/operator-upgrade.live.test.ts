/** @jest-environment ./test/cluster/environment.js */
import { ApiObject } from 'cdk8s';
import { z } from 'zod';
import { openApplySet } from '../../lib/cluster/owned/apply-set';
import { WebService } from '../../lib/constructs/workloads/web-service';
import { decide } from '../../lib/operator/decide';
import { defineResource } from '../../lib/operator/definition';
import { render } from '../../lib/operator/render';
import { applicationOf, setIdOf } from '../../lib/operator/run/application';
import type { Decision, ResourceDefinition } from '../../lib/operator/types';
import { ManifestSet } from '../../lib/manifest/set';
import { testNamespace, until } from './cluster';
import { messageOf, Sites, type Running } from './operator-kit';

// A new release of an operator brings its resources to what the construct renders now: as the plan says, and no further.

const group = 'upgrade.operator.example';
const namespace = testNamespace('operator-upgrade');

/** Three workloads, settings and, if asked for, a volume. */
function release(version: 1 | 2): ResourceDefinition {
  return defineResource({
    group,
    kind: 'Site',
    props: z.object({ message: z.string(), storage: z.boolean().default(false) }),
    construct(scope, { message, storage }, { metadata: { name = '' } }) {
      const workload = (part: string, image: string, annotations: Readonly<Record<string, string>>): void =>
        void new WebService(scope, part, {
          name: `${name}-${part}`,
          image: `example.com/test/${image}`,
          port: 8080,
          replicas: 1,
          resources: { cpu: '10m', memory: '16Mi' },
          probe: { http: '/' },
          disruptionBudget: false,
          annotations,
        });
      // The second release has a newer image of one, says more about another one, and leaves the third as it is.
      workload('web', `web:${version}`, {});
      workload('api', 'api:1', version === 1 ? {} : { 'example.com/team': 'platform' });
      workload('jobs', 'jobs:1', {});
      const object = (id: string, properties: { kind: string } & Record<string, unknown>): void =>
        void new ApiObject(scope, id, {
          apiVersion: 'v1',
          metadata: { name: `${name}-${id}` },
          ...properties,
        });
      object('settings', { kind: 'ConfigMap', data: { message, release: String(version) } });
      // It has no use for the volume any more.
      if (storage && version === 1)
        object('data', {
          kind: 'PersistentVolumeClaim',
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        });
    },
  });
}

const first = new Sites(group, namespace, release(1));
let second: Sites;
beforeAll(async () => {
  await first.begin();
  second = first.serving(release(2));
});
afterAll(() => first.end());

let running: Running | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

/** What the second release plans for a resource as it is now. */
async function planFor(name: string): Promise<Decision> {
  const { definition, cluster } = second;
  const resource = await second.get(name);
  if (resource === undefined) throw new Error(`${name} is gone`);
  const application = applicationOf(definition, resource, namespace);
  const live = await (await openApplySet(cluster, application)).members();
  const context = { served: [definition], applySet: setIdOf(application), kubernetes: cluster.version };
  return decide(definition, resource, render(definition, resource, context), ManifestSet.of(live), context);
}

/** The pods there are now, by the Deployment that they are of. */
async function podsOf(name: string): Promise<Map<string, string>> {
  const { items = [] } = (await first.ask('GET', `${first.core}/pods`)) ?? {};
  const parts = ['web', 'api', 'jobs'].map((part) => `${name}-${part}`);
  return new Map(
    parts.map((part) => {
      const own = items.filter(({ metadata }) => String(metadata['name']).startsWith(`${part}-`));
      const here = own.filter(({ metadata }) => metadata['deletionTimestamp'] === undefined);
      return [part, here.map(({ metadata }) => String(metadata['uid'])).join(' ')];
    }),
  );
}

const settings = (name: string) => first.map(`${name}-settings`);

it('rolls the workloads that the plan of the new release names, and no others', async () => {
  running = first.start();
  await first.create('rolls', { message: 'x' });
  await first.untilIs('rolls', 'Ready');
  await running.stop();
  const before = await podsOf('rolls');
  expect([...before.values()].every((uids) => uids !== '')).toBe(true);
  const { action, changes } = await planFor('rolls');
  expect(action).toBe('apply');
  const changed = changes.filter(({ effect }) => effect !== 'none').map(({ id }) => `${id.kind} ${id.name}`);
  const rolled = changes.filter(({ effect }) => effect === 'pods-replaced').map(({ id }) => id.name);
  expect(rolled).toEqual(['rolls-web']);
  expect(changed.sort()).toEqual([
    'ConfigMap rolls-settings',
    'Deployment rolls-api',
    'Deployment rolls-web',
  ]);

  running = second.start();
  await until(async () => {
    const pods = await podsOf('rolls');
    return rolled.every((name) => pods.get(name) !== before.get(name) && !pods.get(name)?.includes(' '));
  });
  await second.untilIs('rolls', 'Ready');
  const after = await podsOf('rolls');
  expect([...after.keys()].filter((name) => after.get(name) !== before.get(name))).toEqual(rolled);
  expect(await settings('rolls')).toMatchObject({ data: { release: '2' } });
  expect(await first.ask('GET', `${first.apps}/deployments/rolls-api`)).toMatchObject({
    metadata: { annotations: { 'example.com/team': 'platform' } },
  });
  expect((await planFor('rolls')).action).toBe('none');
});

it('holds what would lose data until the resource allows that, and changes nothing until then', async () => {
  const claim = `${first.core}/persistentvolumeclaims/keeps-data`;
  running = first.start();
  await first.create('keeps', { message: 'x', storage: true });
  await until(() => first.ask('GET', claim));
  await until(async () => [...(await podsOf('keeps')).values()].every((uids) => uids !== ''));
  await running.stop();
  const before = await podsOf('keeps');

  running = second.start();
  const held = await second.untilIs('keeps', 'Stalled', 'DataLoss');
  expect(messageOf(held)).toContain('PersistentVolumeClaim/keeps-data');
  expect(await first.ask('GET', claim)).not.toHaveProperty('metadata.deletionTimestamp');
  expect(await podsOf('keeps')).toEqual(before);
  expect(await settings('keeps')).toMatchObject({ data: { release: '1' } });

  const annotations = { 'seaworthy.dev/allow-data-loss': 'PersistentVolumeClaim/keeps-data' };
  await second.ask('PATCH', `${second.path}/keeps`, { metadata: { annotations } });
  await until(async () => (await first.ask('GET', claim)) === undefined);
  await second.untilIs('keeps', 'Ready');
  expect(await settings('keeps')).toMatchObject({ data: { release: '2' } });
});
