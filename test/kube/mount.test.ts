import { mountPathProblem, relativePathProblem, subPathProblem } from '../../lib/kube/mount';

test('a volume is mounted at an absolute path without a colon', () => {
  for (const path of ['/', '/data', '/a b', '/..data'])
    expect([path, mountPathProblem(path)]).toEqual([path, undefined]);
  for (const path of ['', 'data', './data']) expect(mountPathProblem(path)).toMatch(/absolute/);
  expect(mountPathProblem('/a:b')).toMatch(/must not contain ":"/);
});

test('a sub-path stays below its volume', () => {
  for (const path of ['', 'a', 'a/b', 'a..b', '..a', 'a/...'])
    expect([path, subPathProblem(path)]).toEqual([path, undefined]);
  for (const path of ['..', '../a', 'a/..', 'a/../b']) expect(subPathProblem(path)).toMatch(/"\.\."/);
  expect(subPathProblem('/a')).toMatch(/relative/);
});

test('a file of a volume has a path that the kubelet does not use itself', () => {
  for (const path of ['a', 'a/b', '.a', 'a/..b'])
    expect([path, relativePathProblem(path)]).toEqual([path, undefined]);
  for (const path of ['', '..data', '..', '../a', '/a', 'a/..'])
    expect(relativePathProblem(path)).toMatch(/^must/);
});
