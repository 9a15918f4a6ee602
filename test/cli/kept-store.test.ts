import fc from 'fast-check';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import ts from 'typescript';
import { Store } from '../../lib/cli/kept/store';
import { effort } from '../effort';
import { dieAt, failOnce, systemError, watched, type Watch } from '../output/faults';
import { emptyFolder, remove } from '../output/outputs';
import { compileWriter, randomFrom, start } from '../output/processes';
import { removeFolders, seaworthy, type Answer } from './support/cli';
import { packageFolder } from './support/package';

const KEY = 'of everything it follows from';
const MOST = 2 ** 26;

/** A value that shows whether all of it is there. */
interface Value {
  readonly size: number;
  readonly fill: string;
}

const valueOf = (size: number): Value => ({ size, fill: 'x'.repeat(size) });

let top: string;
let count = 0;

beforeAll(() => {
  top = emptyFolder();
  compileWriter(top);
  const source = join(__dirname, '../../lib/cli/kept/store.ts');
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  const { outputText } = ts.transpileModule(fs.readFileSync(source, 'utf8'), { compilerOptions: options });
  fs.mkdirSync(join(top, 'lib/cli/kept'), { recursive: true });
  fs.writeFileSync(join(top, 'lib/cli/kept/store.js'), outputText);
});

afterAll(() => {
  remove(top);
  removeFolders();
});

function folder(): string {
  return join(top, `store-${count++}`);
}

/** The one entry of a store. */
function entryIn(store: string): string {
  const [name = '', ...others] = fs.readdirSync(store);
  expect(others).toEqual([]);
  return join(store, name);
}

describe('a store whose disk fails', () => {
  /** Writes half of the text, as a disk does that is full then. */
  const full = (target: number): Watch => {
    let isOurs = false;
    return (name, [path, text], number) => {
      if (isOurs || number !== target) return;
      if (name === 'writeFileSync') {
        isOurs = true;
        fs.writeFileSync(path as string, (text as Buffer).subarray(0, (text as Buffer).length / 2));
        isOurs = false;
      }
      throw systemError('ENOSPC', path);
    };
  };

  it.each<[what: string, watch: (target: number) => Watch]>([
    ['is full', full],
    ['is read-only', (target) => failOnce(target, 'EROFS')],
    ['denies access', (target) => failOnce(target, 'EACCES')],
    ['is gone', (target) => failOnce(target, 'EIO')],
  ])('at any call as it %s keeps a whole value, the old or the new one, and no draft', (_, watch) => {
    const [old, fresh] = [valueOf(100), valueOf(5000)];
    const calls = watched(
      () => undefined,
      () => new Store(folder()).write('a', KEY, old),
    );
    expect(calls).toBeGreaterThan(4);
    for (let target = 0; target < calls + 2; target++) {
      const store = folder();
      new Store(store).write('a', KEY, old);
      watched(watch(target), () => new Store(store).write('a', KEY, fresh));
      expect([old, fresh]).toContainEqual(new Store(store).read('a', KEY));
      entryIn(store);
      watched(watch(target), () => {
        expect([undefined, old, fresh]).toContainEqual(new Store(store).read('a', KEY));
      });
    }
  });

  it('keeps a whole value whatever the call at which its process ends', () => {
    const [old, fresh] = [valueOf(100), valueOf(5000)];
    for (let target = 0; target < 10; target++) {
      const store = folder();
      new Store(store).write('a', KEY, old);
      watched(dieAt(target), () => new Store(store).write('a', KEY, fresh));
      expect([old, fresh]).toContainEqual(new Store(store).read('a', KEY));
      new Store(store).write('a', KEY, fresh);
      expect(new Store(store).read('a', KEY)).toEqual(fresh);
    }
  });
});

describe('a store in whose folder others write', () => {
  it('takes no entry that was changed, cut, extended or moved', () => {
    const store = folder();
    const kept = new Store(store);
    kept.write('a', KEY, valueOf(200));
    const [entry, whole] = [entryIn(store), fs.readFileSync(entryIn(store))];
    kept.write('b', 'another key', valueOf(3));
    const other = fs.readdirSync(store).map((name) => join(store, name));
    const foreign = fs.readFileSync(other.find((path) => path !== entry) ?? '');
    const changed = fc.oneof(
      fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
        const copy = Buffer.from(whole);
        copy[at] = (whole[at] ?? 0) ^ by;
        return copy;
      }),
      fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      fc.uint8Array({ minLength: 1 }).map((more) => Buffer.concat([whole, more])),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.constant(foreign),
    );
    fc.assert(
      fc.property(changed, (bytes) => {
        fs.writeFileSync(entry, bytes);
        expect(kept.read('a', KEY)).toBeUndefined();
      }),
      { numRuns: effort(200, 20_000) },
    );
    kept.write('a', KEY, valueOf(7));
    expect(kept.read('a', KEY)).toEqual(valueOf(7));
  });

  it.each<[what: string, put: (path: string) => void]>([
    ['a folder', (path) => fs.mkdirSync(path)],
    ['a link', (path) => fs.symlinkSync('/dev/zero', path)],
    ['a link to itself', (path) => fs.symlinkSync(path, path)],
    [
      'a file too large to be an entry',
      (path) => fs.writeFileSync(path, '') ?? fs.truncateSync(path, 2 ** 25),
    ],
    ['an entry of nothing', (path) => fs.writeFileSync(path, '')],
  ])('reads nothing of %s in the place of an entry, and says nothing', (_, put) => {
    const store = folder();
    const kept = new Store(store);
    kept.write('a', KEY, valueOf(3));
    const entry = entryIn(store);
    fs.rmSync(entry);
    put(entry);
    expect(kept.read('a', KEY)).toBeUndefined();
    kept.write('a', KEY, valueOf(4));
    expect([undefined, valueOf(4)]).toContainEqual(kept.read('a', KEY));
  });
});

describe('a store that is full', () => {
  /** Files of no size on the disk, as old as their place in the list. */
  function fill(store: string, names: readonly string[], size: number): void {
    for (const [age, name] of names.entries()) {
      const path = join(store, name);
      if (name.endsWith('/')) fs.mkdirSync(path);
      else {
        fs.writeFileSync(path, '');
        fs.truncateSync(path, size);
      }
      const then = fs.statSync(path).mtimeMs / 1000 - 60 * (age + 1);
      fs.utimesSync(path, then, then);
    }
  }

  it('removes what was written first, drafts of killed runs too, and goes on behind what it cannot remove', () => {
    const store = folder();
    const kept = new Store(store);
    kept.write('a', KEY, valueOf(3));
    fill(store, ['new', 'newer.123', 'middle', 'old.4', 'folder/', 'older'], MOST / 4);
    kept.write('b', KEY, valueOf(4));
    expect(kept.read('b', KEY)).toEqual(valueOf(4));
    expect(kept.read('a', KEY)).toEqual(valueOf(3));
    const left = fs.readdirSync(store).filter((name) => name.length < 64);
    expect(left.sort()).toEqual(['folder', 'middle', 'new', 'newer.123']);
  });

  it('keeps what it has just written where others say they are of tomorrow', () => {
    const store = folder();
    fs.mkdirSync(store);
    fill(store, ['a', 'b'], MOST);
    const tomorrow = fs.statSync(store).mtimeMs / 1000 + 86_400;
    for (const name of ['a', 'b']) fs.utimesSync(join(store, name), tomorrow, tomorrow);
    const kept = new Store(store);
    kept.write('c', KEY, valueOf(4));
    expect(kept.read('c', KEY)).toEqual(valueOf(4));
    expect(fs.readdirSync(store)).toHaveLength(1);
  });
});

/** Writes for ever, and reads what it and others have written; a line for the first, and one for each that is not whole. */
const WRITER = `
  const { Store } = require('./lib/cli/kept/store.js');
  const [folder, seed] = process.argv.slice(2);
  const say = (line) => require('node:fs').writeSync(1, line + '\\n');
  const store = new Store(folder);
  let state = Number(seed) | 1;
  const random = () => { state ^= state << 13; state ^= state >>> 17; state ^= state << 5; return state >>> 0; };
  for (let n = 0; ; n++) {
    const size = random() % 200000;
    const name = 'name-' + (random() % 3);
    store.write(name, ${JSON.stringify(KEY)}, { size, fill: 'x'.repeat(size) });
    if (n === 0) say('began');
    const value = store.read(name, ${JSON.stringify(KEY)});
    if (value === undefined || value.fill.length !== value.size) say('not whole');
  }
`;

describe('a store that several write to', () => {
  const seed = randomInt(2 ** 31);
  const random = randomFrom(seed);

  /** Starts writers, and kills each at a moment of its own. @returns what they said, from the second line on */
  async function killed(store: string, writers: number): Promise<string> {
    const script = join(top, 'writer.js');
    fs.writeFileSync(script, WRITER);
    const said = await Promise.all(
      Array.from({ length: writers }, async () => {
        const { child, ended } = await start(script, store, String(Math.floor(random() * 2 ** 31)));
        let text = '';
        child.stdout?.on('data', (more: Buffer) => (text += more.toString()));
        await delay(random() * 60);
        child.kill('SIGKILL');
        await ended;
        return text;
      }),
    );
    return said.join('');
  }

  it('holds whole values whenever they are killed', async () => {
    const store = folder();
    for (let round = 0; round < effort(3, 60); round++) {
      expect({ seed, said: await killed(store, 3) }).toEqual({ seed, said: '' });
      const kept = new Store(store);
      for (const name of ['name-0', 'name-1', 'name-2']) {
        const value = kept.read(name, KEY) as Value | undefined;
        expect(value?.fill.length).toBe(value?.size);
      }
      kept.write('name-0', KEY, valueOf(round));
      expect(kept.read('name-0', KEY)).toEqual(valueOf(round));
    }
  }, 600_000);
});

describe('the command line, killed', () => {
  const OBJECTS = Array.from(
    { length: 40 },
    (_, index) =>
      `---\napiVersion: v1\nkind: Pod\nmetadata: { name: p${index} }\nspec: { containers: [{ name: a, image: nginx }] }\n`,
  ).join('');
  const bin = join(packageFolder(), 'bin', 'seaworthy.js');

  it('comes to the verdict that it comes to without what is kept, one after the other or at once', async () => {
    const [project, cache] = [emptyFolder(), emptyFolder()];
    fs.writeFileSync(join(project, 'pods.yaml'), OBJECTS);
    const env = { XDG_CACHE_HOME: cache, PATH: process.env['PATH'] };
    const random = randomFrom(randomInt(2 ** 31));
    const plain = await seaworthy(project, ['check', 'pods.yaml', '--no-cache'], { env });
    const run = async (life?: number): Promise<Answer> => {
      const child = spawn(process.execPath, [bin, 'check', 'pods.yaml'], { cwd: project, env });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (more: Buffer) => (stdout += more.toString()));
      child.stderr.on('data', (more: Buffer) => (stderr += more.toString()));
      const closed = once(child, 'close') as Promise<[number | null]>;
      if (life !== undefined) void delay(life).then(() => child.kill('SIGKILL'));
      const [code] = await closed;
      return { code: code ?? -1, stdout, stderr };
    };
    const began = performance.now();
    expect(await run()).toEqual(plain);
    const span = performance.now() - began;
    for (let round = 0; round < effort(2, 40); round++) {
      fs.rmSync(join(cache, 'seaworthy', 'verdicts'), { recursive: true, force: true });
      await Promise.all([run(random() * span), run(random() * span)]);
      const answers = await Promise.all([run(), run()]);
      expect(answers).toEqual([plain, plain]);
      expect(await seaworthy(project, ['check', 'pods.yaml'], { env })).toEqual(plain);
    }
    for (const each of [project, cache]) remove(each);
  }, 600_000);
});
