import { check } from '../../check';
import { ManifestSet } from '../../../manifest/set';
import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/duplicate-identity',
  'error',
  ['ConfigMap settings', 'metadata.name', 'ConfigMap settings is defined twice'],
  ({ failing, found }) => [
    ['objects with generateName', failing('name: settings', 'generateName: settings-'), []],
    [
      'another namespace',
      failing(
        'metadata: { name: settings }\ndata: { LEVEL: debug }',
        'metadata: { name: settings, namespace: shop }\ndata: { LEVEL: debug }',
      ),
      [],
    ],
    [
      'another kind',
      failing(
        'kind: ConfigMap\nmetadata: { name: settings }\ndata: { LEVEL: debug }',
        'kind: Secret\nmetadata: { name: settings }',
      ),
      [],
    ],
    [
      'three of a kind',
      `${failing()}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n`,
      [found(), found()],
    ],
  ],
);

describe('two objects of one name that may be right', () => {
  const [first, second] = ['info', 'debug'].map((level) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
    data: { LEVEL: level },
  }));
  const found = (objects: readonly unknown[], sources: readonly string[]) => {
    const manifests = ManifestSet.of([...objects]).manifests.map((manifest, index) => ({
      ...manifest,
      origin: { source: sources[index] ?? '' },
    }));
    return check(ManifestSet.from(manifests))
      .filter(({ rule }) => rule === 'wiring/duplicate-identity')
      .map(({ severity, message }) => `${severity}: ${message}`);
  };

  it('are equal', () => {
    expect(found([first, first], ['a/a.yaml:1', 'a/b.yaml:1'])).toEqual([
      'warning: ConfigMap settings is defined twice, but both are equal',
    ]);
  });

  it('are in different folders', () => {
    expect(found([first, second], ['clusters/a/x.yaml:1', 'clusters/b/x.yaml:1'])).toEqual([
      'warning: ConfigMap settings is defined twice, but their folders may be for different clusters',
    ]);
  });

  it('are not in two files of one folder', () => {
    expect(found([first, second], ['a/x.yaml:1', 'a/y.yaml:1'])).toEqual([
      'error: ConfigMap settings is defined twice',
    ]);
  });
});
