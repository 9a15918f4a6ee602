import fs from 'node:fs';
import path from 'node:path';
import { type WriteReport, writeOutput } from '../../lib/output/write';
import { asFiles, contents, emptyFolder, filesIn, leftoversOf, put, recordIn, remove } from './outputs';

let top: string;
let output: string;

beforeEach(() => {
  top = emptyFolder();
  output = path.join(top, 'dist');
});

afterEach(() => remove(top));

const nothing: WriteReport = { written: [], unchanged: [], removed: [], foreign: [] };

function write(files: Readonly<Record<string, string>>, owns?: (file: string) => boolean): WriteReport {
  return writeOutput(output, asFiles(files), owns === undefined ? {} : { owns });
}

/** Everything that changes when a file or folder is touched. */
function touches(folder: string): unknown {
  const all = ['.', ...fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()];
  return all.map((name) => {
    const { ino, mtimeNs, ctimeNs } = fs.lstatSync(path.join(folder, name), { bigint: true });
    return [name, ino, mtimeNs, ctimeNs].join(' ');
  });
}

describe('a first run', () => {
  test('creates the output with the folders above it, and records what it wrote', () => {
    output = path.join(top, 'a/b/dist');
    expect(write({ 'shop/api.yaml': 'api', 'web.yaml': 'größe\n' })).toEqual({
      ...nothing,
      written: ['shop/api.yaml', 'web.yaml'],
    });
    expect(filesIn(output)).toEqual({ 'shop/api.yaml': 'api', 'web.yaml': 'größe\n' });
    expect(recordIn(output)).toEqual(['shop/api.yaml', 'web.yaml']);
  });

  test('writes into a folder that exists, beside what is there', () => {
    put(output, { 'README.md': 'mine' });
    expect(write({ 'a.yaml': 'a' })).toEqual({ ...nothing, written: ['a.yaml'], foreign: ['README.md'] });
    expect(filesIn(output)).toEqual({ 'README.md': 'mine', 'a.yaml': 'a' });
  });

  test('the record explains itself to whoever finds it', () => {
    write({ 'a.yaml': 'a' });
    expect(fs.readFileSync(path.join(output, '.seaworthy'), 'utf8')).toMatch(
      /^# Written by `seaworthy synth`.*\na\.yaml\n$/,
    );
  });
});

describe('a later run', () => {
  beforeEach(() => {
    write({
      'same.yaml': 'same',
      'changed.yaml': 'before',
      'old/stale.yaml': 'stale',
      'shop/stale.yaml': 'stale',
    });
  });

  test('writes what changed, keeps what did not, and removes what is stale, with the folders that empties', () => {
    expect(
      write({ 'same.yaml': 'same', 'changed.yaml': 'after', 'new/new.yaml': 'new', 'shop/x.yaml': 'x' }),
    ).toEqual({
      written: ['changed.yaml', 'new/new.yaml', 'shop/x.yaml'],
      unchanged: ['same.yaml'],
      removed: ['old/stale.yaml', 'shop/stale.yaml'],
      foreign: [],
    });
    expect(filesIn(output)).toEqual({
      'same.yaml': 'same',
      'changed.yaml': 'after',
      'new/new.yaml': 'new',
      'shop/x.yaml': 'x',
    });
    expect(recordIn(output)).toEqual(['changed.yaml', 'new/new.yaml', 'same.yaml', 'shop/x.yaml']);
  });

  test('with the same files touches nothing', () => {
    const files = filesIn(output);
    const before = touches(top);
    expect(write(files)).toEqual({ ...nothing, unchanged: Object.keys(files).sort() });
    expect(touches(top)).toEqual(before);
  });

  test('leaves the files alone that did not change, with their times', () => {
    const stats = (): unknown => {
      const { ino, mtimeNs } = fs.statSync(path.join(output, 'same.yaml'), { bigint: true });
      return [ino, mtimeNs];
    };
    const before = stats();
    write({ 'same.yaml': 'same' });
    expect(stats()).toEqual(before);
  });

  test('notices a change that keeps the length', () => {
    fs.writeFileSync(path.join(output, 'same.yaml'), 'emas');
    expect(write(filesIn(output)).written).toEqual([]);
    expect(write({ ...filesIn(output), 'same.yaml': 'same' }).written).toEqual(['same.yaml']);
  });

  test('writes again what somebody deleted', () => {
    const files = filesIn(output);
    fs.rmSync(path.join(output, 'old'), { recursive: true });
    expect(write(files).written).toEqual(['old/stale.yaml']);
    expect(filesIn(output)).toEqual(files);
  });

  test('with nothing to write leaves an empty output', () => {
    expect(write({}).removed).toHaveLength(4);
    expect(filesIn(output)).toEqual({});
    expect(recordIn(output)).toEqual([]);
  });

  test('turns a file into a folder and back', () => {
    write({ 'same.yaml/inner.yaml': 'x' });
    expect(filesIn(output)).toEqual({ 'same.yaml/inner.yaml': 'x' });
    write({ 'same.yaml': 'y' });
    expect(filesIn(output)).toEqual({ 'same.yaml': 'y' });
  });

  test('that is dry says what it would do and does nothing', () => {
    const before = touches(top);
    const report = writeOutput(output, asFiles({ 'same.yaml': 'same', 'new.yaml': 'n' }), { dryRun: true });
    expect(report).toEqual({
      written: ['new.yaml'],
      unchanged: ['same.yaml'],
      removed: ['changed.yaml', 'old/stale.yaml', 'shop/stale.yaml'],
      foreign: [],
    });
    expect(touches(top)).toEqual(before);
  });
});

test('a dry first run creates nothing', () => {
  const far = path.join(top, 'a/b/dist');
  expect(writeOutput(far, asFiles({ 'a.yaml': 'a' }), { dryRun: true }).written).toEqual(['a.yaml']);
  expect(contents(top)).toEqual({});
});

describe('a run that answers for a part', () => {
  const ofStaging = (file: string): boolean => file.startsWith('staging/');

  test('removes what is stale of its own and leaves the rest as it is, in the record too', () => {
    write({ 'staging/a.yaml': '1', 'staging/b.yaml': '1', 'production/a.yaml': '1' });
    expect(write({ 'staging/a.yaml': '2' }, ofStaging)).toEqual({
      ...nothing,
      written: ['staging/a.yaml'],
      removed: ['staging/b.yaml'],
    });
    expect(filesIn(output)).toEqual({ 'staging/a.yaml': '2', 'production/a.yaml': '1' });
    expect(recordIn(output)).toEqual(['production/a.yaml', 'staging/a.yaml']);
    expect(write({ 'staging/a.yaml': '2' }).removed).toEqual(['production/a.yaml']);
  });

  test('touches nothing when its part is as it should be', () => {
    write({ 'staging/a.yaml': '1', 'production/a.yaml': '1' });
    const before = touches(top);
    write({ 'staging/a.yaml': '1' }, ofStaging);
    expect(touches(top)).toEqual(before);
  });

  test('does not write over the folder of another part', () => {
    write({ 'production/a.yaml': '1' });
    expect(() => write({ production: 'x' }, ofStaging)).toThrow('OUTPUT_NOT_OURS');
  });
});

describe('what is not ours', () => {
  test('stays as it is: content, times, rights, links, empty folders', () => {
    put(output, { 'shop/notes.txt': 'mine', 'run.sh': '#!/bin/sh', 'empty/inner/': '', 'closed/x': 'x' });
    fs.chmodSync(path.join(output, 'run.sh'), 0o750);
    fs.symlinkSync('shop/notes.txt', path.join(output, 'link'));
    fs.symlinkSync('/nowhere', path.join(output, 'dangling'));
    fs.chmodSync(path.join(output, 'closed'), 0o555);
    fs.chmodSync(output, 0o711);
    const before = {
      ...filesIn(output),
      times: fs.statSync(path.join(output, 'run.sh'), { bigint: true }).mtimeNs,
    };
    const { foreign } = write({ 'shop/api.yaml': 'api' });
    write({ 'shop/api.yaml': 'api 2' });
    write({});
    expect(leftoversOf(output)).toEqual([]);
    expect({
      ...filesIn(output),
      times: fs.statSync(path.join(output, 'run.sh'), { bigint: true }).mtimeNs,
    }).toEqual(before);
    expect(foreign).toEqual(['closed/x', 'dangling', 'link', 'run.sh', 'shop/notes.txt']);
    const modes = ['', 'run.sh', 'closed'].map((name) => fs.statSync(path.join(output, name)).mode & 0o777);
    expect(modes).toEqual([0o711, 0o750, 0o555]);
  });

  test('is an obstacle where we have to write, and then nothing is written', () => {
    put(output, { 'a.yaml': 'mine', 'b.yaml': 'mine', 'c.txt': 'mine' });
    const before = touches(top);
    expect(() => write({ 'a.yaml': 'ours', 'b.yaml': 'ours', 'new.yaml': 'ours' })).toThrow(
      /a\.yaml, .*b\.yaml\b[^]*Move or delete them[^]*/,
    );
    expect(() => write({ 'a.yaml': 'ours' })).toThrow('OUTPUT_NOT_OURS');
    expect(() => writeOutput(output, asFiles({ 'a.yaml': 'ours' }), { dryRun: true })).toThrow(
      'OUTPUT_NOT_OURS',
    );
    expect(touches(top)).toEqual(before);
  });

  test('becomes ours where it is equal', () => {
    put(output, { 'a.yaml': 'a' });
    expect(write({ 'a.yaml': 'a' })).toEqual({ ...nothing, unchanged: ['a.yaml'] });
    expect(write({}).removed).toEqual(['a.yaml']);
  });

  test('becomes ours where git changed only the line ends', () => {
    put(output, { 'a.yaml': 'a: 1\r\nb: 2\r\n' });
    expect(write({ 'a.yaml': 'a: 1\nb: 2\n' }).written).toEqual(['a.yaml']);
    expect(filesIn(output)).toEqual({ 'a.yaml': 'a: 1\nb: 2\n' });
  });

  test('is not stale in a report where git changed only the line ends, and is made exact by a run', () => {
    const files = { 'a.yaml': 'a: 1\nb: |\n  x\n', 'c/b.yaml': 'c: 1\n' };
    write(files);
    const windows = Object.entries(files).map(([file, text]) => [file, text.replaceAll('\n', '\r\n')]);
    put(output, Object.fromEntries(windows) as Record<string, string>);
    const dryRun = (changed: Readonly<Record<string, string>>) =>
      writeOutput(output, asFiles(changed), { dryRun: true });
    expect(dryRun(files)).toEqual({ ...nothing, unchanged: ['a.yaml', 'c/b.yaml'] });
    expect(dryRun({ ...files, 'a.yaml': 'a: 2\n' }).written).toEqual(['a.yaml']);
    expect(write(files).written).toEqual(['a.yaml', 'c/b.yaml']);
    expect(filesIn(output)).toEqual(files);
  });

  test.each([
    ['a folder stands where a file goes', { 'a.yaml/mine': 'x' }, 'a.yaml'],
    ['an empty folder stands where a file goes', { 'a.yaml/': '' }, 'a.yaml'],
    ['a file stands where a folder goes', { shop: 'x' }, 'shop/a.yaml'],
    ['a file differs only in case', { 'A.yaml': 'x' }, 'a.yaml'],
    ['a folder differs only in case', { 'Shop/mine': 'x' }, 'shop/a.yaml'],
  ])('is an obstacle where %s', (_, mine, file) => {
    put(output, mine);
    expect(() => write({ [file]: 'ours' })).toThrow('OUTPUT_NOT_OURS');
    expect(filesIn(output)).toEqual(mine);
  });

  test('is never written to through a symbolic link', () => {
    put(top, { 'elsewhere/a.yaml': 'mine' });
    fs.mkdirSync(output);
    fs.symlinkSync('../elsewhere', path.join(output, 'shop'));
    fs.symlinkSync('../elsewhere/a.yaml', path.join(output, 'b.yaml'));
    expect(() => write({ 'shop/a.yaml': 'ours' })).toThrow('OUTPUT_NOT_OURS');
    expect(() => write({ 'b.yaml': 'mine' })).toThrow('OUTPUT_NOT_OURS');
    expect(contents(path.join(top, 'elsewhere'))).toEqual({ 'a.yaml': 'mine' });
  });
});

describe('what is ours', () => {
  test('is written as it should be though somebody made it a link', () => {
    put(top, { elsewhere: 'mine' });
    write({ 'a.yaml': 'a' });
    fs.rmSync(path.join(output, 'a.yaml'));
    fs.symlinkSync('../elsewhere', path.join(output, 'a.yaml'));
    write({ 'a.yaml': 'a' });
    expect(contents(top)).toMatchObject({ elsewhere: 'mine', 'dist/a.yaml': 'a' });
  });

  test('is not what lies in a folder that somebody made in its place', () => {
    write({ 'a.yaml': 'a', 'b.yaml': 'b' });
    fs.rmSync(path.join(output, 'a.yaml'));
    put(output, { 'a.yaml/mine': 'x' });
    expect(write({ 'b.yaml': 'b' })).toEqual({ ...nothing, unchanged: ['b.yaml'], foreign: ['a.yaml/mine'] });
    expect(filesIn(output)).toEqual({ 'a.yaml/mine': 'x', 'b.yaml': 'b' });
  });

  test('keeps the rights it was given', () => {
    write({ 'a.yaml': 'a' });
    fs.chmodSync(path.join(output, 'a.yaml'), 0o640);
    write({ 'a.yaml': 'b' });
    expect(fs.statSync(path.join(output, 'a.yaml')).mode & 0o777).toBe(0o640);
  });
});

describe('the record', () => {
  test('is read with the line ends that git gave it', () => {
    write({ 'a.yaml': 'a', 'b.yaml': 'b' });
    const record = path.join(output, '.seaworthy');
    fs.writeFileSync(record, fs.readFileSync(record, 'utf8').replaceAll('\n', '\r\n'));
    expect(write({ 'a.yaml': 'a' }).removed).toEqual(['b.yaml']);
  });

  test('of an unresolved merge counts as the union of both sides', () => {
    write({ 'a.yaml': 'a' });
    put(output, {
      'b.yaml': 'b',
      'c.yaml': 'c',
      '.seaworthy': '# x\na.yaml\n<<<<<<< HEAD\nb.yaml\n=======\nc.yaml\n>>>>>>> other\n',
    });
    expect(write({ 'a.yaml': 'a' }).removed).toEqual(['b.yaml', 'c.yaml']);
  });

  test('of an unresolved merge is clean after a run for a part, too', () => {
    const files = { 'staging/a.yaml': 'a', 'production/b.yaml': 'b' };
    put(output, {
      ...files,
      '.seaworthy': '<<<<<<< HEAD\nproduction/b.yaml\n=======\nstaging/a.yaml\n>>>>>>> other\n',
    });
    write({ 'staging/a.yaml': 'new' }, (file) => file.startsWith('staging/'));
    expect(recordIn(output)).toEqual(['production/b.yaml', 'staging/a.yaml']);
  });

  test('that leads out of the output is refused, and nothing is removed', () => {
    put(top, { victim: 'mine', 'dist/.seaworthy': '# x\n../victim\n' });
    expect(() => write({})).toThrow(/\.seaworthy:2: the path '\.\.\/victim'[^]*OUTPUT_NOT_OURS/);
    expect(contents(top)).toHaveProperty('victim', 'mine');
  });

  test('that is lost makes no file of ours go, or be written over', () => {
    write({ 'a.yaml': 'a', 'b.yaml': 'b' });
    fs.rmSync(path.join(output, '.seaworthy'));
    expect(write({ 'a.yaml': 'a' })).toEqual({ ...nothing, unchanged: ['a.yaml'], foreign: ['b.yaml'] });
    fs.rmSync(path.join(output, '.seaworthy'));
    expect(() => write({ 'a.yaml': 'other' })).toThrow('OUTPUT_NOT_OURS');
  });
});
