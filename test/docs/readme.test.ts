import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, removeFolders, seaworthy } from '../cli/support/cli';
import { packageFolder } from '../cli/support/package';

afterAll(removeFolders);

const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');
const [, PROGRAM = ''] = /```ts\n(import \{ App[^]*?)```/.exec(README) ?? [];

/** The commands of the first console blocks, each with what README says that it prints. */
const blocks = [...README.matchAll(/```console\n([^]*?)```/g)].slice(0, 2).map(([, text = '']) =>
  text
    .split(/^\$ npx seaworthy /m)
    .slice(1)
    .map((part) => part.split(/\n([^]*)/) as [string, string]),
);

function project(): string {
  const folder = folderWith({ 'shop.ts': PROGRAM });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(packageFolder(), join(folder, 'node_modules', 'seaworthy'));
  return folder;
}

const timeless = (text: string): string => text.replace(/in \d+\.\d\d s/, 'in T');

it('the first program of README prints what the block behind it says', async () => {
  const folder = project();
  expect(blocks[0]).toHaveLength(2);
  for (const [command, expected] of blocks[0] ?? []) {
    const { stdout, stderr } = await seaworthy(folder, command.split(' '));
    expect(timeless(stdout + stderr)).toBe(timeless(expected));
  }
});

it('a slip in it is the error that the next block says', async () => {
  const folder = project();
  writeFileSync(join(folder, 'shop.ts'), PROGRAM.replace('replicas', 'replicsa'));
  const [[command, expected] = ['', '']] = blocks[1] ?? [];
  expect((await seaworthy(folder, command.split(' '))).stderr).toBe(expected);
});
