import fc from 'fast-check';
import { SeaworthyError } from '../../lib/errors';
import { fold } from '../../lib/output/file-name';
import { layout, type LayoutOptions } from '../../lib/output/layout';
import { identify, type KubeObject, type Manifest, type Origin } from '../../lib/manifest/manifest';

function manifest(origin?: Origin, object: Partial<KubeObject> = {}): Manifest {
  const whole = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, ...object };
  return origin === undefined
    ? { object: whole, id: identify(whole) }
    : { object: whole, id: identify(whole), origin };
}

function paths(origins: readonly Origin[], options?: LayoutOptions): string[] {
  return [
    ...layout(
      origins.map((origin) => manifest(origin)),
      options,
    ).keys(),
  ];
}

describe('with one file a chart', () => {
  test('a file is called after app, environment and chart', () => {
    expect(paths([{ environment: 'production', chart: 'shop' }], { app: 'boutique' })).toEqual([
      'boutique/production/shop.yaml',
    ]);
  });

  test('what a manifest has not is left out', () => {
    expect(paths([{ chart: 'shop' }], { app: 'boutique' })).toEqual(['boutique/shop.yaml']);
    expect(paths([{ environment: 'production', chart: 'shop' }])).toEqual(['production/shop.yaml']);
    expect(paths([{ environment: 'production' }], { app: 'boutique' })).toEqual([
      'boutique/production/manifests.yaml',
    ]);
    expect([...layout([manifest()]).keys()]).toEqual(['manifests.yaml']);
    expect(paths([{ environment: '', chart: '' }], { app: '' })).toEqual(['manifests.yaml']);
  });

  test('a chart within a chart lies in a folder beside the file of the outer one', () => {
    expect(paths([{ chart: 'shop' }, { chart: 'shop/db' }, { chart: 'shop/db/backup' }])).toEqual([
      'shop.yaml',
      'shop/db.yaml',
      'shop/db/backup.yaml',
    ]);
  });

  test('the manifests of a file keep their order, the files are sorted', () => {
    const [one, two, three] = [manifest({ chart: 'b' }), manifest({ chart: 'a' }), manifest({ chart: 'b' })];
    expect([...layout([one, two, three])]).toEqual([
      ['a.yaml', [two]],
      ['b.yaml', [one, three]],
    ]);
  });
});

describe('with one file an object', () => {
  const options: LayoutOptions = { app: 'boutique', layout: 'object' };
  const origin = { environment: 'production', chart: 'shop' };

  test('a file is called after kind, namespace and name, in the folder of its chart', () => {
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api', namespace: 'shop' },
    };
    expect([...layout([manifest(origin, object), manifest(origin)], options).keys()]).toEqual([
      'boutique/production/shop/configmap-settings.yaml',
      'boutique/production/shop/deployment-shop-api.yaml',
    ]);
  });

  test('one name in two namespaces is two files', () => {
    const inNamespace = (namespace: string): Manifest =>
      manifest(origin, { metadata: { name: 'settings', namespace } });
    expect(
      [...layout([inNamespace('a'), inNamespace('b')], options).values()].map((file) => file.length),
    ).toEqual([1, 1]);
  });

  test('one kind and name in two API groups is two files, whatever their order', () => {
    const core = manifest(origin, { kind: 'Service', metadata: { name: 'api' } });
    const knative = manifest(origin, {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: { name: 'api' },
    });
    const files = layout([core, knative], options);
    expect([...files.keys()]).toEqual([
      expect.stringMatching(/^boutique\/production\/shop\/service-api-[0-9a-f]{8}\.yaml$/),
      expect.stringMatching(/^boutique\/production\/shop\/service-api-[0-9a-f]{8}\.yaml$/),
    ]);
    expect([...layout([knative, core], options)]).toEqual([...files]);
  });

  test('a dash in a namespace does not run together with one in a name', () => {
    const one = manifest(origin, { metadata: { namespace: 'a-b', name: 'c' } });
    const other = manifest(origin, { metadata: { namespace: 'a', name: 'b-c' } });
    expect(layout([one, other], options).size).toBe(2);
  });

  test('objects whose names the API server will generate share a file, and none is lost', () => {
    const jobs = [1, 2].map((parallelism) =>
      manifest(origin, { kind: 'Job', metadata: { generateName: 'load-' }, spec: { parallelism } }),
    );
    expect([...layout(jobs, options)]).toEqual([['boutique/production/shop/job-load--.yaml', jobs]]);
  });

  test('the name of a ClusterRole may hold what file names may not', () => {
    const role = manifest(origin, { kind: 'ClusterRole', metadata: { name: 'system:auth-delegator' } });
    expect([...layout([role], options).keys()]).toEqual([
      'boutique/production/shop/clusterrole-system-auth-delegator.yaml',
    ]);
  });
});

describe('names that a file system could take for one', () => {
  test('get a hash, each of them, whatever their order', () => {
    const both = paths([{ chart: 'Api' }, { chart: 'api' }, { chart: 'web' }]);
    expect(both).toEqual([
      expect.stringMatching(/^Api-[0-9a-f]{8}\.yaml$/),
      expect.stringMatching(/^api-[0-9a-f]{8}\.yaml$/),
      'web.yaml',
    ]);
    expect(paths([{ chart: 'web' }, { chart: 'api' }, { chart: 'Api' }])).toEqual(both);
  });

  test('get a hash where they are folders too', () => {
    expect(
      paths([
        { environment: 'Prod', chart: 'a' },
        { environment: 'prod', chart: 'b' },
      ]),
    ).toEqual([
      expect.stringMatching(/^Prod-[0-9a-f]{8}\/a\.yaml$/),
      expect.stringMatching(/^prod-[0-9a-f]{8}\/b\.yaml$/),
    ]);
  });

  test('get the same hash in every environment', () => {
    const hashes = ['staging', 'production'].map((environment) =>
      paths([
        { environment, chart: 'Api' },
        { environment, chart: 'api' },
      ]).map((path) => path.slice(environment.length)),
    );
    expect(hashes[0]).toEqual(hashes[1]);
  });

  test('are told apart where a chart is called like what another stands for', () => {
    expect(paths([{ environment: 'staging', chart: 'api' }, { chart: 'staging/api' }])).toHaveLength(2);
    expect(paths([{}, { chart: 'manifests' }])).toHaveLength(2);
    expect(paths([{ chart: 'a:b' }, { chart: 'a-b' }])).toHaveLength(2);
  });

  test('are never a file where another needs a folder', () => {
    expect(paths([{ chart: 'api' }, { chart: 'api.yaml/db' }])).toEqual(['api.yaml', 'api.yaml_/db.yaml']);
  });

  test('are an error that names both when one looks like the hashed name of the other', () => {
    const [, hashed = ''] = paths([{ chart: 'Api' }, { chart: 'api' }]);
    const imitation = hashed.replace('.yaml', '');
    const attempt = (): unknown => paths([{ chart: 'Api' }, { chart: 'api' }, { chart: imitation }]);
    expect(attempt).toThrow(SeaworthyError);
    expect(attempt).toThrow(`'api' and '${imitation}' would both be written here`);
    expect(attempt).toThrow('FILE_COLLISION');
  });
});

test('no manifest is lost, no two files are one on any file system, and the order of manifests does not matter', () => {
  const part = fc.constantFrom('a', 'A', 'a:b', 'a-b', 'con', 'b.yaml', 'b', '.', 'é', '-', 'manifests');
  const origin = fc.record({
    environment: fc.option(part, { nil: '' }),
    chart: fc.array(part, { maxLength: 3 }).map((parts) => parts.join('/')),
  });
  fc.assert(
    fc.property(
      fc.array(origin, { maxLength: 12 }),
      fc.constantFrom('chart' as const, 'object' as const),
      (origins, kind) => {
        const manifests = origins.map((each, index) =>
          manifest(each, { metadata: { name: `n${index % 3}` } }),
        );
        const files = layout(manifests, { app: 'app', layout: kind });
        expect([...files.values()].flat()).toHaveLength(manifests.length);
        for (const [path, inside] of files)
          expect([path, new Set(inside.map((each) => each.origin?.chart)).size]).toEqual([path, 1]);
        const folded = [...files.keys()].map(fold);
        expect(new Set(folded).size).toBe(folded.length);
        expect(folded.filter((path) => folded.some((other) => other.startsWith(`${path}/`)))).toEqual([]);
        expect([...layout([...manifests].reverse(), { app: 'app', layout: kind }).keys()]).toEqual([
          ...files.keys(),
        ]);
      },
    ),
  );
});
