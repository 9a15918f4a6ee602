import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import ts from 'typescript';

const ROOT = path.join(__dirname, '../..');

/** Compiles the writer into `folder`, so that plain Node runs it without the start-up of a TypeScript loader. */
export function compileWriter(folder: string): void {
  const sources = fs.readdirSync(path.join(ROOT, 'lib/output')).map((name) => `lib/output/${name}`);
  for (const source of ['lib/text.ts', 'lib/errors.ts', ...sources.filter((name) => name.endsWith('.ts'))]) {
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
    const { outputText } = ts.transpileModule(fs.readFileSync(path.join(ROOT, source), 'utf8'), {
      compilerOptions: options,
    });
    const target = path.join(folder, source.replace(/ts$/, 'js'));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, outputText);
  }
}

/** Puts a script beside the writer in `folder`; `writeOutput` and `args` are in its scope, `say` prints a line. */
export function scriptIn(folder: string, name: string, body: string): string {
  const script = path.join(folder, name);
  const head = [
    `const { writeOutput } = require('./lib/output/write.js');`,
    `const args = process.argv.slice(2);`,
    `const say = (line) => require('node:fs').writeSync(1, line + '\\n');`,
  ];
  fs.writeFileSync(script, [...head, body].join('\n'));
  return script;
}

/** A child that has been started and has said its first line. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

/**
 * Starts `script` and waits for its first line.
 *
 * @throws if it ends without one
 */
export async function start(script: string, ...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const early = ended.then((end) => {
    throw new Error(`${script} ended before its first line: ${String(end)}`);
  });
  await Promise.race([once(createInterface(child.stdout), 'line'), early]);
  return { child, ended };
}

/** A repeatable sequence of numbers from 0 up to 1 (xorshift32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
