import { ApiObject, Chart as Cdk8sChart, Helm, Include, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterProfile, Chart } from '../../lib';
import { override, StatefulService, WebService } from '../../lib';
import { at, only, problems, problemsOf, rendered } from './rendering';

const INGRESS: ClusterProfile = { ingressClass: 'traefik' };
const GATEWAY: ClusterProfile = { gateway: { name: 'public' } };

function webOf(chart: Chart): WebService {
  const ports = { http: 8080, metrics: 9153 };
  return new WebService(chart, 'web', { image: 'a/b:1', ports, route: { host: 'a.example', tls: true } });
}

/** The Ingress or HTTPRoute of a WebService after `patches`, in order. */
function routeAfter(patches: readonly object[], profile: ClusterProfile = INGRESS): unknown {
  const kind = profile.gateway === undefined ? 'Ingress' : 'HTTPRoute';
  return only(kind, (chart) => patches.forEach((patch) => webOf(chart).route?.override({ spec: patch })), {
    profile,
  })['spec'];
}

function toldOfRoute(patch: object, profile: ClusterProfile = INGRESS): ReturnType<typeof problems> {
  return problems((chart) => webOf(chart).route?.override({ spec: patch }), { profile });
}

function backend(name: string): object {
  return { service: { name, port: { name: 'http' } } };
}

describe('an override of a claim template', () => {
  const db = (chart: Chart): StatefulService =>
    new StatefulService(chart, 'db', {
      image: 'a/b:1',
      port: 5432,
      storage: { '/data': '1Gi', '/wal': '2Gi' },
    });
  const specOf = (patch: object): unknown =>
    only('StatefulSet', (chart) => db(chart).override(patch))['spec'];

  it('finds it by its name, and leaves the others alone', () => {
    const metadata = { name: 'wal', annotations: { iops: '3000' } };
    expect(
      at(specOf({ spec: { volumeClaimTemplates: [{ metadata }] } }), 'volumeClaimTemplates'),
    ).toMatchObject([
      { metadata: { name: 'data' }, spec: { resources: { requests: { storage: '1Gi' } } } },
      { metadata, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } } },
    ]);
  });

  it('is told of one that there is not', () => {
    const patch = { spec: { volumeClaimTemplates: [{ metadata: { name: 'dta', labels: { a: 'b' } } }] } };
    expect(problems((chart) => db(chart).override(patch))).toMatchObject([
      {
        code: 'INVALID_PROP',
        path: 'spec.volumeClaimTemplates',
        message: 'there is no claim template "dta"; there is data, wal',
        hint: 'Did you mean "data"?',
      },
    ]);
  });
});

describe('an override of a route', () => {
  it('adds a host to an Ingress, and a path to a host', () => {
    const paths = [{ path: '/stream', pathType: 'Prefix', backend: backend('stream') }];
    expect(
      routeAfter([
        {
          rules: [
            { host: 'a.example', http: { paths } },
            { host: 'b.example', http: { paths } },
          ],
        },
      ]),
    ).toMatchObject({
      rules: [
        { host: 'a.example', http: { paths: [{ path: '/', backend: backend('shop-web') }, ...paths] } },
        { host: 'b.example', http: { paths } },
      ],
    });
  });

  it('adds a host to a certificate', () => {
    expect(routeAfter([{ tls: [{ secretName: 'shop-web-tls', hosts: ['b.example'] }] }])).toMatchObject({
      tls: [{ secretName: 'shop-web-tls', hosts: ['a.example', 'b.example'] }],
    });
  });

  it('takes a rule without a host for the one that has none', () => {
    const http = { paths: [{ path: '/', pathType: 'Prefix', backend: backend('x') }] };
    expect(routeAfter([{ rules: [{ http }] }])).toMatchObject({ rules: [{ host: 'a.example' }, { http }] });
  });

  it('is told of a host that there is not', () => {
    expect(toldOfRoute({ rules: [{ host: 'a.exmple' }] })).toMatchObject([
      {
        path: 'spec.rules',
        message: 'there is no rule "a.exmple"; there is a.example',
        hint: 'Did you mean "a.example"?',
      },
    ]);
  });

  it('adds host names, rules and parents to an HTTPRoute', () => {
    const rule = {
      name: 'stream',
      matches: [{ path: { type: 'PathPrefix', value: '/stream' } }],
      backendRefs: [{ name: 'stream', port: 80 }],
    };
    const patch = { hostnames: ['b.example'], parentRefs: [{ name: 'internal' }], rules: [rule] };
    expect(routeAfter([patch], GATEWAY)).toEqual({
      hostnames: ['a.example', 'b.example'],
      parentRefs: [{ name: 'public' }, { name: 'internal' }],
      rules: [
        {
          backendRefs: [{ name: 'shop-web', port: 8080 }],
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        },
        rule,
      ],
    });
  });

  it('finds a rule of an HTTPRoute by what it matches', () => {
    const matches = [{ path: { type: 'PathPrefix', value: '/' } }];
    expect(routeAfter([{ rules: [{ matches, timeouts: { request: '10s' } }] }], GATEWAY)).toMatchObject({
      rules: [{ matches, timeouts: { request: '10s' }, backendRefs: [{ name: 'shop-web' }] }],
    });
  });

  it.each([
    [{ rulez: [] }, 'spec.rulez', 'Did you mean "rules"?'],
    [
      { rules: [{ name: 'x', backendRefs: [], timeout: {} }] },
      'spec.rules[1].timeout',
      'Did you mean "timeouts"?',
    ],
    [
      { parentRefs: [{ name: 'public', sectionname: 'https' }] },
      'spec.parentRefs[0].sectionname',
      'Did you mean "sectionName"?',
    ],
  ])('is told of a field that an HTTPRoute does not have: %j', (patch, path, hint) => {
    expect(toldOfRoute(patch, GATEWAY)).toMatchObject([{ code: 'UNKNOWN_FIELD', path, hint }]);
  });
});

describe('an override of an item of a list', () => {
  const told = (spec: object): ReturnType<typeof problems> =>
    problems((chart) => webOf(chart).override({ spec: { template: { spec } } }));
  const toldOfService = (ports: unknown): ReturnType<typeof problems> =>
    problems((chart) => webOf(chart).service.override({ spec: { ports } as object }));

  it.each([
    [
      { containers: [{ name: 'wbe', tty: true }] },
      'there is no container "wbe"; there is web',
      'Did you mean "web"?',
    ],
    [
      { containers: [{ name: 'wb', image: 'a:2' }] },
      'there is no container "wb"; there is web',
      'Did you mean "web"?',
    ],
    [
      { containers: [{ name: 'other', tty: true }] },
      'there is no container "other"; there is web',
      'One that is added needs `image`.',
    ],
    [
      { containers: [{ name: 'web', ports: [{ name: 'metric', hostPort: 1 }] }] },
      'there is no port "metric"; there is 8080, http, 9153, metrics',
      'Did you mean "metrics"?',
    ],
    [
      { containers: [{ image: 'a:2' }] },
      'Required value: `name` says which container is meant',
      'To remove one, write an object by key instead of a list: { web: null }.',
    ],
    [{ containers: { wbe: null } }, 'there is no container "wbe"; there is web', 'Did you mean "web"?'],
    [{ tolerations: { gpu: null } }, 'Invalid value: expected a list, got an object', undefined],
  ])('is told of one that there is not: %j', (spec, message, hint) => {
    const found = told(spec);
    expect(found).toMatchObject([{ message }]);
    expect(found[0]?.hint).toBe(hint);
  });

  it('is told of a port that a Service does not have', () => {
    expect(toldOfService([{ name: 'metrcs', nodePort: 30000 }])).toMatchObject([
      { hint: 'Did you mean "metrics"?' },
    ]);
    expect(toldOfService([{ port: 81, nodePort: 30000 }])).toMatchObject([
      { message: 'there is no port 81; there is 8080, http, 9153, metrics' },
    ]);
  });

  it('finds a port by its name', () => {
    const service = only('Service', (chart) =>
      webOf(chart).service.override({ spec: { ports: [{ name: 'metrics', appProtocol: 'http' }] } }),
    );
    expect(at(service, 'spec.ports')).toMatchObject([{ port: 8080 }, { port: 9153, appProtocol: 'http' }]);
  });

  it('removes one by its key, which is its number or name', () => {
    for (const ports of [{ 9153: null }, { metrics: null }]) {
      const service = only('Service', (chart) => webOf(chart).service.override({ spec: { ports } }));
      expect(at(service, 'spec.ports')).toEqual([{ name: 'http', port: 8080, targetPort: 'http' }]);
    }
  });

  it('changes one by its key', () => {
    const service = only('Service', (chart) =>
      webOf(chart).service.override({ spec: { ports: { http: { port: 80 } } } }),
    );
    expect(at(service, 'spec.ports.0')).toEqual({ name: 'http', port: 80, targetPort: 'http' });
  });

  it('has no directives of a strategic merge patch, and says what removes', () => {
    const [problem] = toldOfService([{ port: 9153, $patch: 'delete' }]);
    expect(problem).toMatchObject({
      code: 'UNKNOWN_FIELD',
      hint: expect.stringContaining('{ containers: { proxy: null } }') as string,
    });
  });
});

describe('the function override', () => {
  const folder = mkdtempSync(join(tmpdir(), 'override-'));
  const file = join(folder, 'theirs.yaml');
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    file,
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: theirs }
spec:
  selector: { matchLabels: { app: x } }
  template:
    metadata: { labels: { app: x } }
    spec: { containers: [{ name: one, image: "a:1" }, { name: two, image: "b:1" }] }
---
apiVersion: example.com/v1
kind: Rollout
metadata: { name: custom }
spec: { template: { spec: { containers: [{ name: one, image: "a:1" }, { name: two, image: "b:1" }] } } }
`,
  );
  const patch = { spec: { template: { spec: { containers: [{ name: 'two', image: 'b:2' }] } } } };
  const images = (object: unknown): unknown =>
    (at(object, 'spec.template.spec.containers') as { image: string }[]).map(({ image }) => image);
  const objectsOf = (include: Include, kind: string): ApiObject[] =>
    include.apiObjects.filter((object) => object.kind === kind);

  it.each(['Deployment', 'Rollout'])('merges into a %s of an Include', (kind) => {
    const object = only(kind, (chart) => {
      for (const each of objectsOf(new Include(chart, 'theirs', { url: file }), kind)) override(each, patch);
    });
    expect(images(object)).toEqual(['a:1', 'b:2']);
  });

  it('merges into a construct of cdk8s-plus, and removes', () => {
    const object = only('Deployment', (chart) => {
      const deployment = new kplus.Deployment(chart, 'plus', { containers: [{ image: 'a:1' }] });
      override(deployment, { spec: { template: { spec: { dnsPolicy: null, priorityClassName: 'high' } } } });
      override(deployment, { spec: { minReadySeconds: 5 } });
    });
    expect(at(object, 'spec.template.spec')).toMatchObject({ priorityClassName: 'high' });
    expect(at(object, 'spec.template.spec')).not.toHaveProperty('dnsPolicy');
    expect(at(object, 'spec.minReadySeconds')).toBe(5);
  });

  it('merges into constructs of ours, as their method does', () => {
    const object = only('Deployment', (chart) => override(webOf(chart), { spec: { paused: true } }));
    expect(at(object, 'spec.paused')).toBe(true);
  });

  it('reaches the engine of cdk8s', () => {
    const chart = new Cdk8sChart(Testing.app(), 'theirs');
    const object = new ApiObject(chart, 'settings', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { a: '1' },
    });
    override(object, { data: { b: '2' } });
    expect(Testing.synth(chart)).toMatchObject([{ data: { a: '1', b: '2' } }]);
  });

  it.each<[string, object, string]>([
    ['a field that there is not', { spec: { replica: 1 } }, 'UNKNOWN_FIELD'],
    [
      'a container that there is not',
      { spec: { template: { spec: { containers: [{ name: 'tow', tty: true }] } } } },
      'INVALID_PROP',
    ],
    ['what it has already', { spec: { selector: { matchLabels: { app: 'x' } } } }, 'OVERRIDE_WITHOUT_EFFECT'],
    ['no object', 'spec' as never, 'INVALID_PROP'],
  ])('is told of %s', (_, wrong, code) => {
    const found = problems((chart) => {
      for (const each of objectsOf(new Include(chart, 'theirs', { url: file }), 'Deployment'))
        override(each, wrong as never);
    });
    expect(found).toMatchObject([{ code, place: 'shop/theirs/theirs-deployment' }]);
  });

  it('is told of a construct of several objects', () => {
    expect(problems((chart) => override(new Include(chart, 'theirs', { url: file }), patch))).toMatchObject([
      {
        code: 'INVALID_PROP',
        place: 'shop/theirs',
        path: 'override',
        hint: 'Pass one of its objects: an ApiObject, such as `include.apiObjects[0]`.',
      },
    ]);
  });

  it('is there for Helm charts, whose objects are as those of an Include', () => {
    expect(Object.getPrototypeOf(Helm)).toBe(Include);
    expect(problemsOf(() => rendered(() => undefined))).toEqual([]);
  });
});
