import * as fc from 'fast-check';
import { imageProblem, parseImage } from '../../lib/kube/image';

const SHA256 = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  ['nginx', { repository: 'nginx' }],
  ['nginx:1.27', { repository: 'nginx', tag: '1.27' }],
  ['acme/api', { repository: 'acme/api' }],
  ['ghcr.io/acme/shop-api:1.4.2', { registry: 'ghcr.io', repository: 'acme/shop-api', tag: '1.4.2' }],
  ['localhost/api', { registry: 'localhost', repository: 'api' }],
  ['localhost:5000', { repository: 'localhost', tag: '5000' }],
  ['registry:5000/a/b/c', { registry: 'registry:5000', repository: 'a/b/c' }],
  ['[2001:db8::1]:5000/api:v1', { registry: '[2001:db8::1]:5000', repository: 'api', tag: 'v1' }],
  ['Registry.Example/api', { registry: 'Registry.Example', repository: 'api' }],
  [`nginx@${SHA256}`, { repository: 'nginx', digest: SHA256 }],
  [
    `quay.io/a/b:V_1.0-x@${SHA256}`,
    { registry: 'quay.io', repository: 'a/b', tag: 'V_1.0-x', digest: SHA256 },
  ],
  ['a__b/c--d/e.f_g', { repository: 'a__b/c--d/e.f_g' }],
  [`x:${'t'.repeat(128)}`, { repository: 'x', tag: 't'.repeat(128) }],
  [`x.io/${'b'.repeat(255)}`, { registry: 'x.io', repository: 'b'.repeat(255) }],
])('%s is read in its parts', (reference, parts) => {
  expect(parseImage(reference)).toEqual(parts);
  expect(imageProblem(reference)).toBeUndefined();
});

test.each([
  ['', 'must not be empty'],
  [' nginx', 'must not contain white space'],
  ['nginx:1.0 ', 'must not contain white space'],
  ['https://ghcr.io/acme/api', /without "https:\/\/"/],
  ['Nginx', 'the repository "Nginx" must be lower case: "nginx"'],
  ['Acme/api', /must be lower case: "acme\/api"/],
  ['ghcr.io/Acme/api:1', /must be lower case: "acme\/api"/],
  ['nginx:', 'must have a tag after ":"'],
  [':1.0', 'must name a repository'],
  ['ghcr.io/', 'must name a repository'],
  ['nginx:-1', /^the tag "-1" must/],
  ['nginx:1.0+build', /^the tag/],
  ['nginx:a:b', /^the tag "a:b" must/],
  [`x:${'t'.repeat(129)}`, /at most 128/],
  ['a//b', /^the repository/],
  ['/a', /^the repository/],
  ['a/', /^the repository/],
  ['a___b', /^the repository/],
  ['a..b/c', /^the registry "a..b" must be a host name/],
  ['-a.io/b', /^the registry/],
  ['ghcr.io:x/b', /^the registry/],
  [`x.io/${'b'.repeat(256)}`, /at most 255 characters/],
  ['b'.repeat(248), /at most 255 characters/],
  ['f'.repeat(64), /not an image ID/],
  ['nginx@', /must begin with sha256/],
  ['nginx@sha256', /must have 64 digits/],
  ['nginx@sha256:abc', /and has 3 characters/],
  [`nginx@sha256:${'A'.repeat(64)}`, /must have 64 digits 0-9 and a-f/],
  [`nginx@md5:${'a'.repeat(32)}`, /must begin with sha256, sha384 or sha512/],
])('%s is refused', (reference, problem) => {
  expect(imageProblem(reference)).toMatch(problem);
  expect(parseImage(reference)).toBeUndefined();
});

test('a digest has as many digits as its algorithm gives', () => {
  for (const [algorithm, length] of [
    ['sha256', 64],
    ['sha384', 96],
    ['sha512', 128],
  ] as const) {
    expect(imageProblem(`nginx@${algorithm}:${'a'.repeat(length)}`)).toBeUndefined();
    expect(imageProblem(`nginx@${algorithm}:${'a'.repeat(length - 1)}`)).toMatch(
      `must have ${length} digits`,
    );
    expect(imageProblem(`nginx@${algorithm}:${'a'.repeat(length + 1)}`)).toMatch(
      `must have ${length} digits`,
    );
  }
});

test('parts that are joined are read again', () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,5}([._-][a-z0-9]{1,3})?$/);
  const parts = fc.record(
    {
      registry: fc.oneof(
        fc.constant('localhost'),
        fc.stringMatching(/^[a-z0-9]{1,6}(\.[a-z]{2,3}|:[1-9]\d{1,3})$/),
      ),
      repository: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('/')),
      tag: fc.stringMatching(/^\w[\w.-]{0,10}$/),
      digest: fc.constant(SHA256),
    },
    { requiredKeys: ['repository'] },
  );
  fc.assert(
    fc.property(parts, ({ registry, repository, tag, digest }) => {
      // Without a registry, a first folder with a dot would be taken for one.
      fc.pre(registry !== undefined || !/^localhost\/|^[^/]*\..*\//.test(repository));
      const text = `${registry === undefined ? '' : `${registry}/`}${repository}${tag === undefined ? '' : `:${tag}`}`;
      const reference = digest === undefined ? text : `${text}@${digest}`;
      const expected = Object.entries({ registry, repository, tag, digest }).filter(
        ([, part]) => part !== undefined,
      );
      expect(parseImage(reference)).toEqual(Object.fromEntries(expected));
    }),
  );
});

test('any text is judged, and only the sound is taken apart', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z0-9.:/@_-]{0,40}$/)), (text) => {
      expect(parseImage(text) === undefined).toBe(imageProblem(text) !== undefined);
    }),
  );
});
