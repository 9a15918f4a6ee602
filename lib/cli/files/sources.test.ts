import { namedBelow, namedFrom } from './sources';

it.each([
  ['/home/me/shop', '/home/me/shop/deploy/a.yaml', 'deploy/a.yaml'],
  ['/home/me/shop', '/home/me/shop', '.'],
  ['/home/me/shop', '/home/me/shared/a.yaml', '../shared/a.yaml'],
  ['/home/me/shop/apps', '/home/you/a.yaml', '../../../you/a.yaml'],
  ['/home/me/shop', '/home/me/..shop/a.yaml', '../..shop/a.yaml'],
  ['/home/me/shop', '/home/me/shop/..data/a.yaml', '..data/a.yaml'],
  ['/home/me/shop', '/tmp/a.yaml', '/tmp/a.yaml'],
  ['/home', '/tmp/a.yaml', '/tmp/a.yaml'],
  ['/', '/tmp/a.yaml', 'tmp/a.yaml'],
])('from %s, people name %s as %s', (folder, path, name) => {
  expect(namedFrom(folder, path)).toBe(name);
});

it('tools that know a repository get other files by their absolute paths', () => {
  expect(namedBelow('/home/me/shop', '/home/me/shop/a.yaml')).toBe('a.yaml');
  expect(namedBelow('/home/me/shop', '/home/me/shop/..data/a.yaml')).toBe('..data/a.yaml');
  expect(namedBelow('/home/me/shop', '/home/me/shared/a.yaml')).toBe('/home/me/shared/a.yaml');
});
