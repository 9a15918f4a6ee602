import { having, object } from '../changes';
import { consequences, sentences } from './consequences';

const pods = (name: string, ...ports: number[]): ReturnType<typeof object> => {
  const labels = { app: name };
  const containers = [{ name, image: 'a', ports: ports.map((containerPort) => ({ containerPort })) }];
  const spec = {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels }, spec: { containers } },
  };
  return having(object('apps/v1', 'Deployment', { spec }), 'metadata.name', name);
};
const to = (app: string, from: object[]): ReturnType<typeof object> =>
  object('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'], ingress: from },
  });
const peer = (app: string): object => ({ from: [{ podSelector: { matchLabels: { app } } }] });
const [web, jobs, db] = [pods('web'), pods('jobs'), pods('db', 5432)];

it('says whom a new policy shuts out, a sentence for each destination', () => {
  expect(consequences('traffic', [web, jobs, db], [web, jobs, db, to('db', [])])).toEqual([
    {
      kind: 'traffic',
      severity: 'warning',
      message:
        'Network policies no longer allow Deployment shop/web and Deployment shop/jobs to reach Deployment shop/db on 5432/TCP.',
    },
  ]);
});

it('says whom a changed policy shuts out and lets in', () => {
  const [before, after] = [to('db', [peer('web')]), to('db', [peer('jobs')])];
  expect(sentences('traffic', [web, jobs, db, before], [web, jobs, db, after])).toEqual([
    'warning: Network policies no longer allow Deployment shop/web to reach Deployment shop/db on 5432/TCP.',
    'info: Network policies now allow Deployment shop/jobs to reach Deployment shop/db on 5432/TCP.',
  ]);
});

it('says what is open once a policy is gone', () => {
  expect(sentences('traffic', [web, db, to('db', [])], [web, db])).toEqual([
    'info: Network policies now allow Deployment shop/web to reach Deployment shop/db on 5432/TCP.',
  ]);
});

it('finds who loses a connection with a label of its pods', () => {
  const policy = to('db', [{ from: [{ podSelector: { matchLabels: { tier: 'front' } } }] }]);
  const front = having(web, 'spec.template.metadata.labels.tier', 'front');
  expect(sentences('traffic', [front, db, policy], [web, db, policy])).toEqual([
    'warning: Network policies no longer allow Deployment shop/web to reach Deployment shop/db on 5432/TCP.',
  ]);
});

it('finds who loses a connection with a label of a namespace', () => {
  const space = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'front', labels: { team: 'a' } } };
  const outer = having(web, 'metadata.namespace', 'front');
  const policy = to('db', [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }]);
  const after = { ...space, metadata: { name: 'front' } };
  expect(sentences('traffic', [space, outer, db, policy], [after, outer, db, policy])).toEqual([
    'warning: Network policies no longer allow Deployment front/web to reach Deployment shop/db on 5432/TCP.',
  ]);
});

it('finds a port that moves to where no policy lets anybody', () => {
  const policy = to('db', [{ ...peer('web'), ports: [{ port: 5432 }] }]);
  expect(sentences('traffic', [web, db, policy], [web, pods('db', 5433), policy])).toEqual([
    'warning: Network policies no longer allow Deployment shop/web to reach Deployment shop/db on 5432/TCP.',
  ]);
});

it('says nothing of ports that come and go with their containers', () => {
  const policy = to('db', [peer('web')]);
  expect(sentences('traffic', [web, db, policy], [web, pods('db', 5432, 9187), policy])).toEqual([]);
  expect(sentences('traffic', [web, db, policy], [web, pods('db'), policy])).toEqual([]);
});

it('says nothing of workloads that come or go', () => {
  expect(sentences('traffic', [db], [web, db, to('db', [])])).toEqual([]);
});

it('counts what would be too long to read', () => {
  const all = Array.from({ length: 7 }, (_, index) => pods(`app${index}`, 80));
  const shut = having(to('', []), 'spec.podSelector', {});
  const found = consequences('traffic', all, [...all, shut]);
  const said = found.map(({ message, brief = message }) => brief);
  expect(said).toHaveLength(6);
  expect(said[0]).toBe(
    'Network policies no longer allow Deployment shop/app1, Deployment shop/app2, Deployment shop/app3 and 3 more to reach Deployment shop/app0 on 80/TCP.',
  );
  expect(said[5]).toBe('Network policies no longer allow connections to 2 more workloads.');
  const [first, last] = [found[0]?.message, found[5]?.message];
  expect(first).toMatch(
    / allow Deployment shop\/app1, .*Deployment shop\/app5 and Deployment shop\/app6 to reach /,
  );
  expect(last).toBe(
    'Network policies no longer allow connections to 2 more workloads: Deployment shop/app5 and Deployment shop/app6.',
  );
});
