import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceFile } from './replace';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seaworthy-test-'));
  file = join(folder, 'report.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('creates a file, and leaves no draft', () => {
  replaceFile(file, 'new');
  expect(readdirSync(folder)).toEqual(['report.json']);
  expect(readFileSync(file, 'utf8')).toBe('new');
});

test('puts a new file in the place of the old one, which a reader has open to its end', () => {
  writeFileSync(file, 'old');
  const { ino } = statSync(file);
  replaceFile(file, 'new');
  expect(statSync(file).ino).not.toBe(ino);
  expect(readFileSync(file, 'utf8')).toBe('new');
});

test('keeps the permissions of the file', () => {
  writeFileSync(file, 'old');
  chmodSync(file, 0o640);
  replaceFile(file, 'new');
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test('writes to what a link leads to', () => {
  writeFileSync(join(folder, 'target'), 'old');
  symlinkSync('target', file);
  replaceFile(file, 'new');
  expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('new');
});

test('writes to a file whose name leaves no room for that of a draft', () => {
  const long = join(folder, 'n'.repeat(250));
  replaceFile(long, 'new');
  expect(readFileSync(long, 'utf8')).toBe('new');
});

test('keeps the old file and no draft where the new one cannot be written', () => {
  writeFileSync(join(folder, 'is a folder'), '');
  expect(() => replaceFile(join(folder, 'is a folder', 'x'), 'new')).toThrow(/ENOTDIR/);
  expect(readdirSync(folder)).toEqual(['is a folder']);
});

test('removes the drafts of processes that have ended, and of no others', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  for (const name of [pid, process.ppid, 'mine'])
    writeFileSync(join(folder, `.report.json.seaworthy-${name}`), '');
  replaceFile(file, 'new');
  expect(readdirSync(folder).sort()).toEqual(
    [`.report.json.seaworthy-${process.ppid}`, '.report.json.seaworthy-mine', 'report.json'].sort(),
  );
});

test('writes through no link that somebody left where the draft goes', () => {
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'mine');
  symlinkSync(victim, join(folder, `.report.json.seaworthy-${process.pid}`));
  replaceFile(file, 'new');
  expect([readFileSync(victim, 'utf8'), readFileSync(file, 'utf8')]).toEqual(['mine', 'new']);
  expect(readdirSync(folder).sort()).toEqual(['report.json', 'victim']);
});
