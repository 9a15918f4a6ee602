/**
 * The same constructs, synthesized by cdk8s and by us, 300 charts of 30 objects each:
 *
 *   npx jiti bench/synth.ts [rounds]
 *
 * Each run is a process of its own. Only the call of `synth` is timed, not loading and not making the constructs.
 * The constructs are cdk8s's own: `ApiObject` (a third each Deployments, Services and ConfigMaps), and then
 * Deployment, Service and ConfigMap of cdk8s-plus-27. Our KubeObjects stand beside them for comparison.
 */
import type { Cost, Report } from './measure';
import { cpuOf, emptyFolder, interleave, median, printTable, printTitle, ratio } from './measure';
import { requireBuild, rounds, runSubject, seconds, sized, times, wallOf } from './measure';

const CHARTS = sized(300);
const PER_CHART = 30;

requireBuild();
const ROUNDS = rounds(7);

compare('api', 'cdk8s ApiObjects');
compare('plus', 'constructs of cdk8s-plus-27');

function compare(kind: 'api' | 'plus', about: string): void {
  const run =
    (app: string, objects: string = kind) =>
    (): Report<'synth'> =>
      runSubject('objects.js', app, objects, CHARTS, PER_CHART, emptyFolder('synth'));
  const results = interleave<string, Report<'synth'>>(ROUNDS, {
    'cdk8s App.synth': run('cdk8s'),
    'our App.synth': run('seaworthy'),
    'our synth(app), nothing written': run('memory'),
    ...(kind === 'api' ? { 'our App.synth of KubeObjects': run('seaworthy', 'own') } : {}),
  });
  const base = synthOf(results['cdk8s App.synth'] ?? []);
  printTitle(`${CHARTS} charts × ${PER_CHART} ${about}`, ROUNDS);
  printTable(
    ['', 'time', 'CPU', 'faster', 'by CPU', 'peak memory'],
    Object.entries(results).map(([name, reports]) => {
      const costs = synthOf(reports);
      return [
        name,
        seconds(median(wallOf(costs))),
        seconds(median(cpuOf(costs))),
        times(ratio(wallOf(base), wallOf(costs))),
        times(ratio(cpuOf(base), cpuOf(costs))),
        `${Math.round(median(reports.map(({ peak }) => peak)))} MB`,
      ];
    }),
  );
}

function synthOf(reports: readonly Report<'synth'>[]): Cost[] {
  return reports.map(({ synth }) => synth);
}
