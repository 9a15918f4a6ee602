import { execFileSync } from 'node:child_process';
import { tar } from './tar';

/** What the tar of this system lists or prints of an archive. */
function read(archive: Buffer, ...args: readonly string[]): string {
  return execFileSync('tar', [...args, '-f', '-'], {
    input: archive,
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  });
}

const folder = 'namespaces-and-more'.repeat(7);

it.each([
  ['a short path', 'shop.yaml'],
  ['a path of 100 bytes', `${'a'.repeat(95)}.yaml`],
  ['a longer path with folders', `${folder}/${'b'.repeat(90)}.yaml`],
  ['a longer name', `${'c'.repeat(200)}.yaml`],
  ['a folder of more than the prefix', `${'d'.repeat(180)}/x.yaml`],
  ['letters beyond ASCII', 'größe/ß.yaml'],
  ['a long path with letters beyond ASCII', `${'ü'.repeat(99)}/${'ß'.repeat(60)}.yaml`],
])('holds %s', (_, path) => {
  const archive = tar(new Map([[path, 'kind: ConfigMap\n']]));
  expect(archive.length % 512).toBe(0);
  expect(read(archive, '-t', '--quoting-style=literal')).toBe(`${path}\n`);
  expect(read(archive, '-x', '-O')).toBe('kind: ConfigMap\n');
});

it('is sorted, of root, and of 1970, whatever the order of the files', () => {
  const files: [string, string][] = [
    ['b/a.yaml', 'b'],
    ['a.yaml', 'ä'.repeat(600)],
    ['b.yaml', ''],
  ];
  const archive = tar(new Map(files));
  expect(tar(new Map(files.reverse())).equals(archive)).toBe(true);
  expect(read(archive, '-t', '-v', '--full-time', '--numeric-owner').replace(/ +/g, ' ')).toBe(
    [
      '-rw-r--r-- 0/0 1200 1970-01-01 00:00:00 a.yaml',
      '-rw-r--r-- 0/0 0 1970-01-01 00:00:00 b.yaml',
      '-rw-r--r-- 0/0 1 1970-01-01 00:00:00 b/a.yaml',
      '',
    ].join('\n'),
  );
});
