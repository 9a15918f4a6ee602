import fs from 'node:fs';
import path from 'node:path';
import { SeaworthyError } from '../../lib/errors';
import { recoverOutput, writeOutput } from '../../lib/output/write';
import { both, dieAt, failOnce, overlay, systemError, type Watch, watched } from './faults';
import { asFiles, contents, emptyFolder, filesIn, leftoversOf, put, remove } from './outputs';

// The name with a dot sorts before the record's: the order in which an old output is deleted must not depend on names.
const before = {
  '.stale.yaml': 'stale',
  'shop/same.yaml': 'same',
  'shop/changed.yaml': 'before',
  'old/stale.yaml': 'stale',
};
const after = { 'shop/same.yaml': 'same', 'shop/changed.yaml': 'after', 'new/new.yaml': 'new' };
const foreign = { README: 'mine', 'notes/todo': 'mine', 'empty/': '' };
const link = { link: '-> README' };
const whole = { before: { ...before, ...foreign, ...link }, after: { ...after, ...foreign, ...link } };

let top: string;
let output: string;

/** An earlier output with foreign files, a link and an empty folder in it. */
function prepare(): void {
  if (top !== undefined) remove(top);
  top = emptyFolder();
  output = path.join(top, 'dist');
  writeOutput(output, asFiles(before));
  put(output, foreign);
  fs.symlinkSync('README', path.join(output, 'link'));
}

afterEach(() => remove(top));

function write(): void {
  writeOutput(output, asFiles(after));
}

/** The code of the error that `step` ends with, if it does; an error without one is a mistake. */
function codeOfFailure(step: () => void): string | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    return error instanceof SeaworthyError ? error.code : String(error);
  }
}

/** Whether a dying process throws or finishes what it may leave undone is its own affair. */
function dying(step: () => void): void {
  try {
    step();
  } catch {
    // What counts is what it leaves behind.
  }
}

/** Which of the two the output is; neither is a mixture. */
function state(folder = output): 'before' | 'after' | 'absent' | 'mixture' {
  if (!fs.existsSync(folder)) return 'absent';
  const files = JSON.stringify(filesIn(folder));
  const sorted = (record: object): string =>
    JSON.stringify(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))));
  if (sorted(JSON.parse(files) as object) === sorted(whole.before)) return 'before';
  return sorted(JSON.parse(files) as object) === sorted(whole.after) ? 'after' : 'mixture';
}

/** How many calls a whole run makes. */
function countCalls(watch: Watch = () => undefined): number {
  prepare();
  const calls = watched(watch, write);
  expect(state()).toBe('after');
  return calls;
}

const onOverlay: Watch = (...call) => overlay(output)(...call);
const plainly: Watch = () => undefined;

describe.each([
  ['', plainly],
  [' on an overlay file system', onOverlay],
])('a run%s', (_, watch) => {
  test('in which any one call fails leaves the old output or the new', () => {
    const seen = new Set<string>();
    for (let target = countCalls(watch) - 1; target >= 0; target--) {
      prepare();
      let code: string | undefined;
      watched(both(watch, failOnce(target, 'ENOSPC')), () => {
        code = codeOfFailure(write);
      });
      const expected = code === undefined ? 'after' : 'before, OUTPUT_UNWRITABLE';
      expect([target, [state(), code].filter(Boolean).join(', ')]).toEqual([target, expected]);
      seen.add(state());
      write();
      expect([target, state(), leftoversOf(output)]).toEqual([target, 'after', []]);
    }
    expect([...seen].sort()).toEqual(['after', 'before']);
  });

  test('that dies at any call leaves the old output or the new', () => {
    const seen = new Set<string>();
    for (let target = countCalls(watch) - 1; target >= 0; target--) {
      prepare();
      watched(both(watch, dieAt(target)), () => dying(write));
      const found = state();
      seen.add(found);
      const allowed =
        watch === plainly ? ['before', 'after', 'absent'] : ['before', 'after', 'absent', 'mixture'];
      expect([target, allowed.includes(found)]).toEqual([target, true]);
      const aside = leftoversOf(output).filter((name) => /-(?:old|undo)$/.test(name));
      const old = aside.map((name) => state(path.join(top, name)));
      expect([target, found, found === 'absent' ? old : ['before']]).toEqual([target, found, ['before']]);
      expect(watched(plainly, () => recoverOutput(output))).toBeGreaterThan(0);
      expect([target, ['before', 'after'].includes(state()), leftoversOf(output)]).toEqual([
        target,
        true,
        [],
      ]);
      write();
      expect([target, state()]).toEqual([target, 'after']);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['before', 'after', 'absent']));
  });

  test('that dies in mending what a dead run left is mended by the next', () => {
    // The last calls of a run are its swap, and what it leaves undone there takes the next one some calls to mend.
    const calls = countCalls(watch);
    for (let death = calls - 40; death < calls; death += 3) {
      for (let target = 0; target < 40; target += 7) {
        prepare();
        watched(both(watch, dieAt(death)), () => dying(write));
        watched(both(watch, dieAt(target)), () => dying(() => recoverOutput(output)));
        recoverOutput(output);
        expect([death, target, ['before', 'after'].includes(state()), leftoversOf(output)]).toEqual([
          death,
          target,
          true,
          [],
        ]);
      }
    }
  });
});

test('a first run that fails leaves neither an output nor the folders above it', () => {
  top = emptyFolder();
  output = path.join(top, 'a/b/dist');
  const full: Watch = (name, [file]) => {
    if (name === 'writeFileSync') throw systemError('ENOSPC', file);
  };
  expect(() => watched(full, write)).toThrow(/no space is left[^]*OUTPUT_UNWRITABLE[^]*Free some space/);
  expect(contents(top)).toEqual({});
});

test.each([
  ['ENOSPC', 'no space is left', 'Free some space'],
  ['EDQUOT', 'no space is left', 'Free some space'],
  ['EACCES', 'permission denied', 'fix the permissions'],
  ['EROFS', 'read-only', 'another output'],
  ['EIO', 'EIO: injected', 'another output'],
])('%s is said in words, with a way out', (code, message, hint) => {
  prepare();
  const failing: Watch = (name, [file]) => {
    if (name === 'mkdirSync') throw systemError(code, file);
  };
  expect(() => watched(failing, write)).toThrow(new RegExp(`${message}[^]*OUTPUT_UNWRITABLE[^]*${hint}`));
  expect([state(), leftoversOf(output)]).toEqual(['before', []]);
});

test('an error names the file of the output at fault, not the one that was to take its place', () => {
  prepare();
  const readOnly: Watch = (name, [file]) => {
    if (name === 'writeFileSync' && String(file).endsWith('new.yaml')) throw systemError('EROFS', undefined);
  };
  expect(() => watched(readOnly, write)).toThrow(
    `${output}/new/new.yaml: its file system is read-only (EROFS) [OUTPUT_UNWRITABLE]`,
  );
});

test('an output that is a mount point is refused, since it cannot be replaced in one step', () => {
  prepare();
  const mounted: Watch = (name, [from]) => {
    if (name === 'renameSync' && from === output) throw systemError('EBUSY', from);
  };
  expect(() => watched(mounted, write)).toThrow(
    /dist: the folder is a mount point[^]*Choose a folder of its own below the mount/,
  );
  expect([state(), leftoversOf(output)]).toEqual(['before', []]);
});

test('a mount point inside the output is refused, since its files would go with the old output', () => {
  prepare();
  const original = fs.lstatSync;
  const spy = jest.spyOn(fs, 'lstatSync').mockImplementation(((file: string, options?: object) => {
    const stats = original(file, options);
    return file === path.join(output, 'notes') ? Object.assign(stats as object, { dev: -1 }) : stats;
  }) as typeof fs.lstatSync);
  expect(write).toThrow(/dist\/notes: another file system is mounted here[^]*OUTPUT_UNWRITABLE/);
  spy.mockRestore();
  expect([state(), leftoversOf(output)]).toEqual(['before', []]);
});

test('where the file system has no hard links, what stays is copied with its times and rights', () => {
  prepare();
  fs.chmodSync(path.join(output, 'README'), 0o640);
  fs.utimesSync(path.join(output, 'README'), 1000, 2000);
  const noLinks: Watch = (name, [from]) => {
    if (name === 'linkSync') throw systemError('EPERM', from);
  };
  watched(noLinks, write);
  expect([state(), leftoversOf(output)]).toEqual(['after', []]);
  const { mode, mtimeMs } = fs.statSync(path.join(output, 'README'));
  expect([mode & 0o777, mtimeMs]).toEqual([0o640, 2_000_000]);
});

describe('while a run is at work', () => {
  /** Does `action` once, just before the old output is renamed aside. */
  function meanwhile(action: () => void): Watch {
    let isDone = false;
    return (name, [from]) => {
      if (isDone || name !== 'renameSync' || from !== output) return;
      isDone = true;
      action();
    };
  }

  test('a file that somebody puts into the output is not lost', () => {
    prepare();
    watched(
      meanwhile(() => put(output, { 'late/note': 'mine', another: 'mine' })),
      write,
    );
    expect(filesIn(output)).toEqual({ ...whole.after, 'late/note': 'mine', another: 'mine' });
    expect(leftoversOf(output)).toEqual([]);
  });

  test('what an editor saves is not lost, whether in place or as a new file', () => {
    prepare();
    const saveAll = (): void => {
      fs.writeFileSync(path.join(output, 'README'), 'mine, edited');
      fs.writeFileSync(path.join(output, 'notes/new'), 'mine, edited');
      fs.renameSync(path.join(output, 'notes/new'), path.join(output, 'notes/todo'));
    };
    watched(meanwhile(saveAll), write);
    expect(filesIn(output)).toEqual({ ...whole.after, README: 'mine, edited', 'notes/todo': 'mine, edited' });
  });

  test.each([1, 2, 3, 4])(
    'an output that another run sets aside and puts back is one with a record (%d)',
    (at) => {
      prepare();
      const aside = `${output}-set-aside`;
      let looked = 0;
      let isAside = false;
      let isBusy = false;
      const move = (from: string, to: string): void => {
        isBusy = true;
        fs.renameSync(from, to);
        isBusy = false;
        isAside = !isAside;
      };
      watched((name, [from]) => {
        if (isBusy) return;
        if (isAside) move(aside, output);
        else if (name === 'lstatSync' && from === path.join(output, '.seaworthy') && ++looked === at)
          move(output, aside);
      }, write);
      expect([state(), isAside]).toEqual(['after', false]);
    },
  );

  test('what another run writes is not lost', () => {
    prepare();
    const files = { ...before, 'production/a.yaml': 'theirs' };
    const isOurs = (file: string): boolean => !file.startsWith('production/');
    watched(
      meanwhile(() => writeOutput(output, asFiles(files))),
      () => writeOutput(output, asFiles(after), { owns: isOurs }),
    );
    expect(filesIn(output)).toEqual({ ...whole.after, 'production/a.yaml': 'theirs' });
    expect(leftoversOf(output)).toEqual([]);
  });

  test('an output that another process creates first is kept in mind', () => {
    top = emptyFolder();
    output = path.join(top, 'dist');
    let isDone = false;
    const first: Watch = (name, [, to]) => {
      if (isDone || name !== 'renameSync' || to !== output) return;
      isDone = true;
      put(output, { README: 'mine' });
    };
    watched(first, write);
    expect(filesIn(output)).toEqual({ ...after, README: 'mine' });
  });

  test('an output that changes faster than it can be written is an error, not a wait without end', () => {
    prepare();
    let changes = 0;
    const always: Watch = (name, [from]) => {
      if (name !== 'renameSync' || from !== output) return;
      fs.rmSync(path.join(output, '.seaworthy'));
      fs.writeFileSync(
        path.join(output, '.seaworthy'),
        ['# again', ...Object.keys(before), `x${changes++}`, ''].join('\n'),
      );
    };
    expect(() => watched(always, write)).toThrow(
      /another process keeps changing this folder[^]*OUTPUT_UNWRITABLE/,
    );
    expect([state(), leftoversOf(output)]).toEqual(['before', []]);
  });
});

test('an old output that cannot be deleted is in the way of no later run', () => {
  prepare();
  const stuck: Watch = (name, [file]) => {
    if (name.startsWith('rm') && String(file).includes('-gone')) throw systemError('EBUSY', file);
  };
  for (const files of [after, before, after]) watched(stuck, () => writeOutput(output, asFiles(files)));
  expect(state()).toBe('after');
  recoverOutput(output);
  expect([state(), leftoversOf(output)]).toEqual(['after', []]);
});

describe('what lies beside the output', () => {
  const deadPid = 2 ** 31 - 1;

  test('of a run that may still be at work stays', () => {
    prepare();
    put(top, { [`.dist.seaworthy-${process.ppid}-1-new/a.yaml`]: 'theirs' });
    write();
    expect(leftoversOf(output)).toEqual([`.dist.seaworthy-${process.ppid}-1-new`]);
  });

  test.each(['new', 'copy', 'gone', 'old'])('of a dead run goes: %s', (role) => {
    prepare();
    put(top, {
      [`.dist.seaworthy-${deadPid}-1-${role}/.seaworthy`]: '# x\na.yaml\n',
      [`.dist.seaworthy-${deadPid}-1-${role}/a.yaml`]: 'a',
    });
    write();
    expect([state(), leftoversOf(output)]).toEqual(['after', []]);
  });

  test('of other outputs and other tools stays', () => {
    prepare();
    const others = {
      [`.dist2.seaworthy-${deadPid}-1-new/x`]: '',
      '.dist.seaworthy-notes/x': '',
      [`.dist.seaworthy-${deadPid}-1-new.bak/x`]: '',
    };
    put(top, others);
    write();
    expect(contents(top)).toMatchObject(others);
  });

  test('of a run that stopped between its two renames becomes the output again, after a wait', () => {
    prepare();
    fs.renameSync(output, path.join(top, `.dist.seaworthy-${process.ppid}-1-old`));
    recoverOutput(output);
    expect([state(), leftoversOf(output)]).toEqual(['before', []]);
  });

  test('is what a dry run compares with, when the output itself is missing', () => {
    prepare();
    fs.renameSync(output, path.join(top, `.dist.seaworthy-${deadPid}-1-old`));
    expect(writeOutput(output, asFiles(after), { dryRun: true }).unchanged).toEqual(['shop/same.yaml']);
    expect([state(), leftoversOf(output)]).toEqual(['absent', [`.dist.seaworthy-${deadPid}-1-old`]]);
  });

  test('does not bring back an output that somebody deleted', () => {
    prepare();
    fs.renameSync(output, path.join(top, `.dist.seaworthy-${deadPid}-1-gone`));
    recoverOutput(output);
    expect([state(), leftoversOf(output)]).toEqual(['absent', []]);
  });
});
