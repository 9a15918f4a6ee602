'use strict';
/**
 * Charts of a WebService each, and a ConfigMap that holds what stands in settings.json of the working directory:
 *
 *   node charts.js <charts>
 */
const { readFileSync } = require('node:fs');
const { App, Chart, KubeObject, WebService } = require('seaworthy');

const app = new App();
for (let chart = 0; chart < Number(process.argv[2]); chart++)
  new WebService(new Chart(app, `chart-${chart}`, { namespace: `team-${chart % 10}` }), 'web', {
    image: `registry.example/team/web-${chart}:1.4.2`,
    port: 8080,
    resources: { cpu: '100m', memory: '128Mi' },
    probe: { http: '/healthz' },
  });
new KubeObject(new Chart(app, 'settings', { namespace: 'team-0' }), 'settings', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {},
  content: () => ({ data: JSON.parse(readFileSync('settings.json', 'utf8')) }),
});
app.synth();
