import { ManifestSet } from '../../manifest/set';
import type { CustomResource, Rendered } from '../types';
import { liveKey, Memory } from './memory';

const resource = (
  name: string,
  more: Partial<CustomResource['metadata']> = {},
  spec = {},
): CustomResource => ({
  apiVersion: 'shop.example/v1',
  kind: 'WebApp',
  metadata: { name, namespace: 'shop', uid: name, generation: 1, ...more },
  spec,
});

const RENDERED: Rendered = { set: ManifestSet.of([]), findings: [] };

/** How often something is rendered. */
function counted(memory: Memory): (key: string, of: CustomResource) => number {
  let times = 0;
  const render = (): Rendered => (times++, RENDERED);
  return (key, of) => (memory.rendered(key, of, render), times);
}

it('renders a resource again only when something has changed that its construct can see', () => {
  const render = counted(new Memory());
  expect(render('a', resource('a'))).toBe(1);
  expect(render('a', { ...resource('a', { resourceVersion: '9' }), status: { observedGeneration: 1 } })).toBe(
    1,
  );
  expect(render('a', resource('a', { labels: { tier: 'web' } }))).toBe(2);
  expect(render('a', resource('a', { generation: 2 }, { image: 'web:2' }))).toBe(3);
});

it('knows nothing of a resource that had the same name', () => {
  const memory = new Memory();
  const render = counted(memory);
  render('a', resource('a'));
  memory.of('a', resource('a')).progressing = 5;
  expect(render('a', resource('a', { uid: 'another' }))).toBe(2);
  expect(memory.of('a', resource('a', { uid: 'another' })).progressing).toBeUndefined();
});

it('lets go of what was rendered longest ago', () => {
  const render = counted(new Memory());
  for (let index = 0; index <= 2_000; index++) render(`key-${index}`, resource(`r-${index}`));
  expect(render('key-2000', resource('r-2000'))).toBe(2_001);
  expect(render('key-0', resource('r-0'))).toBe(2_002);
});

it('renders everything again after a resync has begun', () => {
  const memory = new Memory();
  const render = counted(memory);
  render('a', resource('a'));
  memory.clear();
  expect(render('a', resource('a'))).toBe(2);
});

it('takes objects for the same while only their controllers say something else of them', () => {
  const object = (
    status: object,
    replicas = 1,
    manager = 'kube-controller-manager',
    subresource = 'status',
  ) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'a',
      resourceVersion: String(Math.abs(replicas)),
      managedFields: [{ manager, subresource }],
    },
    spec: { replicas },
    status,
  });
  const key = liveKey([object({})]);
  expect(liveKey([object({ readyReplicas: 1 }, 1, 'somebody')])).toBe(key);
  expect(liveKey([object({}, 2)])).not.toBe(key);
  expect(liveKey([object({}, 1, 'kubectl-edit', '')])).not.toBe(key);
});
