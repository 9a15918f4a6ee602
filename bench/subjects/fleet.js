'use strict';
/**
 * An app of WebServices, three objects each (Deployment, Service, ServiceAccount), thirty objects a chart:
 *
 *   node fleet.js <objects> <output folder> [--stdout] [--report]
 *
 * As any app does, it makes its constructs and calls `app.synth()`. With `--report` it prints what that cost. FLEET_IMAGE in
 * the environment is the version of the first service: a change of one object.
 */
const { App, Chart, WebService } = require('seaworthy');
const { report, stopwatch } = require('./report');
const { services } = require('./services');

const [count, outdir, ...flags] = process.argv.slice(2);
const lap = stopwatch();

const app = new App({ outdir });
const charts = new Map();
const all = services(count / 3);
if (process.env.FLEET_IMAGE) all[0].image += `-${process.env.FLEET_IMAGE}`;
for (const { name, team, image, replicas, port, probe, env, resources } of all) {
  if (!charts.has(team)) charts.set(team, new Chart(app, team, { namespace: team }));
  new WebService(charts.get(team), name, { image, replicas, port, env, resources, probe: { http: probe } });
}
const construct = lap();

if (flags.includes('--stdout')) process.stdout.write(app.synthYaml());
else app.synth();
if (flags.includes('--report')) report({ construct, synth: lap() });
