/**
 * What `check` takes with all its rules, and how that grows, beside kubeconform on the same files:
 *
 *   npx jiti bench/check.ts [rounds]
 *
 * The objects are those of apps/, as they are rendered, over and over in namespaces of their own; a file holds one copy
 * of all apps. kubeconform reads JSON schemas that are made from our data. It looks at one object at a time, and
 * checks types and fields; custom resources have no schema and are left out there.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copies, writeCopies } from './copies';
import { builtIn, kubeconform, kubeconformBinary, writeSchemas } from './kubeconform';
import type { Command, Cost, Report } from './measure';
import { cpuOf, emptyFolder, interleave, median, printTable, printTitle, ROOT } from './measure';
import { requireBuild, rounds, runSubject, seconds, sized, slope, timeProcess, wallOf } from './measure';

const COUNTS = [1_000, 10_000, 30_000].map((count) => sized(count));
const PRESETS = ['recommended', 'strict'] as const;

/** Strict would fail for the custom resources, whose definitions are not among the apps. */
const QUIET = ['--rule', 'admission/no-definition=warning'];

/** What a contestant took; once more in the same process, and its peak memory in MB, where that is known. */
interface Run {
  readonly whole: Cost;
  readonly again?: Cost;
  readonly peak?: number;
}

requireBuild();
const ROUNDS = rounds(3);
emptyFolder('check');
const binary = kubeconformBinary();
if (binary === undefined)
  console.error('there is neither kubeconform nor Go to build it: its rows are missing');
const contestants = COUNTS.flatMap(contestantsOf);
const results = interleave<string, Run>(ROUNDS, Object.fromEntries(contestants));

printTitle('Objects of apps/, checked', ROUNDS);
printTable(
  ['', ...COUNTS.flatMap((count) => [count.toLocaleString('en'), 'CPU', 'memory']), 'slope by CPU'],
  [
    ...PRESETS.flatMap((preset) => [
      row(`${preset}, from memory, at first`, preset),
      row(`${preset}, from memory, once more`, preset, ({ again, whole }) => again ?? whole),
    ]),
    ...PRESETS.map((preset) => row(`seaworthy check --preset ${preset}, whole process`, `${preset} files`)),
    ...(binary === undefined ? [] : [row('kubeconform, 1 thread, whole process', 'kubeconform')]),
  ],
);

function contestantsOf(count: number): [string, () => Run][] {
  const apps = copies(count);
  const files = emptyFolder(`check/${count}`);
  const json = join(files, '..', `${count}.json`);
  const schemas = join(files, '..', 'schemas');
  writeFileSync(json, JSON.stringify(apps.flat()));
  writeCopies(files, apps);
  writeSchemas(schemas, builtIn(apps[0] ?? []));
  const command = (preset: string): Command => ({
    program: process.execPath,
    args: [join(ROOT, 'bin', 'seaworthy.js'), 'check', files, '--preset', preset, ...QUIET],
    cwd: files,
  });
  return [
    ...PRESETS.flatMap((preset): [string, () => Run][] => [
      [`${preset} ${count}`, () => inMemory(preset, json)],
      [`${preset} files ${count}`, () => ({ whole: timeProcess(command(preset)) })],
    ]),
    ...(binary === undefined
      ? []
      : [
          [
            `kubeconform ${count}`,
            (): Run => ({ whole: timeProcess(kubeconform(binary, schemas, files, 1)) }),
          ] as [string, () => Run],
        ]),
  ];
}

function inMemory(preset: string, json: string): Run {
  const { cold, warm, peak }: Report<'cold' | 'warm'> = runSubject('check.js', preset, json);
  return { whole: cold, again: warm, peak };
}

function row(name: string, contestant: string, costOf = ({ whole }: Run): Cost => whole): string[] {
  const of = (count: number): readonly Run[] => results[`${contestant} ${count}`] ?? [];
  const cpu = (count: number): number => median(cpuOf(of(count).map(costOf)));
  const cells = COUNTS.flatMap((count) => {
    const peak = median(of(count).map((run) => run.peak ?? NaN));
    const memory = Number.isNaN(peak) ? '' : `${Math.round(peak)} MB`;
    return [seconds(median(wallOf(of(count).map(costOf)))), seconds(cpu(count)), memory];
  });
  return [name, ...cells, slope(COUNTS, cpu).toFixed(2)];
}
