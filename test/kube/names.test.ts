import { defaultGates } from '../../lib/kube/feature-gates';
import * as fc from 'fast-check';
import {
  configMapKey,
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  envVarName,
  httpHeaderName,
  pathSegment,
  portName,
  qualifiedName,
  shorten,
} from '../../lib/kube/names';
import { effort } from '../effort';

const a = (length: number): string => 'a'.repeat(length);

test.each([
  [
    dnsLabel,
    ['a', '0', 'shop-api', 'a--b', a(63)],
    ['', 'Shop', 'shop_api', '-a', 'a-', 'a.b', 'a\n', 'é', a(64)],
  ],
  [
    dnsSubdomain,
    ['a', 'a.b.c', '1.2', `${a(63)}.${a(189)}`],
    ['', '.', 'a..b', 'a.', '.a', 'a.-b', 'A', a(254)],
  ],
  [dns1035Label, ['a', 'a1', 'a-1', a(63)], ['', '1a', '-a', 'a-', 'a.b', 'A', a(64)]],
  [pathSegment, ['a', 'system:node', 'A b', '...'], ['', '.', '..', 'a/b', '50%']],
  [
    qualifiedName,
    ['a', 'A_b.c', 'example.com/a', a(63), `a.b/${a(63)}`],
    ['', '/', 'a/', '/a', 'a/b/c', 'A/b', '-a', a(64)],
  ],
  [configMapKey, ['a', '.a', 'A_b-c.d', 'a..b', a(253)], ['', '.', '..', '..a', 'a/b', 'a b', a(254)]],
  [httpHeaderName, ['X-Name', '1', '-'], ['', 'X Name', 'X_Name', 'X:']],
  [portName, ['http', 'a', '1a', 'http-2', a(15)], ['', '80', 'HTTP', '-a', 'a-', 'a--b', 'a_b', a(16)]],
])('%p takes what the API server takes and refuses the rest', (check, good, bad) => {
  for (const value of good) expect([value, check(value)]).toEqual([value, undefined]);
  for (const value of bad)
    expect([value, check(value)]).toEqual([value, expect.stringMatching(/must|may not/)]);
});

test('every digit and letter may stand anywhere in a name, and in names of one and two characters', () => {
  const checks = { dnsLabel, dnsSubdomain, qualifiedName, configMapKey, httpHeaderName, portName };
  for (const character of 'abcdefghijklmnopqrstuvwxyz0123456789') {
    const lonely = /\d/.test(character) ? `${character}a` : character;
    for (const [name, check] of Object.entries(checks)) {
      for (const value of [lonely, `a${character}`, `${character}a${character}`])
        expect([name, value, check(value)]).toEqual([name, value, undefined]);
    }
    for (const value of [`a${character}`, `a-${character}`, `a${character}a`])
      expect(dns1035Label(value)).toBeUndefined();
    for (const value of ['a', `a${character}`])
      expect(envVarName(value, defaultGates('1.27'))).toBeUndefined();
    for (const value of [`a.${character}`, `a.b${character}`, `${character}.b`])
      expect(dnsSubdomain(value)).toBeUndefined();
  }
});

test('a name that is too long is told its length', () => {
  expect(dnsLabel(a(64))).toBe('must be no more than 63 characters');
});

test('a label with dots is told that dots are the trouble', () => {
  expect(dnsLabel('a.b')).toBe('must not contain dots');
});

test('a qualified name says which of its parts is wrong', () => {
  expect(qualifiedName('Example.com/name')).toMatch(
    /^prefix part a lowercase RFC 1123 subdomain must consist of/,
  );
  expect(qualifiedName('example.com/-')).toMatch(/^name part must consist of alphanumeric/);
  expect(qualifiedName(`example.com/${a(64)}`)).toMatch(/^name part must be no more than 63 bytes$/);
});

test('names of environment variables are almost free since 1.32', () => {
  for (const name of ['1A', 'a b', '..', '!"#', '~']) {
    expect([name, envVarName(name)]).toEqual([name, undefined]);
    expect([name, envVarName(name, defaultGates('1.32'))]).toEqual([name, undefined]);
    expect([name, envVarName(name, defaultGates('1.31'))]).toEqual([
      name,
      expect.stringMatching(/must|may not/),
    ]);
  }
  for (const name of ['', 'A=B', 'é', 'a\tb', '\u007f'])
    expect(envVarName(name, defaultGates('1.36'))).toMatch(/other than '='$/);
  expect(envVarName('my.env-NAME_1', defaultGates('1.27'))).toBeUndefined();
});

describe('shorten', () => {
  test('joins a path that is a label as it is', () => {
    expect(shorten(['shop', 'api'], 63)).toBe('shop-api');
    expect(shorten(['a'.repeat(63)], 63)).toBe('a'.repeat(63));
  });

  test('ends a path that is too long in a hash', () => {
    const name = shorten(['shop', 'a'.repeat(60)], 20);
    expect(name).toMatch(/^shop-aaaaaa-[a-z2-7]{8}$/);
    expect(name).toHaveLength(20);
  });

  // Spelled out, because names in people's clusters hang on it: a change here renames their objects.
  test('gives the same name on every machine and in every version', () => {
    expect(shorten(['Shop', 'API_v1.2'], 12)).toBe('sho-sto75tcp');
    expect(shorten(['***'], 63)).toBe('x-hrginypt');
  });

  test('spells words in lower case and with dashes, without a hash', () => {
    expect(shorten(['Shop', 'API_v1.2', 'two words'], 63)).toBe('shop-api-v1-2-two-words');
  });

  test('keeps paths apart that a label cannot spell', () => {
    const paths = [['api'], ['api_'], ['.api'], ['äpi'], ['ôpi'], ['a/pi'], ['a', '§', 'pi'], ['api', '']];
    expect(new Set(paths.map((path) => shorten(path, 63))).size).toBe(paths.length);
  });

  test('does not leave a dash before the hash where the cut falls on one', () => {
    expect(shorten(['aaaa', 'b'.repeat(40)], 14)).toMatch(/^aaaa-[a-z2-7]{8}$/);
  });

  const id = fc.oneof(
    fc.stringMatching(/^[a-zA-Z0-9._-]{1,30}$/),
    fc.string({ maxLength: 20, unit: 'binary' }),
  );
  const path = fc.array(id, { minLength: 1, maxLength: 6 });
  const maxLength = fc.integer({ min: 10, max: 63 });

  test('always gives a label within the limit, and always the same', () => {
    fc.assert(
      fc.property(path, maxLength, (parts, max) => {
        const name = shorten(parts, max);
        expect(dnsLabel(name)).toBeUndefined();
        expect(name.length).toBeLessThanOrEqual(max);
        expect(shorten([...parts], max)).toBe(name);
      }),
      { numRuns: effort(300, 2000) },
    );
  });

  test('gives different names to different paths that need shortening', () => {
    const count = effort(5_000, 50_000);
    const workers = Array.from({ length: count }, (_, i) =>
      shorten(['shop', 'a'.repeat(60), `worker-${i}`], 40),
    );
    expect(new Set(workers).size).toBe(count);
    fc.assert(
      fc.property(path, path, maxLength, (one, other, max) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const isHashed = (parts: readonly string[]): boolean => /-[a-z2-7]{8}$/.test(shorten(parts, max));
        fc.pre(isHashed(one) && isHashed(other));
        expect(shorten(one, max)).not.toBe(shorten(other, max));
      }),
    );
  });
});
