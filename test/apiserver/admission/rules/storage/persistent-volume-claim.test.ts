import { having, refusals } from '../../objects';

const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'shop' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};
const thing = { apiGroup: 'example.com', kind: 'Thing', name: 'x' };

describe('the source of a claim', () => {
  it.each<[string, object, string[]]>([
    ['is dropped where old clients might mean nothing', { dataSource: { ...thing, name: '' } }, []],
    [
      'is dropped where it is of another namespace',
      { dataSourceRef: { ...thing, namespace: 'Bad Name' } },
      [],
    ],
    [
      'goes to both fields',
      { dataSourceRef: { ...thing, name: '' } },
      ['spec.dataSource.name', 'spec.dataSourceRef.name'],
    ],
    ['is one', { dataSourceRef: thing, dataSource: { ...thing, name: 'y' } }, ['spec']],
    [
      'has no group rather than an empty one',
      {
        dataSource: { kind: 'PersistentVolumeClaim', name: 'x' },
        dataSourceRef: { apiGroup: '', kind: 'PersistentVolumeClaim', name: 'x' },
      },
      ['spec'],
    ],
  ])('%s', (_, sources, paths) => {
    expect(refusals(having(claim, 'spec', { ...claim.spec, ...sources }))).toEqual(paths);
  });
});
