import sources from '../../../scripts/custom/sources.json';
import { compareReleases, knownKind, releaseOf } from './catalog';
import { software, type Software } from './software';

const names = Object.keys(software) as Software[];

test('the data is of the software, releases and kinds that the sources list', () => {
  expect(sources.map((source) => source.software)).toEqual(names);
  const minor = (tag: string): string => /\d+\.\d+/.exec(tag)?.[0] ?? '';
  const listed = sources.map(({ releases }) => releases.map(minor));
  expect(listed).toEqual(names.map((name) => [...software[name].releases]));
  const missing = sources.flatMap(({ software: name, kinds }) =>
    kinds.filter((kind) =>
      software[name as Software].groups.every((group) => {
        const newest = knownKind(group, kind)?.releases.at(-1);
        return newest === undefined || ![...newest.versions.values()].some(({ served }) => served);
      }),
    ),
  );
  expect(missing).toEqual([]);
});

test.each(names)('the releases of %s are in order', (name) => {
  const releases = [...software[name].releases];
  expect(releases.toSorted(compareReleases)).toEqual(releases);
});

test('a patch release, and one between two that are known, is as the one before', () => {
  const kind = knownKind('external-secrets.io', 'ExternalSecret');
  if (kind === undefined) throw new Error('no data');
  expect(releaseOf(kind, 'v0.16.9')?.release).toBe('0.16');
  expect(releaseOf(kind, '99.0')?.release).toBe(kind.releases.at(-1)?.release);
  expect(releaseOf(kind, '0.1')).toBeUndefined();
});

test('what a release removed is not in later ones', () => {
  const served = (release: string): string[] => {
    const kind = knownKind('external-secrets.io', 'SecretStore');
    return [...((kind && releaseOf(kind, release)?.versions) ?? [])]
      .filter(([, version]) => version.served)
      .map(([name]) => name);
  };
  // https://external-secrets.io/latest/introduction/deprecation-policy/
  expect(served('0.16')).toEqual(['v1', 'v1beta1']);
  expect(served('0.17')).toEqual(['v1']);
});

test('a schema has what verdicts depend on, and no prose', () => {
  const version = knownKind('gateway.networking.k8s.io', 'HTTPRoute')?.releases.at(-1)?.versions.get('v1');
  const text = JSON.stringify(version?.schema);
  expect(text).toContain('"x-kubernetes-validations":[{');
  expect(text).toContain('"x-kubernetes-list-map-keys":[');
  expect(text).not.toContain('"description":');
});

test('a kind of another group, or of none, is not known', () => {
  expect(knownKind('keda.sh', 'Certificate')).toBeUndefined();
  expect(knownKind('', 'Pod')).toBeUndefined();
});
