import { object } from '../../../../test/plan/changes';
import { sentences } from '../../../../test/plan/consequences/consequences';
import { ManifestSet } from '../../../manifest/set';
import { plan } from '../../plan';

const jobSpec = (spec: object, image = 'a:1') => ({
  ...spec,
  template: { spec: { restartPolicy: 'Never', containers: [{ name: 'm', image }] } },
});
const job = (spec: object, image?: string) => object('batch/v1', 'Job', { spec: jobSpec(spec, image) });
const TTL = { ttlSecondsAfterFinished: 60 };
const effect = (before: object, after: object) =>
  plan(ManifestSet.of([before]), ManifestSet.of([after])).changes[0]?.effect;

it('a Job that changes in place runs again if its TTL has deleted it', () => {
  const again =
    'info: If Job shop/a is finished and deleted by then (ttlSecondsAfterFinished: 60), it is created again, and runs again.';
  expect(sentences('rollout', [job(TTL)], [job({ ...TTL, parallelism: 2 })])).toEqual([again]);
  expect(sentences('rollout', [job({})], [job({ parallelism: 2 })])).toEqual([]);
  expect(sentences('rollout', [job(TTL)], [job(TTL)])).toEqual([]);
});

it.each([
  [0, 'is deleted as soon as it finishes'],
  [60, 'is deleted 60 seconds after it finishes'],
])(
  'a Job of other pods is created again once its TTL of %i has deleted it',
  (ttlSecondsAfterFinished, when) => {
    const [first] = sentences(
      'rollout',
      [job({ ttlSecondsAfterFinished })],
      [job({ ttlSecondsAfterFinished }, 'a:2')],
    );
    expect(first).toContain(`warning: Job shop/a ${when} (ttlSecondsAfterFinished). Once it is gone,`);
  },
);

it('a Job that is suspended never finishes, so that no TTL deletes it', () => {
  const idle = { ...TTL, suspend: true };
  expect(effect(job(TTL), job(TTL, 'a:2'))).toBe('pods-replaced');
  expect(effect(job(idle), job(idle, 'a:2'))).toBe('rejected');
});

it('a Job stops its pods when it is suspended, and a CronJob only its schedule', () => {
  const paused = { suspend: true };
  expect(sentences('rollout', [job({})], [job(paused)])).toEqual([
    'warning: Job shop/a is suspended: its pods are stopped, unless it is complete.',
  ]);
  expect(sentences('rollout', [job(paused)], [job({})])).toEqual([
    'info: Job shop/a is resumed: its pods start.',
  ]);
  const cron = (spec: object) =>
    object('batch/v1', 'CronJob', {
      spec: { schedule: '@daily', ...spec, jobTemplate: { spec: jobSpec({}) } },
    });
  expect(sentences('rollout', [cron({})], [cron(paused)])).toEqual([
    'info: CronJob shop/a is suspended: it starts no Jobs, and running ones go on.',
  ]);
  expect(sentences('rollout', [cron(paused)], [cron({})])).toEqual([
    'info: CronJob shop/a is resumed and starts Jobs again.',
  ]);
});
