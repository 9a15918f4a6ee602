import { Field } from './field';

const DEPLOYMENT = {
  metadata: { labels: { app: 'web', 'app.kubernetes.io/name': 'web', replicas: 3, constructor: 'x' } },
  spec: {
    paused: true,
    replicas: 2,
    strategy: null,
    job: { pod: { containers: [{ name: 'web', args: ['a', 1] }, { name: 'proxy' }] } },
  },
};
const root = Field.root(DEPLOYMENT);
const containers = root.list('spec', 'job', 'pod', 'containers');

describe('path', () => {
  it('is empty for a whole object', () => expect(root.path).toBe(''));

  it('has a dot before a field and brackets around an index', () => {
    expect(containers[1]?.child('name').path).toBe('spec.job.pod.containers[1].name');
  });

  it('has brackets around a key that is no identifier, and around every key that is read as one', () => {
    const labels = root.at('metadata', 'labels');
    expect(labels.child('app.kubernetes.io/name').path).toBe('metadata.labels[app.kubernetes.io/name]');
    expect(labels.child('app').path).toBe('metadata.labels.app');
    expect(labels.key('app').path).toBe('metadata.labels[app]');
    expect(labels.entries.map(({ path }) => path)[0]).toBe('metadata.labels[app]');
    expect(root.child('bad key!').path).toBe('[bad key!]');
  });

  it('goes on below a field that is not set', () => {
    const field = root.at('spec', 'strategy', 'rollingUpdate', 'maxSurge');
    expect(field.isSet).toBe(false);
    expect(field.path).toBe('spec.strategy.rollingUpdate.maxSurge');
  });

  it('stays when another value is held', () => {
    const field = root.at('spec', 'minReadySeconds').holding(0);
    expect([field.path, field.number, field.isSet]).toEqual(['spec.minReadySeconds', 0, true]);
    expect(containers[0]?.holding(null).path).toBe('spec.job.pod.containers[0]');
  });
});

describe('value', () => {
  const spec = root.child('spec');

  it('is not set where it is null or absent', () => {
    expect(spec.child('strategy').isSet).toBe(false);
    expect(spec.child('selector').isSet).toBe(false);
    expect(spec.child('paused').isSet).toBe(true);
    expect(Field.root({ replicas: 0 }).child('replicas').isSet).toBe(true);
  });

  it('is read by its type, and as nothing where it has another', () => {
    expect([spec.child('replicas').number, spec.child('replicas').text]).toEqual([2, '']);
    expect([containers[0]?.child('name').number, containers[0]?.child('name').text]).toEqual([0, 'web']);
    expect([spec.child('paused').isTrue, spec.child('replicas').isTrue]).toEqual([true, false]);
    expect(spec.child('replicas').record).toEqual({});
    expect(spec.child('replicas').items).toEqual([]);
    expect(containers[0]?.child('args').texts).toEqual(['a', '']);
  });

  it('is an own property only', () => {
    expect(spec.child('toString').value).toBeUndefined();
    expect(root.at('metadata', 'labels').key('constructor').value).toBe('x');
    expect(root.at('spec', 'job', 'pod', 'containers').child('length').value).toBeUndefined();
  });

  it('has a size, if it is a list or a map', () => {
    expect(root.at('spec', 'job', 'pod', 'containers').size).toBe(2);
    expect(root.at('metadata', 'labels').size).toBe(4);
    expect(spec.child('strategy').size).toBe(0);
  });

  it('of labels leaves out what is no string', () => {
    const { labels } = root.at('metadata', 'labels');
    expect(labels).toEqual({ app: 'web', 'app.kubernetes.io/name': 'web', constructor: 'x' });
  });

  it('of a map has its entries by name, and of a list has none', () => {
    expect(spec.entries.map(({ name, value }) => [name, value])[1]).toEqual(['replicas', 2]);
    expect(root.at('spec', 'job', 'pod', 'containers').entries).toEqual([]);
  });
});

it('finds the fields beside a field, and none beside an item', () => {
  expect(root.at('spec', 'job').beside('replicas')?.path).toBe('spec.replicas');
  expect(containers[0]?.beside('name')).toBeUndefined();
  expect(root.beside('spec')).toBeUndefined();
});
