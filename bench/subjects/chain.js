'use strict';
/**
 * Charts of one object each, every one dependent on the one before:
 *
 *   node chain.js <charts> <output folder>
 */
const { ApiObject } = require('cdk8s');
const { App, Chart } = require('seaworthy');
const { report, stopwatch } = require('./report');

const [count, outdir] = process.argv.slice(2);
const lap = stopwatch();

const app = new App({ outdir });
let before;
for (let number = 0; number < Number(count); number++) {
  const chart = new Chart(app, `chart-${number}`);
  new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'ConfigMap', data: {} });
  if (before !== undefined) chart.addDependency(before);
  before = chart;
}
const construct = lap();

app.synth();
report({ construct, synth: lap() });
