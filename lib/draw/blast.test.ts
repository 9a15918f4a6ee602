import { ManifestSet } from '../manifest/set';
import { plan } from '../plan/plan';
import { blastRadius } from './blast';
import type { Drawing } from './drawing';
import { mostImportant } from './most-important';

function workload(name: string, more = '', image = 'a:1'): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: a, image: '${image}', ports: [{ containerPort: 80 }]${more} }] }`;
}

function service(name: string, app = name): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${app} }, ports: [{ port: 80 }] }`;
}

function settings(level: string, name = 'settings'): string {
  return `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: shop }
data: { LEVEL: '${level}' }`;
}

function policy(...callers: readonly string[]): string {
  const from = callers.map((app) => `{ podSelector: { matchLabels: { app: ${app} } } }`).join(', ');
  return `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec: { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [${from}] }] }`;
}

const READS = ', envFrom: [{ configMapRef: { name: settings } }]';

function radius(before: readonly string[], after: readonly string[]): Drawing {
  const [old, now] = [before, after].map((documents) => ManifestSet.parse(documents.join('\n---'))) as [
    ManifestSet,
    ManifestSet,
  ];
  const [cluster] = plan(old, now).clusters;
  return cluster === undefined ? { nodes: [], edges: [], groups: [] } : blastRadius(cluster);
}

function nodesOf({ nodes }: Drawing): string[] {
  return nodes.map(({ kind, name, effect, outcome }) =>
    [kind, name, outcome ?? effect].filter((each) => each !== undefined).join(' '),
  );
}

function edgesOf({ nodes, edges }: Drawing): string[] {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return edges.map(({ from, to, relation, change }) =>
    [names.get(from), relation, names.get(to), change].filter((each) => each !== undefined).join(' '),
  );
}

describe('the blast radius of a change', () => {
  it('has what changes and what depends on it, and neither what that needs nor the rest', () => {
    const rest = [workload('worker', READS), workload('other'), service('other'), service('api')];
    const before = [settings('info'), workload('api', READS), ...rest];
    const found = radius(before, [settings('info'), workload('api', READS, 'a:2'), ...rest]);
    expect(nodesOf(found)).toEqual(['Deployment api pods-replaced', 'Service api']);
    expect(edgesOf(found)).toEqual(['api selects api']);
    expect(radius(before, before).nodes).toEqual([]);
  });

  it('goes a second step where a consequence names the object', () => {
    const rest = [
      service('api'),
      workload('web', ", env: [{ name: API_URL, value: 'http://api:80' }]"),
      workload('far'),
    ];
    const sets = [[workload('api'), ...rest], rest].map((all) => ManifestSet.parse(all.join('\n---')));
    const [{ changes } = { changes: [] }] = plan(...(sets as [ManifestSet, ManifestSet])).clusters;
    const saying = (message: string): Drawing =>
      blastRadius({
        changes: changes.map((change) => {
          const consequence = { kind: 'downtime', severity: 'warning', message } as const;
          return change.effect === 'deleted' ? { ...change, consequences: [consequence] } : change;
        }),
      });
    const near = ['Service api', 'Deployment api deleted'];
    expect(nodesOf(saying('Deployment shop/webs, and Deployment shop/web-1 stop.'))).toEqual(near);
    expect(nodesOf(saying('Deployment shop/far is elsewhere.'))).toEqual(near);
    expect(nodesOf(saying('Nobody answers Deployment shop/web.'))).toEqual([
      'Service api',
      'Deployment web',
      'Deployment api deleted',
    ]);
  });

  it('has what is deleted, and marks what no longer leads to it', () => {
    const ingress = (to: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec: { defaultBackend: { service: { name: ${to}, port: { number: 80 } } } }`;
    const found = radius(
      [ingress('api'), service('api'), workload('api')],
      [ingress('orders'), service('orders', 'api'), workload('api')],
    );
    expect(nodesOf(found).sort()).toEqual([
      'Deployment api',
      'Ingress shop updated',
      'Service api deleted',
      'Service orders created',
    ]);
    expect(edgesOf(found).sort()).toEqual([
      'api selects api',
      'orders selects api',
      'shop routes api lost',
      'shop routes orders gained',
    ]);
  });

  it('shows an object under another name as the one that it takes the place of', () => {
    const reads = (name: string): string =>
      workload('api', `, envFrom: [{ configMapRef: { name: ${name} } }]`);
    const [old, now] = ['settings-8c1f0e2a77', 'settings-b2d64a91f3'];
    const found = radius([settings('a', old), reads(old)], [settings('b', now), reads(now)]);
    expect(found.nodes.find(({ kind }) => kind === 'ConfigMap')).toMatchObject({
      name: now,
      replaces: old,
      outcome: 'replaced',
    });
    expect(edgesOf(found)).toEqual([`api mounts ${now}`]);
  });

  it('leaves as it is what the server refuses', () => {
    const claim = (size: string): string => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce], volumeName: ${size}, resources: { requests: { storage: 1Gi } } }`;
    const found = radius([claim('one')], [claim('two')]);
    expect(nodesOf(found)).toContain('PersistentVolumeClaim data rejected');
    expect(edgesOf(found).join()).not.toMatch(/gained|lost/);
  });

  it('has what the server refuses to create, which gains nothing', () => {
    const refused = workload('Not_A_Name', READS);
    const found = radius([settings('a')], [settings('a'), refused]);
    expect(nodesOf(found)).toEqual(['Deployment Not_A_Name rejected']);
    expect(edgesOf(found)).toEqual([]);
  });

  it('makes one node of a thousand objects on one ConfigMap', () => {
    const reader = (_: unknown, index: number): object => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${index}`, namespace: 'shop' },
      spec: { containers: [{ name: 'a', image: 'a:1', envFrom: [{ configMapRef: { name: 'settings' } }] }] },
    });
    const readers = Array.from({ length: 1000 }, reader);
    const config = (level: string): object => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'shop' },
      data: { level },
    });
    const [cluster] = plan(
      ManifestSet.of([config('a'), ...readers]),
      ManifestSet.of([config('b'), ...readers]),
    ).clusters;
    const shown = mostImportant(blastRadius(cluster ?? { changes: [] }), 40);
    expect(shown.nodes.map(({ kind, members }) => [kind, members?.length])).toEqual([
      ['ConfigMap', undefined],
      ['Pod', 1000],
    ]);
    expect(shown.left).toBeUndefined();
  });

  it('takes objects that depend on one another in a circle', () => {
    const reads = (name: string, other: string, image: string): string =>
      workload(name, `, env: [{ name: OTHER_URL, value: 'http://${other}:80' }]`, image);
    const rest = [service('a'), service('b'), reads('b', 'a', 'a:1')];
    const found = radius([reads('a', 'b', 'a:1'), ...rest], [reads('a', 'b', 'a:2'), ...rest]);
    expect(nodesOf(found)).toEqual(['Deployment a pods-replaced', 'Service a']);
  });

  it('says how many pods there were and will be', () => {
    const scaled = workload('api').replace('replicas: 2', 'replicas: 5');
    expect(radius([workload('api')], [scaled]).nodes[0]?.replicas).toBe('2 → 5');
  });
});

describe('connections in the blast radius', () => {
  const pods = [workload('db'), workload('api'), workload('web')];

  it.each([
    [
      'a caller that a policy no longer lets in',
      policy('api', 'web'),
      policy('api'),
      ['web connects db lost'],
    ],
    ['a caller that it lets in from now on', policy('api'), policy('api', 'web'), ['web connects db gained']],
    ['all but those that a new policy lets in', '', policy('api'), ['web connects db lost']],
    ['all but those that a policy let in that goes', policy('api'), '', ['web connects db gained']],
  ])('are lost or gained by %s', (_, before, after, changed) => {
    const found = radius([...pods, before], [...pods, after]);
    expect(edgesOf(found).filter((edge) => /gained|lost/.test(edge))).toEqual(changed);
  });

  it('are not looked at where no policy is', () => {
    const found = radius(pods, [...pods.slice(0, 2), workload('web', '', 'a:2')]);
    expect(edgesOf(found)).toEqual([]);
  });
});

it('keeps what matters most of a large change, and counts the objects of the rest', () => {
  const kinds = Array.from({ length: 60 }, (_, index) => `kind: K${index}`);
  const custom = (kind: string): string => `
apiVersion: a.example.com/v1
${kind}
metadata: { name: a, namespace: shop }
spec: { a: 1 }`;
  const found = radius([workload('gone')], kinds.map(custom));
  const shown = mostImportant(found, 40);
  expect(shown.nodes).toHaveLength(40);
  expect(shown.nodes.map(({ effect }) => effect)).toContain('deleted');
  expect(shown.left).toBe(21);
});
