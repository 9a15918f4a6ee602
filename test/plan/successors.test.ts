import { ManifestSet } from '../../lib/manifest/set';
import type { KubeObject } from '../../lib/manifest/manifest';
import { namePattern } from '../../lib/plan/name-pattern';
import { plan } from '../../lib/plan/plan';
import { having, object } from './changes';
import { workload } from './consequences/consequences';

const config = (name: string, data: Record<string, string>, kind = 'ConfigMap'): KubeObject =>
  having(object('v1', kind, { data }), 'metadata.name', name);
const job = (name: string, image: string, from?: string): KubeObject => {
  const envFrom = from === undefined ? {} : { envFrom: [{ configMapRef: { name: from } }] };
  const spec = {
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'm', image, ...envFrom }] } },
  };
  return having(object('batch/v1', 'Job', { spec }), 'metadata.name', name);
};
const reader = (...names: readonly string[]): KubeObject =>
  workload('Deployment', {}, 'a', {
    containers: [{ name: 'app', image: 'a', envFrom: names.map((name) => ({ configMapRef: { name } })) }],
  });

/** `env-1 → env-2: data.A`, of every object that takes the place of another. */
function replaced(before: readonly object[], after: readonly object[], construct?: string): string[] {
  const of = (objects: readonly object[]): ManifestSet =>
    ManifestSet.from(
      [...ManifestSet.of(objects)].map((manifest) =>
        construct === undefined ? manifest : { ...manifest, origin: { construct } },
      ),
    );
  return plan(of(before), of(after)).changes.flatMap(({ id, replaces, fields }) =>
    replaces === undefined
      ? []
      : [`${replaces.name} → ${id.name}: ${fields.map(({ path }) => path).join(' ')}`],
  );
}

it.each([
  ['env-1a2b3c4d5e', 'env-#'],
  ['env-6f2kb8h2tg', 'env-#'],
  ['env-deadbeef', 'env-#'],
  ['migrate-1.4.2', 'migrate-#'],
  ['web-v2-config', 'web-#-config'],
  ['web-config', undefined],
  ['deadbeef1', undefined],
])('the name %s has the pattern %s', (name, pattern) => {
  expect(namePattern(name)).toBe(pattern);
});

describe('a new object takes the place of', () => {
  it('the one that its reader read before, whatever they are called', () => {
    expect(
      replaced(
        [config('settings', { A: '1' }), reader('settings')],
        [config('options', { A: '2' }), reader('options')],
      ),
    ).toEqual(['settings → options: data.A']);
  });

  it('the one of the same pattern, of several that a reader reads', () => {
    expect(
      replaced(
        [
          config('app-8f2a1b', { A: '1' }),
          config('log-77c1d2', { B: '1' }),
          reader('app-8f2a1b', 'log-77c1d2'),
        ],
        [
          config('app-9d3c4e', { A: '2' }),
          config('log-12ab34', { B: '2' }),
          reader('log-12ab34', 'app-9d3c4e'),
        ],
      ),
    ).toEqual(['app-8f2a1b → app-9d3c4e: data.A', 'log-77c1d2 → log-12ab34: data.B']);
  });

  it('the one of the same construct', () => {
    expect(replaced([config('a', { A: '1' })], [config('b', { A: '2' })], 'shop/env')).toEqual([
      'a → b: data.A',
    ]);
  });

  it('a Job of the same pattern, and what it reads', () => {
    expect(
      replaced(
        [job('migrate-5c6d7e', 'm:1', 'x'), config('x', { A: '1' })],
        [job('migrate-1f2a3b', 'm:2', 'y'), config('y', { A: '2' })],
      ),
    ).toEqual([
      'migrate-5c6d7e → migrate-1f2a3b: spec.template.spec.containers[0].image spec.template.spec.containers[0].envFrom[0].configMapRef.name',
      'x → y: data.A',
    ]);
  });

  it('the one that stays for a rollback', () => {
    const [old, now] = [config('env-1a2b', { A: '1' }), config('env-3c4d', { A: '2' })];
    expect(replaced([old, reader('env-1a2b')], [old, now, reader('env-3c4d')])).toEqual([
      'env-1a2b → env-3c4d: data.A',
    ]);
    const other = config('settings', { A: '1' });
    expect(replaced([other, reader('settings')], [other, now, reader('env-3c4d')])).toEqual([]);
  });

  it('none that has other fields, or another kind, or works by its name', () => {
    expect(
      replaced([config('a-1', { A: '1', B: '2', C: '3' })], [config('a-2', { X: '1', Y: '2' })]),
    ).toEqual([]);
    expect(replaced([config('a-1', { A: '1' })], [config('a-2', { A: '1' }, 'Secret')])).toEqual([]);
    const service = (name: string) =>
      having(object('v1', 'Service', { spec: { ports: [{ port: 80 }] } }), 'metadata.name', name);
    expect(replaced([service('db-0')], [service('db-1')])).toEqual([]);
  });
});

it('shows no value of a Secret that takes the place of another', () => {
  const { changes } = plan(
    ManifestSet.of([config('key-1a2b', { A: 'b2xk' }, 'Secret')]),
    ManifestSet.of([config('key-3c4d', { A: 'bmV3' }, 'Secret')]),
  );
  expect(changes[0]?.fields).toEqual([{ path: 'data.A', before: '(hidden)', after: '(hidden)' }]);
});

it('says what becomes of old pods, of a rollback and of a Job that still runs', () => {
  const sentences = (before: readonly object[], after: readonly object[]) =>
    plan(ManifestSet.of(before), ManifestSet.of(after)).changes.flatMap(({ consequences }) =>
      consequences.map(({ message }) => message),
    );
  const [old, now] = [config('env-1a2b', { A: '1' }), config('env-3c4d', { A: '2' })];
  expect(sentences([old, reader('env-1a2b')], [now, reader('env-3c4d')])[0]).toBe(
    'ConfigMap shop/env-3c4d takes the place of ConfigMap shop/env-1a2b, which is deleted. Until the rollout of Deployment shop/a is complete, pods of the old revision that start or restart need the old one, so prune it last. kubectl rollout undo needs it, too: roll back by applying the former manifests.',
  );
  expect(sentences([old, reader('env-1a2b')], [old, now, reader('env-3c4d')])).toContain(
    'ConfigMap shop/env-3c4d takes the place of ConfigMap shop/env-1a2b, which stays for pods that read it.',
  );
  expect(sentences([job('m-1a', 'm:1')], [job('m-2b', 'm:2')])).toEqual([
    'Job shop/m-2b runs. It takes the place of Job shop/m-1a, which is deleted: if it still runs then, its pods are stopped.',
  ]);
});
