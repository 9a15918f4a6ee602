import { SeaworthyError } from '../../lib/errors';
import { checkPaths } from '../../lib/output/paths';

function codesOf(paths: string[]): string[] {
  try {
    checkPaths(paths);
    return [];
  } catch (error) {
    if (error instanceof SeaworthyError) return error.problems.map(({ code }) => code);
    throw error;
  }
}

test.each(['api.yaml', 'shop/production/api.yaml', 'a b.yaml', '..data/x', '.hidden/x', 'größe.yaml'])(
  '%s is below the output',
  (path) => {
    expect(codesOf([path])).toEqual([]);
  },
);

test.each([
  '',
  '.',
  '..',
  '../api.yaml',
  'shop/../../api.yaml',
  './api.yaml',
  '/etc/passwd',
  'C:/api.yaml',
  'c:api.yaml',
  'shop\\api.yaml',
  '..\\api.yaml',
  'shop//api.yaml',
  'shop/',
  'api\n.yaml',
  'api\0.yaml',
  '.git/hooks/post-checkout',
  'shop/.GIT/config',
])('%j is refused', (path) => {
  expect(codesOf([path])).toEqual(['OUTPUT_UNWRITABLE']);
});

test.each(['.seaworthy', '.Seaworthy', '# api.yaml'])(
  '%s cannot be told from the record, or in it',
  (path) => {
    expect(codesOf([path])).toEqual(['OUTPUT_UNWRITABLE']);
  },
);

test('paths that differ only in case collide', () => {
  expect(codesOf(['shop/Api.yaml', 'shop/api.yaml'])).toEqual(['FILE_COLLISION']);
  expect(() => checkPaths(['shop/Api.yaml', 'shop/api.yaml'])).toThrow(
    "'shop/Api.yaml' and 'shop/api.yaml' differ only in case",
  );
});

test('a file cannot be where another file needs a folder', () => {
  expect(codesOf(['shop/api/db.yaml', 'Shop'])).toEqual(['FILE_COLLISION']);
});

test('all that is wrong is said at once', () => {
  expect(codesOf(['../a', 'b', '/c', 'B'])).toEqual([
    'OUTPUT_UNWRITABLE',
    'OUTPUT_UNWRITABLE',
    'FILE_COLLISION',
  ]);
});
