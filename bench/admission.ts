/**
 * How many objects admission judges in a second, beside kubeconform, and how much memory ten thousand take:
 *
 *   npx jiti bench/admission.ts [rounds]
 *
 * The objects are those of the tests, of nearly every kind, over and over under other names. Both sides judge the
 * same files, one object each, in processes of their own. kubeconform reads JSON schemas that are made from our data,
 * since those that it would fetch are not at hand; it checks types and fields, and nothing else.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { emitYaml } from '../lib/manifest/yaml/emit';
import { parseDocuments } from '../lib/manifest/yaml/parse';
import { kubeconform, kubeconformBinary, writeSchemas } from './kubeconform';
import type { Cost } from './measure';
import { cpuOf, emptyFolder, interleave, median, printTable, printTitle, ratio, ROOT } from './measure';
import { requireBuild, rounds, runSubject, sized, subject, timeProcess, times, wallOf } from './measure';

const COUNT = sized(10_000);
const BASES = join(ROOT, 'test', 'apiserver', 'admission', 'facts', 'bases.yaml');
const CORES = cpus().length;

/** Kinds whose names follow from their specs. */
const NAMED_BY_SPEC = ['APIService', 'CustomResourceDefinition', 'IPAddress'];

interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string };
}

requireBuild();
const ROUNDS = rounds(5);
const bases = parseDocuments(readFileSync(BASES, 'utf8'))
  .map(({ value }) => value as KubeObject)
  .filter(({ metadata: { name } }) => name !== undefined);
const objects = Array.from({ length: Math.ceil(COUNT / bases.length) }, (_, index) =>
  bases.map((base) => renamed(base, index)),
)
  .flat()
  .slice(0, COUNT);

const folder = emptyFolder('admission');
const [files, schemas, json] = [
  emptyFolder('admission/files'),
  join(folder, 'schemas'),
  join(folder, 'all.json'),
];
writeFileSync(json, JSON.stringify(objects));
for (const [index, object] of objects.entries())
  writeFileSync(join(files, `${index}.yaml`), emitYaml(object));
writeSchemas(schemas, bases);

const binary = kubeconformBinary();
if (binary === undefined)
  console.error('there is neither kubeconform nor Go to build it: its rows are empty');
/** The cost of all objects; once more in the same process, and its peak memory in MB, where that is known. */
interface Run {
  readonly whole: Cost;
  readonly again?: Cost;
  readonly peak?: number;
}

const judge = (threads: number) => (): Run => ({
  whole:
    binary === undefined
      ? { wall: NaN, cpu: NaN }
      : timeProcess(kubeconform(binary, schemas, files, threads)),
});

const results = interleave<'memory' | 'files' | 'one' | 'all', Run>(ROUNDS, {
  memory: () => {
    const { cold, warm, peak } = runSubject<'cold' | 'warm'>('admit.js', 'memory', json);
    return { whole: cold, again: warm, peak };
  },
  files: () => ({ whole: timeProcess(subject('admit.js', 'files', files)) }),
  one: judge(1),
  all: judge(CORES),
});
const wholes = (runs: readonly Run[]): Cost[] => runs.map(({ whole }) => whole);
const again = results.memory.map(({ again: cost, whole }) => cost ?? whole);

printTitle(`${COUNT.toLocaleString('en')} objects, ${bases.length} different ones, judged`, ROUNDS);
printTable(
  ['', 'objects a second', 'by CPU', `of kubeconform on ${CORES}`, 'peak memory'],
  [
    row('from memory, at first', wholes(results.memory)),
    row('from memory, once more', again, median(results.memory.map(({ peak }) => peak ?? NaN))),
    row(
      'from files, whole process',
      wholes(results.files),
      runSubject<'whole'>('admit.js', 'files', files).peak,
    ),
    row('kubeconform, 1 thread', wholes(results.one)),
    row(`kubeconform, ${CORES} threads`, wholes(results.all)),
  ],
);

function row(name: string, costs: readonly Cost[], peak?: number): string[] {
  const perSecond = (milliseconds: number): string =>
    Number.isFinite(milliseconds) ? Math.round((COUNT / milliseconds) * 1000).toLocaleString('en') : '–';
  return [
    name,
    perSecond(median(wallOf(costs))),
    perSecond(median(cpuOf(costs))),
    times(ratio(wallOf(wholes(results.all)), wallOf(costs))),
    peak === undefined ? '' : `${Math.round(peak)} MB`,
  ];
}

function renamed(base: KubeObject, index: number): KubeObject {
  const { name } = base.metadata;
  if (NAMED_BY_SPEC.includes(base.kind)) return base;
  return { ...base, metadata: { ...base.metadata, name: `${name ?? base.kind}-${index}` } };
}
