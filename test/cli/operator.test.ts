import { folderWith, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

describe('seaworthy operator manifests', () => {
  it('prints a Dockerfile without running anything', async () => {
    const folder = folderWith({ 'definitions.js': "throw new Error('run');" });
    const { code, stdout } = await seaworthy(folder, [
      'operator',
      'manifests',
      'definitions.js',
      '--dockerfile',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^FROM node:/);
  });

  it.each<[string, Record<string, string>, readonly string[], string]>([
    ['no image', {}, [], 'Missing option --image: the image of the operator. [USAGE]'],
    ['no module', {}, ['--image', 'a:1'], 'definitions.js: no such file [APP_NOT_FOUND]'],
    [
      'a module that throws',
      { 'definitions.js': "throw new Error('no disk');" },
      ['--image', 'a:1'],
      'no disk [APP_FAILED]',
    ],
    [
      'a module without a definition',
      { 'definitions.js': 'exports.kind = { versions: [] };' },
      ['--image', 'a:1'],
      'definitions.js: the module exports no definition of a resource [APP_SILENT]',
    ],
  ])('refuses %s', async (_, files, flags, message) => {
    const folder = folderWith(files);
    const { code, stdout, stderr } = await seaworthy(folder, [
      'operator',
      'manifests',
      'definitions.js',
      ...flags,
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
