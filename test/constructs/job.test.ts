import type { CronJobProps, JobProps } from '../../lib';
import { ConfigMap, CronJob, Job } from '../../lib';
import { at, faults, only, rendered } from './rendering';

function job(props: Partial<JobProps> = {}) {
  return only('Job', (chart) => new Job(chart, 'migrate', { image: 'a/b:1', ...props }));
}

describe('a Job', () => {
  it('runs pods to their end, without a selector of ours', () => {
    expect(job()['spec']).not.toHaveProperty('selector');
    expect(at(job(), 'spec.template.spec.restartPolicy')).toBe('Never');
  });

  it('counts, tries, waits and is kept as it is told', () => {
    const props = {
      restartPolicy: 'OnFailure',
      completions: 3,
      parallelism: 2,
      completionMode: 'Indexed',
      backoffLimit: 0,
      activeDeadline: 60,
      timeToLive: 0,
      suspend: true,
    } as const;
    expect(job(props)['spec']).toMatchObject({
      completions: 3,
      parallelism: 2,
      completionMode: 'Indexed',
      backoffLimit: 0,
      activeDeadlineSeconds: 60,
      ttlSecondsAfterFinished: 0,
      suspend: true,
      template: { spec: { restartPolicy: 'OnFailure' } },
    });
    const podFailurePolicy = {
      rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }],
    };
    expect(job({ podFailurePolicy })['spec']).toMatchObject({ podFailurePolicy });
  });

  it('is another Job when it does something else, because none can be changed', () => {
    const name = (props: Partial<JobProps>): string | undefined => job(props).metadata.name;
    expect(name({})).toMatch(/^shop-migrate-[0-9a-f]{10}$/);
    expect(name({})).toBe(name({}));
    expect(name({ image: 'a/b:2' })).not.toBe(name({}));
    expect(name({ labels: { team: 'a' } })).toBe(name({}));
  });

  it('is another Job after an override, and when the configuration changes that it reads', () => {
    const base = job().metadata.name;
    const overridden = only('Job', (chart) => {
      new Job(chart, 'migrate', { image: 'a/b:1' }).override({ spec: { backoffLimit: 1 } });
    });
    expect(overridden.metadata.name).not.toBe(base);
    const reading = (level: string): unknown =>
      only('Job', (chart) => {
        const settings = new ConfigMap(chart, 'settings', { data: { level }, immutable: false });
        new Job(chart, 'migrate', { image: 'a/b:1', envFrom: [settings] });
      }).metadata.name;
    expect(reading('a')).not.toBe(reading('b'));
  });

  it('keeps its name where it is told to', () => {
    expect(job({ rerunOnChange: false }).metadata.name).toBe('shop-migrate');
    expect(job({ rerunOnChange: false, name: 'given' }).metadata.name).toBe('given');
  });

  it('has a name that is still a label of its pods', () => {
    const long = only('Job', (chart) => new Job(chart, 'j'.repeat(90), { image: 'a/b:1' }));
    expect(long.metadata.name?.length).toBeLessThanOrEqual(63);
    const props = { image: 'a/b:1', completionMode: 'Indexed', completions: 1000 } as const;
    const indexed = only('Job', (chart) => new Job(chart, 'j'.repeat(90), props));
    expect(`${indexed.metadata.name}-999`.length).toBeLessThanOrEqual(63);
  });

  it.each<[object, string]>([
    [{ restartPolicy: 'Always' }, 'INVALID_PROP restartPolicy'],
    [{ completionMode: 'Indexed' }, 'MISSING_PROP completions'],
    [{ completionMode: 'Numbered' }, 'INVALID_PROP completionMode'],
    [{ completions: -1 }, 'INVALID_PROP completions'],
    [{ activeDeadline: 0 }, 'INVALID_PROP activeDeadline'],
    [{ podFailurePolicy: {}, restartPolicy: 'OnFailure' }, 'INVALID_PROP podFailurePolicy'],
    [{ schedule: '@daily' }, 'UNKNOWN_PROP schedule'],
    [{ name: 'a'.repeat(53), serviceAccount: 'x' }, 'INVALID_NAME name'],
    [{ name: 'a.b', completionMode: 'Indexed', completions: 2, serviceAccount: 'x' }, 'INVALID_NAME name'],
  ])('is told of %j', (props, fault) => {
    expect(faults((chart) => new Job(chart, 'migrate', { image: 'a/b:1', ...props }))).toEqual([fault]);
  });
});

describe('a CronJob', () => {
  const PROPS: CronJobProps = { image: 'a/b:1', schedule: '0 3 * * *' };
  const cron = (props: Partial<CronJobProps> = {}) =>
    only('CronJob', (chart) => new CronJob(chart, 'nightly', { ...PROPS, ...props }));

  it('leaves a run out while the one before still runs, and lets any run start late', () => {
    expect(cron()['spec']).toMatchObject({ schedule: '0 3 * * *', concurrencyPolicy: 'Forbid' });
    expect(cron()['spec']).not.toHaveProperty('startingDeadlineSeconds');
    expect(cron()['spec']).not.toHaveProperty('successfulJobsHistoryLimit');
  });

  it('runs when and how it is told', () => {
    const props = {
      timeZone: 'Europe/Berlin',
      concurrency: 'Replace',
      suspend: true,
      startingDeadline: 0,
      successfulHistory: 0,
      failedHistory: 5,
      backoffLimit: 2,
    } as const;
    expect(cron(props)['spec']).toMatchObject({
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Replace',
      suspend: true,
      startingDeadlineSeconds: 0,
      successfulJobsHistoryLimit: 0,
      failedJobsHistoryLimit: 5,
      jobTemplate: { spec: { backoffLimit: 2 } },
    });
    expect(at(cron(props), 'spec.jobTemplate.spec')).not.toHaveProperty('suspend');
  });

  it('has a stable name that leaves room for its Jobs', () => {
    expect(cron().metadata.name).toBe('shop-nightly');
    const long = only('CronJob', (chart) => new CronJob(chart, 'n'.repeat(90), PROPS));
    expect(long.metadata.name?.length).toBeLessThanOrEqual(52);
  });

  it.each<[object, string]>([
    [{ schedule: undefined }, 'MISSING_PROP schedule'],
    [{ schedule: '0 3 * *' }, 'INVALID_CRON schedule'],
    [{ schedule: '0 25 * * *' }, 'INVALID_CRON schedule'],
    [{ schedule: '@dayly' }, 'INVALID_CRON schedule'],
    [{ schedule: 'CRON_TZ=Europe/Berlin 0 3 * * *' }, 'INVALID_CRON schedule'],
    [{ timeZone: 'Berlin' }, 'INVALID_CRON timeZone'],
    [{ concurrency: 'Never' }, 'INVALID_PROP concurrency'],
    [{ startingDeadline: -5 }, 'INVALID_PROP startingDeadline'],
    [{ rerunOnChange: false }, 'UNKNOWN_PROP rerunOnChange'],
    [{ name: 'n'.repeat(53) }, 'INVALID_NAME name'],
  ])('is told of %j', (props, fault) => {
    expect(faults((chart) => new CronJob(chart, 'nightly', { ...PROPS, ...props }))).toEqual([fault]);
  });

  it('could name a time zone in its schedule before 1.29', () => {
    const schedule = 'CRON_TZ=Europe/Berlin 0 3 * * *';
    const build = rendered((chart) => new CronJob(chart, 'nightly', { ...PROPS, schedule }), {
      profile: { kubernetes: '1.28' },
    });
    expect(at(build.get({ kind: 'CronJob' }).object, 'spec.schedule')).toBe(schedule);
  });
});
