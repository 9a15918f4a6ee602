/**
 * `seaworthy synth` of 1,200 objects in two environments for one target, for another one, and for four at once:
 *
 *   npx jiti bench/gitops.ts [rounds]
 *
 * Whole processes, which start, run the app and write to an empty folder; nothing is checked, so that writing counts most.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cost } from './measure';
import { cpuOf, emptyFolder, interleave, median, printTable, printTitle, ratio } from './measure';
import { requireBuild, ROOT, rounds, seconds, sized, timeProcess, times, wallOf } from './measure';

const SERVICES = 2 * sized(150);

const APP = `
  const { App, Chart, Environment, WebService } = require(${JSON.stringify(ROOT)});
  const app = new App({ name: 'fleet' });
  for (const name of ['staging', 'production']) {
    const environment = new Environment(app, name, { installed: ['argo-cd', 'flux'] });
    for (let index = 0; index < ${SERVICES / 2}; index++) {
      const chart = new Chart(environment, 'team-' + (index % 15) + '-' + index, { namespace: 'team-' + (index % 15) });
      new WebService(chart, 'api', { image: 'registry.example/api:1.' + index, port: 8080, replicas: 2, probe: { http: '/healthz' } });
    }
  }
  app.synth();
`;

requireBuild();
const ROUNDS = rounds(5);
const folder = emptyFolder('gitops');
writeFileSync(join(folder, 'main.js'), APP);
writeFileSync(join(folder, 'package.json'), '{}');
writeFileSync(
  join(folder, 'cdk8s.yaml'),
  'app: node main.js\nseaworthy: { repository: { url: https://github.com/acme/deploy.git } }\n',
);

const run =
  (...targets: readonly string[]) =>
  (): Cost => {
    const output = emptyFolder(join('gitops', 'out', targets.join('-')));
    const bin = join(ROOT, 'bin', 'seaworthy.js');
    const args = [bin, 'synth', '--no-check', '--output', output, '--target', targets.join(',')];
    return timeProcess({ program: process.execPath, args, cwd: folder });
  };
const costs = interleave(ROUNDS, {
  kubectl: run('kubectl'),
  argocd: run('argocd'),
  flux: run('flux'),
  'kubectl, kustomize, argocd and flux': run('kubectl', 'kustomize', 'argocd', 'flux'),
});
const base = costs.argocd;
printTitle(`${SERVICES} WebServices for targets`, ROUNDS);
printTable(
  ['', 'time', 'CPU', 'of argocd alone', 'by CPU'],
  Object.entries(costs).map(([name, own]) => [
    name,
    seconds(median(wallOf(own))),
    seconds(median(cpuOf(own))),
    times(ratio(wallOf(own), wallOf(base))),
    times(ratio(cpuOf(own), cpuOf(base))),
  ]),
);
