/**
 * The command lines on `apps/hello`, each a whole process from its start, with the same loader for the app (jiti):
 *
 *   npx jiti bench/cli.ts [rounds]
 *
 * Below that, what such a process spends its time on.
 */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, Cost } from './measure';
import { cpuOf, emptyFolder, interleave, median, printTable, printTitle, ratio } from './measure';
import { requireBuild, ROOT, rounds, seconds, timeProcess, times, wallOf } from './measure';

requireBuild();
const ROUNDS = rounds(11);

// A project below the repository, so that it finds the same packages.
const project = emptyFolder('hello');
cpSync(join(ROOT, 'apps', 'hello'), project, { recursive: true });
writeFileSync(join(project, 'cdk8s.yaml'), 'language: typescript\napp: jiti main.ts\noutput: dist\n');

// npx finds both commands here, as in a project that depends on them; else it would link and build this package first.
const commands = join(project, 'node_modules', '.bin');
mkdirSync(commands, { recursive: true });
symlinkSync(join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s'), join(commands, 'cdk8s'));
symlinkSync(join(ROOT, 'bin', 'seaworthy.js'), join(commands, 'seaworthy'));

const node = (...args: string[]): Command => ({ program: process.execPath, args, cwd: project });
const npx = (...args: string[]): Command => ({ program: 'npx', args, cwd: project });
const bin = (path: string): string => join(ROOT, path);
const jiti = (code: string): Command =>
  node(
    '-e',
    `require(${JSON.stringify(bin('node_modules/jiti'))}).createJiti(${JSON.stringify(project)})${code}`,
  );

compare('Whole processes', 'npx cdk8s synth', {
  'npx cdk8s synth': npx('cdk8s', 'synth'),
  'npx seaworthy synth': npx('seaworthy', 'synth'),
  'cdk8s synth, without npx': node(bin('node_modules/cdk8s-cli/bin/cdk8s'), 'synth'),
  'seaworthy synth, without npx': node(bin('bin/seaworthy.js'), 'synth'),
});

compare('What it is spent on', 'node starts', {
  'node starts': node('-e', '0'),
  '… and loads cdk8s': node('-e', "require('cdk8s')"),
  '… and loads seaworthy': node('-e', "require('seaworthy')"),
  '… and loads seaworthy/testing': node('-e', "require('seaworthy/testing')"),
  '… and loads jiti': jiti(''),
  'the app by itself, through jiti': jiti(".import('./main.ts')"),
  'seaworthy --version': node(bin('bin/seaworthy.js'), '--version'),
  'seaworthy check of a file': node(bin('bin/seaworthy.js'), 'check', bin('dist/hello/hello.yaml')),
});

function compare(title: string, base: string, commands: Record<string, Command>): void {
  const run = ([name, command]: [string, Command]): [string, () => Cost] => [
    name,
    () => timeProcess(command),
  ];
  const results = interleave(ROUNDS, Object.fromEntries(Object.entries(commands).map(run)));
  printTitle(`${title}: apps/hello`, ROUNDS);
  const bases = results[base] ?? [];
  printTable(
    ['', 'time', 'CPU', `of ${base}`, 'by CPU'],
    Object.entries(results).map(([name, costs]) => [
      name,
      seconds(median(wallOf(costs))),
      seconds(median(cpuOf(costs))),
      times(ratio(wallOf(costs), wallOf(bases))),
      times(ratio(cpuOf(costs), cpuOf(bases))),
    ]),
  );
}
