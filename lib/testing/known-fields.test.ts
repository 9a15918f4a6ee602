import { problemsOf } from '../../test/constructs/rendering';
import { App, Chart, KubeObject, ManifestSet, WebService } from '../index';
import { hasResource, Manifests, match, matchers } from './index';
import type { Pattern } from './index';

const app = new App();
const chart = new Chart(app, 'shop');
new WebService(chart, 'web', { image: 'a/b:1', port: 80, env: { LEVEL: 'info' } });
new KubeObject(chart, 'widget', {
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  content: () => ({ spec: { a: 1 } }),
});
const manifests = Manifests.from(app);

const containers = (pattern: Pattern): Pattern => ({ spec: { template: { spec: { containers: pattern } } } });

describe('a field that the kind does not have', () => {
  it.each<[string, Pattern, string, string]>([
    [
      'where nothing may be',
      { spec: { replica: match.absent() } },
      'spec.replica',
      'Did you mean "replicas"?',
    ],
    ['with a value', { spec: { replica: 3 } }, 'spec.replica', 'Did you mean "replicas"?'],
    [
      'in an item of a list',
      containers([{ imag: match.any() }]),
      'spec.template.spec.containers[0].imag',
      'Did you mean "image"?',
    ],
    [
      'in any item',
      containers(match.arrayWith([{ securityContexts: match.absent() }])),
      'spec.template.spec.containers.securityContexts',
      'Did you mean "securityContext"?',
    ],
    [
      'in an item by its key',
      containers(match.key('web', { prots: match.absent() })),
      'spec.template.spec.containers.prots',
      'Did you mean "ports"?',
    ],
    [
      'as the key of an item',
      containers(match.key({ nmae: 'web' })),
      'spec.template.spec.containers.nmae',
      'Did you mean "name"?',
    ],
    [
      'in order',
      containers(match.inOrder([{ zzz: 1 }])),
      'spec.template.spec.containers.zzz',
      'Nothing can be there, and nothing can match.',
    ],
    ['below not', { spec: match.not({ pausd: true }) }, 'spec.pausd', 'Did you mean "paused"?'],
    ['below exactly', { metadata: match.exactly({ nam: 'x' }) }, 'metadata.nam', 'Did you mean "name"?'],
    ['below a capture', { spec: match.capture({ replica: 1 }) }, 'spec.replica', 'Did you mean "replicas"?'],
    ['at the top', { spc: match.absent() }, 'spc', 'Did you mean "spec"?'],
  ])('is an error %s, in every assertion', (_, pattern, path, hint) => {
    const error = [{ code: 'UNKNOWN_FIELD', path, hint }];
    expect(problemsOf(() => manifests.hasResource('Deployment', pattern))).toMatchObject(error);
    expect(problemsOf(() => manifests.find('Deployment', pattern))).toMatchObject(error);
    expect(problemsOf(() => manifests.get('apps/v1/Deployment', pattern))).toMatchObject(error);
    expect(problemsOf(() => manifests.countIs('Deployment', 0, pattern))).toMatchObject(error);
    expect(problemsOf(() => hasResource(app, 'Deployment', pattern))).toMatchObject(error);
    expect(problemsOf(() => matchers.toHaveResource(app, 'Deployment', pattern))).toMatchObject(error);
  });

  it('is an error for a kind of which there is no object', () => {
    const pattern = { spec: { parallel: match.absent() } };
    expect(problemsOf(() => manifests.countIs('Job', 0, pattern))).toMatchObject([
      { code: 'UNKNOWN_FIELD', path: 'spec.parallel' },
    ]);
  });
});

describe('a field is taken', () => {
  it.each<[string, string, Pattern]>([
    [
      'that the kind has',
      'Deployment',
      { spec: { paused: match.absent(), minReadySeconds: match.absent() } },
    ],
    ['of a map', 'Deployment', { metadata: { labels: { any: match.absent() } } }],
    [
      'of a custom resource',
      'example.com/v1/Widget',
      { spec: { b: match.absent() }, anything: match.absent() },
    ],
    ['that only a past release has', 'Deployment', containers([{ env: [{ name: 'LEVEL' }] }])],
  ])('%s', (_, kind, pattern) => {
    expect(manifests.find(kind, pattern)).toHaveLength(1);
  });

  it('that an object has all the same, so that a test can find what is wrong', () => {
    const set = ManifestSet.parse(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndatas: { a: b }\n',
    );
    expect(Manifests.from(set).find('ConfigMap', { datas: { a: 'b' } })).toHaveLength(1);
  });
});
