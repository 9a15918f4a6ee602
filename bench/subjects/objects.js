'use strict';
/**
 * Charts full of plain objects (a third each Deployments, Services and ConfigMaps), synthesized once:
 *
 *   node objects.js <app> <objects> <charts> <objects per chart> <output folder>
 *
 * `app`: `cdk8s` is cdk8s's App and Chart with its `App.synth`; `seaworthy` is our App and Chart with ours;
 * `memory` is the same with `synth(app)` alone, which writes nothing.
 * `objects`: `api` are cdk8s ApiObjects, `plus` constructs of cdk8s-plus-27, `own` our KubeObjects.
 */
const cdk8s = require('cdk8s');
const seaworthy = require('seaworthy');
const { report, stopwatch } = require('./report');

const [engine, kind, charts, perChart, outdir] = process.argv.slice(2);
const lap = stopwatch();

const { App, Chart } = engine === 'cdk8s' ? cdk8s : seaworthy;
const app = new App({ outdir });
for (let chart = 0; chart < Number(charts); chart++) {
  const scope = new Chart(app, `chart-${chart}`, { namespace: `team-${chart % 10}` });
  for (let index = 0; index < Number(perChart); index++) make(kind, scope, `object-${index}`, index);
}
const construct = lap();

if (engine === 'memory') seaworthy.synth(app);
else app.synth();
report({ construct, synth: lap() });

function make(kind, scope, id, index) {
  if (kind === 'plus') return makePlus(scope, id, index);
  const object = [deployment, service, configMap][index % 3](`${scope.node.id}-${id}`, index);
  if (kind === 'api') return new cdk8s.ApiObject(scope, id, object);
  const { apiVersion, kind: objectKind, metadata, ...fields } = object;
  return new seaworthy.KubeObject(scope, id, {
    apiVersion,
    kind: objectKind,
    metadata,
    content: () => fields,
  });
}

function makePlus(scope, id, index) {
  const plus = require('cdk8s-plus-27');
  if (index % 3 === 2) return new plus.ConfigMap(scope, id, { data: configMap(id, index).data });
  if (index % 3 === 1) {
    return new plus.Service(scope, id, {
      ports: [{ port: 80, targetPort: 8080 }],
      selector: plus.Pods.select(scope, `${id}-pods`, { labels: { app: id } }),
    });
  }
  const containers = [{ image: `registry.example/${id}:1.${index}`, portNumber: 8080 }];
  return new plus.Deployment(scope, id, { containers });
}

function deployment(name, index) {
  const container = {
    name: 'main',
    image: `registry.example/${name}:1.${index}`,
    ports: [{ containerPort: 8080, name: 'http' }],
    env: [
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'PORT', value: '8080' },
    ],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
  };
  const template = { metadata: { labels: { app: name } }, spec: { containers: [container] } };
  const spec = { replicas: 2, selector: { matchLabels: { app: name } }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, labels: { app: name } }, spec };
}

function service(name) {
  const spec = { selector: { app: name }, ports: [{ port: 80, targetPort: 'http' }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, labels: { app: name } }, spec };
}

function configMap(name, index) {
  const data = { 'app.properties': `level=info\nport=8080\nindex=${index}\n`, REGION: 'eu-central-1' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels: { app: name } }, data };
}
