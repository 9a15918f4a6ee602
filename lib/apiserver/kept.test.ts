import { defaultGates, gatesOf } from '../kube/feature-gates';
import { kindSchema, releases } from '../kube/schema';
import type { KubeObject } from '../manifest/manifest';
import { object } from '../../test/plan/changes';
import { RECORDED } from '../../test/apiserver/dropped/recorded';
import { decode } from './admission/decode/decode';
import { gatesOfStored, gatesOfUpdate, keptObject } from './kept';

const pod = (spec: object): KubeObject =>
  object('v1', 'Pod', { spec: { containers: [{ name: 'main', image: 'web:1' }], ...spec } });
const sidecar = { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' };

test('an object of which nothing is dropped is the same object', () => {
  const plain = pod({ initContainers: [sidecar], hostUsers: false });
  expect(keptObject(plain, defaultGates('1.36'))).toBe(plain);
});

test('what is dropped is gone from a copy, and the rest is as it was', () => {
  const written = pod({ initContainers: [sidecar], hostUsers: false, nodeName: 'a' });
  const before = structuredClone(written);
  const kept = keptObject(written, defaultGates('1.28'));
  expect(kept).toEqual(pod({ initContainers: [{ name: 'proxy', image: 'proxy:1' }], nodeName: 'a' }));
  expect(written).toEqual(before);
});

test('gates of the cluster count', () => {
  const written = pod({ hostUsers: false });
  const gates = gatesOf('1.30', { UserNamespacesSupport: true });
  expect(keptObject(written, gates)).toBe(written);
  expect(keptObject(written, gatesOf('1.36', { UserNamespacesSupport: false }))).toBe(written);
  expect(keptObject(written, gatesOf('1.33', { UserNamespacesSupport: false }))).toEqual(pod({}));
});

test('a struct that is emptied is gone, and items of lists stay in their places', () => {
  const preStop = { sleep: { seconds: 5 } };
  const containers = [{ name: 'main', image: 'web:1', lifecycle: { preStop } }];
  const volumes = [
    { name: 'model', image: { reference: 'model:1' } },
    { name: 'tmp', emptyDir: {} },
  ];
  const kept = keptObject(pod({ containers, volumes }), defaultGates('1.29'));
  expect(kept).toEqual(pod({ volumes }));
});

test('what nobody can read is left alone', () => {
  for (const spec of [null, 'x', [1], { initContainers: 'x', volumes: [null, 3] }]) {
    const odd = { ...pod({}), spec } as unknown as KubeObject;
    expect(keptObject(odd, defaultGates('1.28'))).toBe(odd);
  }
});

test.each(releases)(
  'a server of %s drops nothing more of what is kept, and reads the same of both',
  (kubernetes) => {
    const gates = defaultGates(kubernetes);
    for (const { object: each } of RECORDED) {
      const written = each as KubeObject;
      const struct = kindSchema(kubernetes, written.apiVersion, written.kind);
      if (struct === undefined) continue;
      const [raw, kept] = [written, keptObject(written, gates)].map((one) =>
        decode(one, struct, kubernetes, gates),
      );
      expect(kept?.value).toEqual(raw?.value);
      const left = (kept?.dropped ?? []).map(({ field }) => field);
      expect(left.filter((field) => !MOVED.includes(field))).toEqual([]);
    }
  },
);

/** Items of lists, and a reference that the rules of claims drop. */
const MOVED = [
  'batch/v1.PodFailurePolicy.rules',
  'core/v1.PersistentVolumeClaimSpec.dataSourceRef',
  'core/v1.PodSpec.volumes',
];

describe('an update', () => {
  const read = (after: KubeObject, live: KubeObject | undefined, kubernetes: '1.28' | '1.31') => {
    const struct = kindSchema(kubernetes, after.apiVersion, after.kind);
    if (struct === undefined) throw new Error('no such kind');
    const gates = gatesOfUpdate(defaultGates(kubernetes), live);
    return decode(after, struct, kubernetes, gates).dropped.map(({ path }) => path);
  };

  test('keeps a field that the object has, in whatever container', () => {
    const written = pod({ initContainers: [{ ...sidecar, name: 'new' }], hostUsers: false });
    expect(read(written, pod({}), '1.28')).toEqual([
      'spec.hostUsers',
      'spec.initContainers[0].restartPolicy',
    ]);
    expect(read(written, pod({ initContainers: [sidecar] }), '1.28')).toEqual(['spec.hostUsers']);
  });

  test('keeps of a Job just the field that it has, and drops none that is dropped of new ones only', () => {
    const job = (spec: object): KubeObject => object('batch/v1', 'Job', { spec });
    const limits = job({ backoffLimitPerIndex: 1, maxFailedIndexes: 2 });
    expect(read(limits, job({ backoffLimitPerIndex: 1 }), '1.28')).toEqual(['spec.maxFailedIndexes']);
    const managed = job({ managedBy: 'acme.com/queue' });
    expect(read(managed, job({}), '1.31')).toEqual([]);
  });

  test('drops nothing of what is stored, and gives one set of gates for all objects', () => {
    const gates = defaultGates('1.28');
    expect(gatesOfStored(gates)).toBe(gatesOfStored(gates));
    expect(gatesOfUpdate(gates, pod({}))).toBe(gatesOfUpdate(gates, pod({ nodeName: 'a' })));
    const struct = kindSchema('1.28', 'v1', 'Pod');
    const stored = struct && decode(pod({ hostUsers: false }), struct, '1.28', gatesOfStored(gates));
    expect(stored?.value).toHaveProperty('spec.hostUsers', false);
  });
});
