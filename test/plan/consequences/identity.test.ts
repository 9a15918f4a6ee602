import { having, object } from '../changes';
import { sentences, workload } from './consequences';

const database = workload('StatefulSet', {
  serviceName: 'a',
  volumeClaimTemplates: [
    {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  ],
});

it('recognises an object under another name, and says what that costs', () => {
  expect(sentences('identity', [database], [having(database, 'metadata.name', 'b')])).toEqual([
    'warning: StatefulSet shop/b replaces StatefulSet shop/a (renamed): the old one is deleted and a new one is created, with new, empty claims in addition to the old ones. Keep the name to change it in place.',
  ]);
});

it('recognises an object in another namespace', () => {
  const service = object('v1', 'Service', { spec: { ports: [{ port: 80 }] } });
  expect(sentences('identity', [service], [having(service, 'metadata.namespace', 'market')])).toEqual([
    'warning: Service market/a replaces Service shop/a (moved): the old one is deleted and a new one is created, with another address and host name. Keep the name to change it in place.',
  ]);
});

it('takes nothing for a rename that is another thing', () => {
  const other = workload('StatefulSet', { serviceName: 'x', replicas: 7 }, 'redis:7', {
    nodeSelector: { a: 'b' },
  });
  expect(sentences('identity', [database], [having(other, 'metadata.name', 'b')])).toEqual([]);
  expect(sentences('identity', [database], [database, having(database, 'metadata.name', 'b')])).toEqual([]);
});

it('takes one object for the renamed one of one other', () => {
  const copies = ['b', 'c'].map((name) => having(database, 'metadata.name', name));
  expect(sentences('identity', [database], copies)).toHaveLength(1);
});

it('lets configuration change its name with its content', () => {
  const settings = object('v1', 'ConfigMap', { data: { a: '1' } });
  expect(sentences('identity', [settings], [having(settings, 'metadata.name', 'a-2')])).toEqual([]);
});
