'use strict';
/**
 * Constructs made and rendered in memory, with or without their lines of code:
 *
 *   node traced.js WebServices|ApiObjects <objects> traced|untraced
 *
 * Our App remembers the lines; cdk8s's own does not, and is rendered by the same engine.
 */
const cdk8s = require('cdk8s');
const { App, Chart, WebService, synth } = require('seaworthy');
const { report, stopwatch } = require('./report');
const { services } = require('./services');

const [subject, count, mode] = process.argv.slice(2);
const lap = stopwatch();

const app = mode === 'traced' ? new App() : new cdk8s.App();
if (subject === 'WebServices') makeServices();
else makeObjects();
const construct = lap();

synth(app);
report({ construct, synth: lap() });

function makeServices() {
  const chart = new Chart(app, 'fleet');
  for (const { name, image, replicas, port, probe, env, resources } of services(count / 3)) {
    new WebService(chart, name, { image, replicas, port, env, resources, probe: { http: probe } });
  }
}

function makeObjects() {
  const chart = new Chart(app, 'fleet');
  for (let index = 0; index < Number(count); index++) {
    const labels = { app: `object-${index}` };
    new cdk8s.ApiObject(chart, `object-${index}`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { labels },
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    });
  }
}
