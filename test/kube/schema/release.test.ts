import { readFileSync } from 'node:fs';
import { oneOf, SeaworthyError } from '../../../lib/errors';
import { isBefore, latestRelease, release, releases } from '../../../lib/kube/schema';

describe('release', () => {
  test.each([
    ['1.31', '1.31'],
    ['v1.31', '1.31'],
    ['1.31.4', '1.31'],
    ['1.31.4-gke.100', '1.31'],
    ['v1.31.4+k3s1', '1.31'],
    ['1.31+', '1.31'],
    ['1.27', '1.27'],
    ['1.36', '1.36'],
  ])('%s is %s', (value, expected) => {
    expect(release(value)).toBe(expected);
  });

  test.each(['1.26', '1.99', '1.3', '1.310', '2.31', '', 'latest', '1', '1.31x', ' 1.31', 'constructor'])(
    '%j is refused, and the error names what is known',
    (value) => {
      const attempt = (): unknown => release(value);
      expect(attempt).toThrow(SeaworthyError);
      expect(attempt).toThrow(expect.objectContaining({ code: 'UNKNOWN_KUBERNETES' }) as Error);
      expect(attempt).toThrow(`Expected one of ${oneOf(releases)}.`);
      expect(attempt).toThrow(JSON.stringify(value));
    },
  );

  test('the latest release is the last of them', () => {
    expect(latestRelease).toBe(releases[releases.length - 1]);
  });

  test('there is data for the releases that have a patch release to read it from', () => {
    const patches = readFileSync('scripts/schema/releases.txt', 'utf8').trim().split('\n');
    expect(releases).toEqual(patches.map((patch) => patch.slice(0, patch.lastIndexOf('.'))));
  });

  test('the README names the first and the last', () => {
    expect(readFileSync('README.md', 'utf8')).toContain(`Kubernetes ${releases[0]} to ${latestRelease}`);
  });

  test('releases are in order, and compare by number', () => {
    expect([...releases].sort((a, b) => (isBefore(a, b) ? -1 : 1))).toEqual(releases);
    expect(isBefore('1.9', '1.27')).toBe(true);
    expect(isBefore('1.27', '1.9')).toBe(false);
    expect(isBefore('1.30', '1.30')).toBe(false);
  });
});
