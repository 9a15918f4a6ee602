/**
 * `helm template` against an app of ours that renders the same objects, each a whole process from its start:
 *
 *   npx jiti bench/helm.ts [rounds]
 *
 * The 9,000 objects are those of 3,000 WebServices. The chart `fleet-chart/` renders them from a list of values; before
 * anything is timed, both outputs are read and compared. Helm is fetched once into `.cache/`, for Linux.
 */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ManifestSet } from 'seaworthy';
import { fleet } from './fleet';
import { cpuOf, emptyFolder, interleave, median, outputOf, printTable, printTitle, ratio } from './measure';
import { requireBuild, rounds, seconds, sized, timeProcess, times, wallOf } from './measure';

const OBJECTS = 3 * sized(3000);

requireBuild();
const ROUNDS = rounds(9);
const { helm, app, synth } = fleet(OBJECTS);

compareOutputs(outputOf(helm()), outputOf(app('--stdout')));

const written = (name: string): string => emptyFolder(join('fleet', name));
const results = interleave(ROUNDS, {
  'helm template': () => timeProcess(helm()),
  'our app, printing': () => timeProcess(app('--stdout')),
  'seaworthy synth --stdout': () => timeProcess(synth('--stdout')),
  'helm template --output-dir': () => timeProcess(helm('--output-dir', written('helm'))),
  'our app, writing': () => timeProcess(app(written('app'))),
  'seaworthy synth --no-check': () => timeProcess(synth('--no-check', '--output', written('plain'))),
  'seaworthy synth': () => timeProcess(synth('--output', written('dist'))),
});

printTitle(`${OBJECTS} objects, whole processes`, ROUNDS);
const base = results['helm template'];
printTable(
  ['', 'time', 'CPU', "of Helm's time", 'of its CPU'],
  Object.entries(results).map(([name, costs]) => [
    name,
    seconds(median(wallOf(costs))),
    seconds(median(cpuOf(costs))),
    times(ratio(wallOf(costs), wallOf(base))),
    times(ratio(cpuOf(costs), cpuOf(base))),
  ]),
);

/** Says how alike what the two render is. */
function compareOutputs(theirs: string, ours: string): void {
  const wanted = new Map(
    [...ManifestSet.parse(theirs)].map(({ id, object }) => [JSON.stringify(id), object]),
  );
  const made = [...ManifestSet.parse(ours)];
  const equal = made.filter(({ id, object }) => isDeepStrictEqual(object, wanted.get(JSON.stringify(id))));
  const size = (text: string): string => `${(text.length / 1e6).toFixed(1)} MB`;
  console.log(`Helm renders ${wanted.size} objects, ${size(theirs)}; our app ${made.length}, ${size(ours)}.`);
  console.log(`${equal.length} of them are equal, field by field.`);
}
