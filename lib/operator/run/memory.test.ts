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

/** What a resource of so many objects renders. */
const rendered = (objects: number): Rendered => ({
  set: ManifestSet.of(
    Array.from({ length: objects }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `c-${index}` },
    })),
  ),
  findings: [],
});

it('keeps the objects of so many resources as have 5,000 together, and lets go of what was asked for longest ago', () => {
  const memory = new Memory();
  let times = 0;
  const [large, small] = [rendered(2_000), rendered(1)];
  const render = (name: string, what: Rendered): number => {
    memory.rendered(name, resource(name), () => (times++, what));
    return times;
  };
  for (const name of ['a', 'b']) {
    render(name, large);
    const { applied } = memory.of(name, resource(name));
    expect(applied).toBeUndefined();
    memory.of(name, resource(name)).applied = { key: 'k', at: 1, set: ManifestSet.of([]) };
  }
  render('a', large);
  expect(render('c', small)).toBe(3);
  expect(render('d', large)).toBe(4);
  expect(memory.of('b', resource('b'))).toEqual({ uid: 'b', applied: { key: 'k', at: 1 } });
  expect([render('a', large), render('c', small), render('d', large)]).toEqual([4, 4, 4]);
  expect(render('b', large)).toBe(5);
});

it('keeps what one resource renders, however much that is', () => {
  const memory = new Memory();
  const [first, second] = [rendered(5_001), rendered(1)];
  expect(memory.rendered('a', resource('a'), () => first)).toBe(first);
  expect(memory.rendered('a', resource('a'), () => second)).toBe(first);
});

it('remembers nothing of resources that are gone when a resync begins', () => {
  const memory = new Memory();
  for (const name of ['a', 'b']) memory.of(name, resource(name)).progressing = 5;
  memory.clear(['b']);
  expect(memory.of('a', resource('a')).progressing).toBeUndefined();
  expect(memory.of('b', resource('b')).progressing).toBe(5);
});

it('renders everything again after a resync has begun', () => {
  const memory = new Memory();
  const render = counted(memory);
  render('a', resource('a'));
  memory.clear(['a']);
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
