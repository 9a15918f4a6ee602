import { createColors } from 'picocolors';
import { fit } from '../../lib/fit/fit';
import { losses } from '../../lib/fit/losses';
import { ManifestSet } from '../../lib/manifest/set';
import { plan } from '../../lib/plan/plan';
import { FIT_FORMATS } from '../../lib/report/fit/formats';
import { PLAN_FORMATS } from '../../lib/report/plan/formats';
import { UPGRADE_FORMATS } from '../../lib/report/upgrade/formats';
import { upgrade } from '../../lib/upgrade/upgrade';

const paint = createColors(false);
const version = '0.1.0';

/** The printer of pages in a list of formats. */
function printer<Print>(formats: readonly { readonly name: string; readonly print: Print }[]): Print {
  const found = formats.find(({ name }) => name === 'html');
  if (found === undefined) throw new Error('no format html');
  return found.print;
}

const workload = (image: string, cpu: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: "${image}", resources: { requests: { cpu: "${cpu}" } } }] }
---
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: shop }
stringData: { password: "battery-${cpu}-staple" }
`;

test('the page of a plan has the verdict, the changed fields and no secret, old or new', () => {
  const before = ManifestSet.parse(workload('shop:<b>1</b>', '1'));
  const after = ManifestSet.parse(workload('shop:<b>2</b>', '2'));
  const html = printer(PLAN_FORMATS)(
    {
      version,
      before: { name: '<old>' },
      after: { name: 'new' },
      parts: [{ place: '', changes: plan(before, after).changes }],
      mode: 'change',
      apply: 'server-side',
      refused: [],
      full: false,
    },
    paint,
  );
  expect(html).toContain('1 rolled out');
  expect(html).toContain('&lt;old&gt; → new');
  expect(html).toContain('<code>spec.template.spec.containers[0].image</code>');
  expect(html).toContain('shop:&lt;b&gt;2&lt;/b&gt;');
  expect(html).not.toMatch(/battery-[12]-staple/);
  expect(html).toContain('<a href="#object=Deployment.apps/shop/api">');
  expect(html).toContain('id="object=Secret/shop/login"');
});

test('the page of a fit says what stays pending and why, and shows each node with its pods', () => {
  const set = ManifestSet.parse(workload('shop:1', '600m'));
  const nodes = [{ name: 'node-<1>', allocatable: { cpu: '1', memory: '1Gi', pods: '10' } }];
  const found = fit(set, nodes);
  const part = { environment: null, fit: found, manifests: set.manifests };
  const html = printer(FIT_FORMATS)({ version, parts: [part] }, paint);
  expect(html).toContain('Failed</span> 1 of 3 pods finds a node, 2 stay pending');
  expect(html).toContain('Insufficient cpu');
  expect(html).toContain('<code>node-&lt;1&gt;</code>');
  expect(html).toContain('cpu 60 %');
  expect(html).toMatch(/<li><a href="#object=Deployment.apps\/shop\/api">Pod shop\/api-\w+<\/a><\/li>/);
  expect(html).toContain('Made by Seaworthy 0.1.0');
  expect(html).not.toContain('battery-600m-staple');
});

test('the page of a fit says what stays pending without each zone and node', () => {
  const set = ManifestSet.parse(workload('shop:1', '600m'));
  const nodes = ['a', 'b', 'c'].map((zone) => ({
    name: `node-${zone}`,
    labels: { 'topology.kubernetes.io/zone': `zone-${zone}` },
    allocatable: { cpu: '1', memory: '1Gi', pods: '10' },
  }));
  const lost = losses(set, nodes, {}, 3);
  expect(lost.map(({ name, what, fit: { pending } }) => [what, name, pending.length])).toEqual([
    ['zone', 'zone-a', 1],
    ['zone', 'zone-b', 1],
    ['zone', 'zone-c', 1],
    ['node', 'node-a', 1],
    ['node', 'node-b', 1],
    ['node', 'node-c', 1],
  ]);
  const html = printer(FIT_FORMATS)(
    { parts: [{ environment: null, fit: fit(set, nodes), losses: () => lost }] },
    paint,
  );
  expect(html).toContain('Without zone zone-b: 2 of 3 pods find a node, 1 stays pending');
});

test('the page of an upgrade has a table of objects by releases, and the release that stops each', () => {
  const set = ManifestSet.parse(`
apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
kind: FlowSchema
metadata: { name: "slow" }
spec: { priorityLevelConfiguration: { name: exempt } }
`);
  const parts = upgrade(set, { from: '1.31', to: '1.33' }).clusters.map((cluster) => ({
    ...cluster,
    manifests: set.manifests,
  }));
  const html = printer(UPGRADE_FORMATS)({ version, parts, fallback: 'cdk8s.yaml' }, paint);
  expect(html).toContain(
    'Failed</span> 1 of 1 object with something to look at, from Kubernetes 1.31 to 1.33',
  );
  expect(html).toContain('<th scope="col">1.32</th>');
  expect(html).toContain('<span class="mark removed">removed</span>');
  expect(html).toMatch(/<h3>1\.32: <a [^>]*><code>FlowSchema slow<\/code><\/a><\/h3>/);
});
