import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeOutput } from '../../lib/output/write';
import { asFiles, contents, emptyFolder, filesIn, leftoversOf, put, remove } from './outputs';

let top: string;

beforeEach(() => {
  top = emptyFolder();
});

afterEach(() => {
  jest.restoreAllMocks();
  remove(top);
});

function write(directory: string, files: Readonly<Record<string, string>> = { 'a.yaml': 'a' }): unknown {
  return writeOutput(directory, asFiles(files));
}

describe('an output is refused, and nothing changes, when it is', () => {
  test('the root of the file system', () => {
    expect(() => write('/')).toThrow(/root of the file system[^]*OUTPUT_NOT_OURS/);
  });

  test('the home folder, or holds it', () => {
    put(top, { 'home/me/notes': 'mine' });
    jest.spyOn(os, 'homedir').mockReturnValue(path.join(top, 'home/me'));
    expect(() => write(path.join(top, 'home/me'))).toThrow(/home folder[^]*OUTPUT_NOT_OURS/);
    expect(() => write(path.join(top, 'home'))).toThrow(/home folder[^]*OUTPUT_NOT_OURS/);
    expect(contents(top)).toEqual({ 'home/me/notes': 'mine' });
  });

  test('the current folder, or holds it', () => {
    put(top, { 'project/apps/': '' });
    jest.spyOn(process, 'cwd').mockReturnValue(path.join(top, 'project/apps'));
    for (const given of ['project/apps', 'project', '']) {
      expect(() => write(path.join(top, given))).toThrow(/current folder[^]*OUTPUT_NOT_OURS[^]*such as dist/);
    }
    expect(contents(top)).toEqual({ 'project/apps/': '' });
    write(path.join(top, 'project/apps/dist'));
    write(path.join(top, 'project/apps-rendered'));
    expect(contents(top)).toMatchObject({
      'project/apps/dist/a.yaml': 'a',
      'project/apps-rendered/a.yaml': 'a',
    });
  });

  test.each(['.git/', '.git', 'package.json', 'cdk8s.yaml'])('a project with %s at its top', (mark) => {
    put(top, { [`gitops/${mark}`]: '' });
    expect(() => write(path.join(top, 'gitops'))).toThrow(/so it is more than an output[^]*OUTPUT_NOT_OURS/);
    write(path.join(top, 'gitops/manifests'));
    expect(contents(top)).toEqual({
      [`gitops/${mark}`]: '',
      'gitops/manifests/.seaworthy': expect.any(String) as string,
      'gitops/manifests/a.yaml': 'a',
    });
  });

  test('a file', () => {
    put(top, { dist: 'mine' });
    expect(() => write(path.join(top, 'dist'))).toThrow(/this is not a folder[^]*OUTPUT_UNWRITABLE/);
    expect(contents(top)).toEqual({ dist: 'mine' });
  });

  test('below a file', () => {
    put(top, { file: 'mine' });
    expect(() => write(path.join(top, 'file/a/dist'))).toThrow(
      /file\/a\/dist: a part of the path is a file[^]*OUTPUT_UNWRITABLE/,
    );
    expect(contents(top)).toEqual({ file: 'mine' });
  });

  test('a symbolic link to nowhere', () => {
    fs.symlinkSync('nowhere', path.join(top, 'dist'));
    expect(() => write(path.join(top, 'dist'))).toThrow(/points nowhere[^]*OUTPUT_UNWRITABLE/);
    expect(contents(top)).toEqual({ dist: '-> nowhere' });
  });

  test('a name that is too long', () => {
    expect(() => write(path.join(top, 'd'.repeat(300)))).toThrow(/name is too long[^]*OUTPUT_UNWRITABLE/);
    expect(() => write(path.join(top, 'a/b', 'd'.repeat(250)))).toThrow(
      /name is too long[^]*OUTPUT_UNWRITABLE/,
    );
    expect(contents(top)).toEqual({});
  });
});

test('an output may hold what it recorded itself, whatever it is called', () => {
  const dist = path.join(top, 'dist');
  write(dist, { 'cdk8s.yaml': 'a chart' });
  write(dist, { 'cdk8s.yaml': 'a chart', 'b.yaml': 'b' });
  expect(filesIn(dist)).toEqual({ 'b.yaml': 'b', 'cdk8s.yaml': 'a chart' });
});

test('a file whose name is too long is named, and the earlier output stays', () => {
  const dist = path.join(top, 'dist');
  write(dist);
  expect(() => write(dist, { [`shop/${'x'.repeat(300)}.yaml`]: 'x' })).toThrow(
    /dist\/shop\/x{300}\.yaml: the name is too long[^]*OUTPUT_UNWRITABLE/,
  );
  expect(filesIn(dist)).toEqual({ 'a.yaml': 'a' });
  expect(leftoversOf(dist)).toEqual([]);
});

test('a symbolic link to the output stays, and what it points to is replaced', () => {
  put(top, { 'elsewhere/real/README': 'mine', 'project/': '' });
  fs.symlinkSync('../elsewhere/real', path.join(top, 'project/dist'));
  write(path.join(top, 'project/dist'), { 'a.yaml': '1' });
  write(path.join(top, 'project/dist'), { 'a.yaml': '2' });
  expect(contents(path.join(top, 'project'))).toEqual({ dist: '-> ../elsewhere/real' });
  expect(filesIn(path.join(top, 'elsewhere/real'))).toEqual({ 'a.yaml': '2', README: 'mine' });
  expect(leftoversOf(path.join(top, 'elsewhere/real'))).toEqual([]);
});

test('a path that leads out of the output is refused before anything is written', () => {
  const dist = path.join(top, 'dist');
  expect(() => write(dist, { 'a.yaml': 'a', '../b.yaml': 'b' })).toThrow(
    "'../b.yaml' has an empty part, '.' or '..' in it",
  );
  expect(contents(top)).toEqual({});
});
