import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { main } from '../../../lib/cli/main';
import { text } from '../generate/texts';
import { stringFor } from '../generate/strings';
import { objects } from '../generate/sets';
import { latestRelease } from '../../../lib/kube/schema';
import { CHECK_FORMATS } from '../../../lib/report/check/formats';
import { PLAN_FORMATS } from '../../../lib/report/plan/formats';
import { printed } from '../printed';
import type { Random } from '../random';
import { Broken, type Target } from '../target';

export type CliInput = {
  readonly command: 'check' | 'plan';
  readonly format: string;
  /** Contents of `a.yaml` and `b.yaml`, as latin1, so that they hold any bytes. */
  readonly files: readonly [string, string];
};

/** Runs the command line on files: it ends with a code of its own and without a stack trace. */
export const cli: Target<CliInput> = {
  name: 'cli',
  weight: 0.5,
  shrinks: ['files'],
  make(random) {
    const command = random.pick(['check', 'plan'] as const);
    const formats = command === 'check' ? CHECK_FORMATS : PLAN_FORMATS;
    return {
      command,
      format: random.pick(formats.map(({ name }) => name)),
      files: [file(random), file(random)],
    };
  },
  async run({ command, format, files }) {
    const folder = mkdtempSync(join(tmpdir(), 'seaworthy-hostile-'));
    try {
      const names = ['a.yaml', 'b.yaml'] as const;
      for (const [index, name] of names.entries())
        writeFileSync(join(folder, name), files[index] ?? '', 'latin1');
      const argv = [command, ...names, '--output', format];
      const [stdout, stderr] = [new Recorder(), new Recorder()];
      const code = await main(argv, { stdout, stderr, env: {}, cwd: folder });
      judged(code, stdout.text, stderr.text, format);
      return `exit code ${code}\n${stderr.text}`;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function file(random: Random): string {
  const content = random.chance(60)
    ? random.chance(50)
      ? text(random)
      : JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects(random, latestRelease) })
    : `${text(random)}\n# ${stringFor('', random)}`;
  const bytes = Buffer.from(content, random.chance(3) ? 'utf16le' : 'utf8');
  if (random.chance(10) && bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256);
  return bytes.toString('latin1');
}

function judged(code: number, stdout: string, stderr: string, format: string): void {
  if (![0, 1, 2].includes(code)) throw new Broken('the exit code is 0, 1 or 2', String(code));
  if (/^ {4}at .*:\d+:\d+\)?$/m.test(stderr) || /internal error|unexpected error/i.test(stderr))
    throw new Broken('an error has a code', stderr);
  if (stdout !== '') printed(format, stdout);
  else if (code === 2 && stderr.trim() === '') throw new Broken('broken input has a report or a message', '');
}

class Recorder extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
