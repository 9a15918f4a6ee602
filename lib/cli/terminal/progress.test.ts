import { Writable } from 'node:stream';
import { check } from '../../check/check';
import { observeProgress, progress } from '../../manifest/progress';
import { ManifestSet } from '../../manifest/set';
import { plan } from '../../plan/plan';
import { upgrade } from '../../upgrade/upgrade';
import { withProgress, type Printed } from './progress';
import { Terminal, type Output } from './terminal';

/** What a terminal shows of a command that counts to four, half a second each, and then says that it is done. */
async function shown(printed: Printed = {}, env: NodeJS.ProcessEnv = {}, isTTY = true): Promise<string[]> {
  const written: string[] = [];
  const write = (chunk: unknown, _: unknown, done: () => void): void => {
    written.push(String(chunk).replaceAll('\u001b', '^'));
    done();
  };
  const stderr = Object.assign(new Writable({ write }), { isTTY, columns: 80 }) as Output;
  const io = { stdout: new Writable({ write }), stderr, env: { NO_COLOR: '1', ...env }, cwd: '/' };
  const terminal = new Terminal(io);
  let time = 0;
  await withProgress(
    { io, terminal },
    printed,
    () => {
      for (const done of [0, 1, 2, 3]) {
        progress('counting', done, 4);
        time += 500;
      }
      terminal.say('done');
      progress('counting', 4, 4);
      return Promise.resolve();
    },
    () => time,
  );
  progress('counting', 4, 4);
  return written;
}

describe('the progress of a command', () => {
  const LINES = [
    'counting … 2 of 4^[K^[J',
    '\rcounting … 3 of 4^[K^[J',
    '\r^[J',
    'done\n',
    'counting … 4 of 4^[K^[J',
    '\r^[J',
  ];

  it('is shown after a second, and gone at the end', async () => {
    expect(await shown()).toEqual(LINES);
    expect(await shown({ output: [{ format: { name: 'text' } }] })).toEqual(LINES);
    expect(await shown({ output: [{ format: { name: 'json' }, file: 'a.json' }] })).toEqual(LINES);
  });

  it('is not shown where no person waits for it', async () => {
    expect(await shown({}, {}, false)).toEqual(['done\n']);
    expect(await shown({}, { CI: 'true' })).toEqual(['done\n']);
    expect(await shown({ output: [{ format: { name: 'json' } }] })).toEqual(['done\n']);
  });

  it('is that of all long loops over objects', () => {
    const set = ManifestSet.parse('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n');
    const seen = new Set<string>();
    const end = observeProgress((doing, done, total) => {
      if (done < total) seen.add(doing);
    });
    check(set);
    plan(ManifestSet.of([]), set);
    upgrade(set, { from: '1.34', to: '1.35' });
    end();
    check(set);
    expect([...seen]).toEqual([
      'checking objects',
      'running rules',
      'planning objects',
      'looking for consequences',
    ]);
  });
});
