import { join } from 'node:path';
import { Checking } from '../../../check/checking';
import type { Piece } from '../../../check/pieces';
import { RULES } from '../../../check/registry';
import { defineRule } from '../../../check/rule';
import { ManifestSet } from '../../../manifest/set';
import { exampleOf } from '../../../../scripts/docs/examples';
import { folderWith, removeFolders } from '../../../../test/cli/support/cli';
import { packageFolder } from '../../../../test/cli/support/package';
import type { Gathered } from '../../files/gather';
import { Claims } from './claims';
import { Crew } from './crew';
import type { Job } from './job';

afterAll(removeFolders);

const TAKES_ALL = `
const { parentPort } = require('node:worker_threads');
const shared = await new Promise((resolve) => {
  parentPort.on('message', (message) => message.shared && resolve(message.shared));
});
new Int32Array(shared).fill(1);`;

const NOTHING: Gathered = { texts: [], built: [], faulty: [], skipped: [], found: [] };
const YAML = RULES.map(({ name }) => exampleOf(name)?.failing ?? '').join('\n---\n');
const FACTS = { name: 'own/rule', severity: 'error', about: 'a', why: 'b' } as const;

const JOB: Job = {
  args: ['-'],
  cwd: '/',
  files: { ...NOTHING, texts: [{ shown: '<stdin>', named: true, text: YAML }] },
  assumed: { assume: { paths: [], gathered: NOTHING }, crds: { paths: [], gathered: NOTHING } },
  options: { preset: 'strict' },
  own: [FACTS],
};

/** A check of the same, with a custom rule that runs `run`. */
function checkingWith(run: () => void): Checking {
  const set = ManifestSet.parse(YAML, { source: '<stdin>' });
  return new Checking(set, { preset: 'strict', rules: [defineRule({ ...FACTS, run })] });
}

const build = (): string => join(packageFolder(), 'build', 'cli-check-threads-worker.js');
const doNothing = (): void => undefined;

function alone(checking = checkingWith(doNothing)): unknown {
  return checking.findings(checking.pieces.map(({ run }) => run()));
}

describe('threads of a check', () => {
  it('find what one thread does, and leave to it what shares the graph of references, and custom rules', async () => {
    const ranHere = new Set<Piece['needs']>();
    const others = (): number[] =>
      [...checking.pieces.keys()].filter((piece) =>
        ['nothing', 'pods'].includes(checking.pieces[piece]?.needs ?? ''),
      );
    // This thread waits until the other one has begun all that it may, however slow that is.
    const checking = checkingWith(() => {
      const seen = new Int32Array(claims.shared);
      const still = new Int32Array(new SharedArrayBuffer(4));
      for (let waits = 0; waits < 6000 && others().some((piece) => seen[piece] === 0); waits += 1)
        Atomics.wait(still, 0, 0, 10);
    });
    const claims = Claims.of(checking.pieces.length);
    const noting = checking.pieces.map((piece) => ({
      ...piece,
      run: () => {
        ranHere.add(piece.needs);
        return piece.run();
      },
    }));
    const crew = Crew.start(JOB, 2, build());
    expect(checking.findings((await crew?.run(noting, claims)) ?? [])).toEqual(alone());
    expect([...ranHere].sort()).toEqual(['own', 'world']);
    crew?.end();
  }, 120_000);

  it.each([
    ['ends at once', 'process.exit(1);'],
    ['throws', "throw new Error('no memory');"],
    ['ends with pieces that it has begun', `${TAKES_ALL} process.exit(1);`],
    ['answers something else', `${TAKES_ALL} parentPort.postMessage([]);`],
  ])('are not missed where one %s', async (_, code) => {
    const folder = folderWith({ 'thread.js': `(async () => { ${code} })();` });
    const crew = Crew.start(JOB, 3, join(folder, 'thread.js'));
    const checking = checkingWith(doNothing);
    const found = await crew?.run(checking.pieces);
    expect(checking.findings(found ?? [])).toEqual(alone());
    crew?.end();
  });

  it('throw what the first piece throws that does', async () => {
    const failing = (): never => {
      throw new Error('of the user');
    };
    const checking = checkingWith(failing);
    const crew = Crew.start(JOB, 2, build());
    await expect(crew?.run(checking.pieces)).rejects.toMatchObject({ code: 'RULE_FAILED' });
    const earlier = checking.pieces.map((piece, index) =>
      index === 1
        ? {
            ...piece,
            needs: 'own' as const,
            run: () => {
              throw new RangeError('earlier');
            },
          }
        : piece,
    );
    await expect(Crew.start(JOB, 2, build())?.run(earlier)).rejects.toThrow('earlier');
    crew?.end();
  });

  it('are none where the code of a thread is not there, or what they need cannot be passed on', () => {
    expect(Crew.start(JOB, 2, '/nowhere.js')).toBeUndefined();
    expect(Crew.start(JOB, 1, build())).toBeUndefined();
    const options = { kubernetes: (() => '1.31') as unknown as string };
    expect(Crew.start({ ...JOB, options }, 2, build())).toBeUndefined();
  });
});
