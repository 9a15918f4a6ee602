import { having, podSpec, refusals } from '../../objects';

const template = { spec: { ...podSpec(), restartPolicy: 'Never' } };
const cronJob = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'nightly', namespace: 'shop' },
  spec: { schedule: '@daily', jobTemplate: { spec: { template } } },
};

describe('the template of a CronJob', () => {
  const jobSpec = 'spec.jobTemplate.spec';
  it.each<[string, object, string[]]>([
    ['needs no completion mode, which the server does not fill in here', {}, []],
    [
      'counts its completions where they are indexed',
      { completionMode: 'Indexed' },
      [`${jobSpec}.completions`],
    ],
    ['has indexes only where they are', { backoffLimitPerIndex: 1 }, [`${jobSpec}.backoffLimitPerIndex`]],
    ['has no selector', { selector: {} }, [`${jobSpec}.selector`]],
  ])('%s', (_, spec, paths) => {
    expect(refusals(having(cronJob, jobSpec, { template, ...spec }))).toEqual(paths);
  });
});
