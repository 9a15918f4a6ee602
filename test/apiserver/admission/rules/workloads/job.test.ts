import { having, podSpec, refusals } from '../../objects';

const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate', namespace: 'shop' },
  spec: {
    template: { metadata: { labels: { app: 'migrate' } }, spec: { ...podSpec(), restartPolicy: 'Never' } },
  },
};
const labels = 'spec.template.metadata.labels';

describe('the selector of a Job, which the server generates,', () => {
  it.each<[string, string, unknown, string[]]>([
    ['may be empty', 'spec.selector', {}, []],
    [
      'may ask for what the server labels the pods with',
      'spec.selector',
      { matchLabels: { 'job-name': 'migrate' } },
      [],
    ],
    [
      'must not ask for anything else',
      'spec.selector',
      { matchLabels: { app: 'migrate' } },
      ['spec.selector'],
    ],
    [
      'must not exclude what the server labels the pods with',
      'spec.selector',
      { matchExpressions: [{ key: 'job-name', operator: 'DoesNotExist' }] },
      ['spec.selector', labels],
    ],
    [
      'is of a uid that nobody can know',
      labels,
      { 'batch.kubernetes.io/controller-uid': 'u' },
      [`${labels}[batch.kubernetes.io/controller-uid]`, labels],
    ],
    ['goes with the name of the Job', labels, { 'job-name': 'other' }, [`${labels}[job-name]`]],
  ])('%s', (_, path, value, paths) => {
    expect(refusals(having(job, path, value))).toEqual(paths);
  });
});
