import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { App, Chart, Environment, ManifestSet } from 'seaworthy';

/** What the cluster of the platform has. */
const PROFILE = { clusterIssuer: 'letsencrypt' };

const objects = ManifestSet.parse(readFileSync(join(__dirname, 'platform.yaml'), 'utf8'));
const app = new App({ name: 'platform' });
const chart = new Chart(new Environment(app, 'platform', PROFILE), 'platform');
for (const { object } of objects) {
  const { kind, metadata } = object;
  new ApiObject(chart, `${metadata.namespace ?? ''}-${metadata.name ?? ''}-${kind}`, object);
}
app.synth();
