import { latestRelease } from '../../kube/schema';
import { ManifestSet } from '../../manifest/set';
import type { Project } from '../project/project';
import { pairsOf, planParts } from './parts';
import type { Comparison } from './side';
import { territoriesOf } from '../files/territories';

const PRODUCTION = { kubernetes: '1.31', nodePools: [{ name: 'spot' }] };

const { manifests } = ManifestSet.parse('apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: a }\n');
const inProduction = manifests.map((each) => ({ ...each, origin: { environment: 'production' } }));

const project = (kubernetes?: string): Project => ({
  root: '/shop',
  output: '/shop/dist',
  command: 'node main.js',
  timeout: 60,
  ...(kubernetes !== undefined && {
    check: { kubernetes, environments: {}, assume: [], crds: [], plugins: [], source: () => 'cdk8s.yaml:1' },
  }),
});

/** An app with one environment over the output of another one, which is gone. */
function comparison(kubernetes?: string): Comparison {
  const result = { name: 'shop', manifests: inProduction, clusters: { production: PRODUCTION } };
  const territories = territoriesOf([result], project(kubernetes));
  return {
    before: { name: 'dist/', places: new Map([['shop/gone', manifests]]) },
    after: { name: 'the app', places: new Map(territories.map((each) => [each.place, each.manifests])) },
    clusters: new Map(territories.map(({ place, facts }) => [place, facts])),
  };
}

describe('the clusters of a plan', () => {
  const known = (section?: string, flag?: string): unknown[] =>
    pairsOf(comparison(section), flag).map(({ place, before, after }) => [
      place,
      ...[before, after].map((cluster) => [cluster.set.size, cluster.kubernetes, cluster.profile]),
    ]);

  it('have the whole profile of their environment on both sides', () => {
    expect(known()).toEqual([
      ['shop/production', [0, '1.31', PRODUCTION], [1, '1.31', PRODUCTION]],
      ['shop/gone', [1, latestRelease, {}], [0, latestRelease, {}]],
    ]);
  });

  it('have the release of cdk8s.yaml instead of that of the profile, and that of the flag first', () => {
    expect(known('1.30')[0]).toEqual(['shop/production', [0, '1.30', PRODUCTION], [1, '1.30', PRODUCTION]]);
    expect(known('1.30', '1.29')).toEqual([
      ['shop/production', [0, '1.29', PRODUCTION], [1, '1.29', PRODUCTION]],
      ['shop/gone', [1, '1.29', {}], [0, '1.29', {}]],
    ]);
  });
});

it('knows the release of cdk8s.yaml for what an App of cdk8s writes, too', () => {
  const result = { manifests, clusters: {}, files: new Map([['a.yaml', '']]) };
  expect(territoriesOf([result], project('1.30')).map(({ facts }) => facts)).toEqual([
    { kubernetes: '1.30' },
  ]);
  expect(territoriesOf([result], project()).map(({ facts }) => facts)).toEqual([{}]);
});

it('plans each cluster, and says nothing of consequences between two environments', () => {
  const effects = (mode: 'change' | 'difference'): unknown[] =>
    planParts(comparison(), mode).map(({ place, changes }) => [
      place,
      ...changes.map(({ id, effect, consequences }) => [id.name, effect, consequences.length]),
    ]);
  expect(effects('difference')).toEqual([
    ['shop/production', ['a', 'rejected', 0]],
    ['shop/gone', ['a', 'deleted', 0]],
  ]);
  expect(effects('change')).toEqual([
    ['shop/production', ['a', 'rejected', 1]],
    ['shop/gone', ['a', 'deleted', 1]],
  ]);
});

it('shows how objects differ between two environments, whoever leaves them alone', () => {
  const map = (value: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', annotations: { 'argocd.argoproj.io/hook': 'Skip' } },
    data: { value },
  });
  const side = (value: string) => ({
    name: value,
    places: new Map([['', ManifestSet.of([map(value)]).manifests]]),
  });
  const effect = (mode: 'change' | 'difference') =>
    planParts({ before: side('x'), after: side('y'), clusters: new Map() }, mode)[0]?.changes[0]?.effect;
  expect([effect('change'), effect('difference')]).toEqual(['none', 'updated']);
});
