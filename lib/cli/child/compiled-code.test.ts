import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'sucrase';
import { folderWith, removeFolders } from '../../../test/cli/support/cli';

afterAll(removeFolders);

const MODULE = `
const { two } = require('./importing.js');
module.exports = async () => [(() => 'one')(), await two(), require('./three.json').name].join();
`;

const START = `
const { keepCompiledCode } = require('./compiled-code.js');
process.once('exit', keepCompiledCode({ folders: [__dirname + '/modules/'], cache: __dirname + '/cache' }));
require('./modules/words.js')().then((text) => process.stdout.write(text));
`;

/** A program whose modules are kept, in a folder of its own. */
function program(): {
  run: () => string;
  entry: () => string;
  write: (text: string) => void;
  folder: string;
} {
  const source = readFileSync(join(__dirname, 'compiled-code.ts'), 'utf8');
  const { code } = transform(source, { transforms: ['typescript', 'imports'] });
  const folder = folderWith({
    'compiled-code.js': code,
    'start.js': START,
    'modules/words.js': MODULE,
    // Left to Node: it could not import anything else.
    'modules/importing.js': "exports.two = async () => (await import('./other.mjs')).default;",
    'modules/other.mjs': "export default 'two';",
    'modules/three.json': '{ "name": "three" }',
  });
  const cache = join(folder, 'cache');
  return {
    folder,
    run: () => execFileSync(process.execPath, [join(folder, 'start.js')], { encoding: 'utf8' }),
    entry: () => {
      const [build = ''] = readdirSync(cache);
      const [name = '', ...more] = readdirSync(join(cache, build));
      expect(more).toEqual([]);
      return join(cache, build, name);
    },
    write: (text) => writeFileSync(join(folder, 'modules', 'words.js'), text),
  };
}

describe('compiled code', () => {
  it('is kept for the next run, which writes nothing', () => {
    const { run, entry } = program();
    expect(run()).toBe('one,two,three');
    const kept = entry();
    const before = readFileSync(kept);
    // Old, so that a second write would show.
    utimesSync(kept, 1, 1);
    expect(run()).toBe('one,two,three');
    expect(readFileSync(kept)).toEqual(before);
    expect(statSync(kept).mtimeMs).toBe(1000);
  });

  it('is that of the text that is run, and of no other text of the same length', () => {
    const { run, write } = program();
    run();
    write(MODULE.replace("'one'", "'ten'"));
    expect(run()).toBe('ten,two,three');
  });

  it('is made anew where an entry is cut off, or is no code', () => {
    const { run, entry } = program();
    run();
    const whole = readFileSync(entry());
    const junk = Buffer.alloc(500, 7);
    const foreign = Buffer.concat([createHash('sha1').update(junk).digest(), junk]);
    for (const bad of [whole.subarray(0, whole.length - 9), Buffer.alloc(0), foreign]) {
      writeFileSync(entry(), bad);
      expect(run()).toBe('one,two,three');
      expect(readFileSync(entry()).equals(bad)).toBe(false);
    }
  });

  it('is not needed where it cannot be written', () => {
    const { run, folder } = program();
    writeFileSync(join(folder, 'cache'), 'a file');
    expect(run()).toBe('one,two,three');
  });

  it('is kept for the last four builds', () => {
    const { run, folder } = program();
    const cache = join(folder, 'cache');
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      mkdirSync(join(cache, name), { recursive: true });
      utimesSync(join(cache, name), 1, 1);
    }
    run();
    expect(readdirSync(cache)).toHaveLength(4);
    expect(readdirSync(cache).some((name) => name.length === 40)).toBe(true);
  });
});
