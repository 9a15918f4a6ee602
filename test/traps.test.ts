import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App as Cdk8sApp, Chart as Cdk8sChart, Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { AppProps } from '../lib';
import { App, Chart, check, ConfigMap, ManifestSet, Worker } from '../lib';

/** What cdk8s-plus-27 emits, and what `check` says of it. What our constructs do instead: constructs/cdk8s-traps.test.ts. */

const image = 'ghcr.io/acme/app:1.0.0';
const securityContext = { ensureNonRoot: true, user: 1000 };
const container = { image, portNumber: 8080, securityContext };

function deployment(
  chart: Cdk8sChart,
  props: Partial<kplus.DeploymentProps> = {},
  id = 'app',
): kplus.Deployment {
  return new kplus.Deployment(chart, id, { containers: [container], ...props });
}

/** The findings in what a program of cdk8s-plus emits, without those that every such program has. */
function told(build: (chart: Cdk8sChart) => unknown): readonly string[] {
  const chart = new Cdk8sChart(new Cdk8sApp(), 'shop', {
    namespace: 'shop',
    disableResourceNameHashes: true,
  });
  build(chart);
  const findings = check(ManifestSet.of(chart.toJson() as unknown[]));
  return findings.map(({ rule, id, path }) => `${rule} ${id.kind} ${path}`);
}

const pod = 'spec.template.spec';

it.each<[string, (chart: Cdk8sChart) => unknown, string]>([
  [
    'a startup probe of an init container',
    (chart) => deployment(chart).addInitContainer({ ...container, name: 'init', portNumber: 80 }),
    `admission/forbidden Deployment ${pod}.initContainers[0].startupProbe`,
  ],
  [
    'a privileged container that may not escalate',
    (chart) =>
      deployment(chart, {
        containers: [{ image, securityContext: { privileged: true, allowPrivilegeEscalation: false } }],
      }),
    `admission/invalid Deployment ${pod}.containers[0].securityContext`,
  ],
  [
    'a capability with its prefix',
    (chart) =>
      deployment(chart, {
        containers: [
          { image, securityContext: { ...securityContext, capabilities: { add: [kplus.Capability.CHOWN] } } },
        ],
      }),
    `policy/capabilities Deployment ${pod}.containers[0].securityContext.capabilities.add[0]`,
  ],
  [
    'a selector that the template does not match',
    (chart) => deployment(chart, { select: false }).select(kplus.LabelSelector.of({ labels: { app: 'x' } })),
    'admission/invalid Deployment spec.template.metadata.labels',
  ],
  [
    'two containers of one name',
    (chart) => deployment(chart).addContainer({ image, securityContext }),
    `admission/duplicate Deployment ${pod}.containers[1].name`,
  ],
  [
    'a claim without a size',
    (chart) => new kplus.PersistentVolumeClaim(chart, 'data'),
    'admission/required PersistentVolumeClaim spec.resources[storage]',
  ],
  [
    'a volume whose name has dots',
    (chart) =>
      deployment(chart).containers[0]?.mount(
        '/x',
        kplus.Volume.fromConfigMap(
          chart,
          'v',
          new kplus.ConfigMap(chart, 'c', { metadata: { name: 'app.config.v1' } }) as never,
        ),
      ),
    `admission/invalid Deployment ${pod}.volumes[0].name`,
  ],
  [
    'two mounts at one path',
    (chart) =>
      ['a', 'b'].reduce((app, name) => {
        app.containers[0]?.mount('/x', kplus.Volume.fromEmptyDir(chart, name, name));
        return app;
      }, deployment(chart)),
    `admission/invalid Deployment ${pod}.containers[0].volumeMounts[1].mountPath`,
  ],
  [
    'a ConfigMap that is too large',
    (chart) => new kplus.ConfigMap(chart, 'c', { data: { a: 'x'.repeat(1_100_000) } }),
    'admission/too-long ConfigMap ',
  ],
  [
    'a request above its limit',
    (chart) =>
      deployment(chart, {
        containers: [
          { ...container, resources: { cpu: { request: kplus.Cpu.units(2), limit: kplus.Cpu.units(1) } } },
        ],
      }),
    `admission/invalid Deployment ${pod}.containers[0].resources.requests`,
  ],
  [
    'fewer replicas than none',
    (chart) => deployment(chart, { replicas: -1 }),
    'admission/invalid Deployment spec.replicas',
  ],
  [
    'a port beyond the last',
    (chart) => deployment(chart, { containers: [{ ...container, portNumber: 99999 }] }),
    `admission/invalid Deployment ${pod}.containers[0].ports[0].containerPort`,
  ],
  [
    'a Deployment that never restarts',
    (chart) => deployment(chart, { restartPolicy: kplus.RestartPolicy.NEVER }),
    `admission/not-supported Deployment ${pod}.restartPolicy`,
  ],
  [
    'permission for the singular of a kind',
    (chart) => {
      const role = new kplus.Role(chart, 'r');
      role.allowRead(
        new kplus.CronJob(chart, 'c', { schedule: Cron.daily(), containers: [container] }) as never,
      );
    },
    'wiring/rbac-resource-unknown Role rules[0].resources[0]',
  ],
  [
    'permission to create one name',
    (chart) => {
      new kplus.Role(chart, 'r').allowCreate(new kplus.ConfigMap(chart, 'c') as never);
    },
    'wiring/rbac-names-unmatched Role rules[0].verbs[0]',
  ],
  [
    'a TCP policy for a UDP port',
    (chart) => {
      const dns = deployment(
        chart,
        { containers: [{ image, securityContext, ports: [{ number: 53, protocol: kplus.Protocol.UDP }] }] },
        'dns',
      );
      deployment(chart).connections.allowTo(dns);
    },
    'wiring/network-policy-port-missing NetworkPolicy spec.egress[0].ports[0].port',
  ],
  [
    'a Service whose selector is {}, since it selects by expression',
    (chart) =>
      new kplus.Service(chart, 's', {
        ports: [{ port: 80 }],
        selector: kplus.Pods.select(chart, 'p', { expressions: [kplus.LabelExpression.exists('app')] }),
      }),
    'wiring/service-selector-empty Service spec.selector',
  ],
  [
    'a policy that denies all ingress, since it has no types',
    (chart) => new kplus.NetworkPolicy(chart, 'p', { selector: kplus.Pods.all(chart, 'all') }),
    'policy/network-policy-types NetworkPolicy spec.policyTypes',
  ],
  [
    'a binary file that is read as UTF-8',
    (chart) => {
      const folder = mkdtempSync(join(tmpdir(), 'traps-'));
      writeFileSync(join(folder, 'logo.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]));
      new kplus.ConfigMap(chart, 'c').addFile(join(folder, 'logo.png'));
      rmSync(folder, { recursive: true });
    },
    'policy/binary-as-text ConfigMap data[logo.png]',
  ],
  [
    'isolation without DNS',
    (chart) => deployment(chart, { isolate: true }).connections.allowTo(deployment(chart, {}, 'db')),
    'wiring/network-policy-blocks-dns NetworkPolicy spec.egress',
  ],
  [
    'a probe of a port that nothing listens on',
    (chart) =>
      deployment(chart, {
        containers: [
          { image, securityContext, ports: [{ number: 8080 }], readiness: kplus.Probe.fromHttpGet('/') },
        ],
      }),
    `wiring/probe-port-missing Deployment ${pod}.containers[0].readinessProbe.httpGet.port`,
  ],
  [
    'an Ingress in another namespace than its Service',
    (chart) =>
      deployment(chart, { metadata: { namespace: 'other' } })
        .exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] })
        .exposeViaIngress('/'),
    'wiring/ingress-backend-missing Ingress spec.rules[0].http.paths[0].backend.service.name',
  ],
  [
    'names of the cluster that do not resolve',
    (chart) => deployment(chart, { hostNetwork: true }),
    'policy/host-network-dns Deployment spec.template.spec.dnsPolicy',
  ],
])('check reports %s', (_, build, finding) => {
  expect(told(build)).toContain(finding);
});

it('check finds no zone for the replicas that must be spread', () => {
  const chart = new Cdk8sChart(new Cdk8sApp(), 'shop', { namespace: 'shop' });
  deployment(chart, { replicas: 3, spread: true });
  const nodes = ['a', 'b'].map((zone) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: zone, labels: { 'kubernetes.io/hostname': zone, 'topology.kubernetes.io/zone': zone } },
    status: { allocatable: { cpu: '16', memory: '64Gi', pods: '110' } },
  }));
  const rules = check(ManifestSet.of([...(chart.toJson() as unknown[]), ...nodes])).map(({ rule }) => rule);
  expect(rules).toContain('policy/unsatisfiable-spread');
});

describe('files', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'traps-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = (build: (app: App) => void, props: AppProps = {}): readonly string[] => {
    const app = new App({ outdir: join(folder, 'dist'), ...props });
    build(app);
    app.synth();
    return (readdirSync(join(folder, 'dist'), { recursive: true }) as string[])
      .filter((path) => path.endsWith('.yaml'))
      .sort();
  };

  it('that are renamed by a dependency between charts, and left behind: they keep their names, and what is stale goes', () => {
    const charts = (depends: boolean) => (app: App) => {
      const [api, db] = ['api', 'db'].map((id) => new Chart(app, id));
      for (const chart of [api, db]) if (chart) new ConfigMap(chart, 'settings', { data: { A: '1' } });
      if (depends && db) api?.addDependency(db);
    };
    expect(written(charts(false))).toEqual(['api.yaml', 'db.yaml']);
    expect(written(charts(true))).toEqual(['api.yaml', 'db.yaml']);
    expect(written((app) => new ConfigMap(new Chart(app, 'web'), 'settings', { data: { A: '1' } }))).toEqual([
      'web.yaml',
    ]);
  });

  it('called by kind and name alone, one for two objects: they are two where two namespaces have one name', () => {
    const files = written(
      (app) => {
        const chart = new Chart(app, 'shop');
        for (const namespace of ['a', 'b'])
          new ConfigMap(chart, namespace, {
            name: 'settings',
            namespace,
            immutable: false,
            data: { A: namespace },
          });
      },
      { layout: 'object' },
    );
    expect(files).toHaveLength(2);
  });

  it('of a ConfigMap that are read as UTF-8, and those of subfolders that are skipped: all are kept byte for byte', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    mkdirSync(join(folder, 'config/sub'), { recursive: true });
    writeFileSync(join(folder, 'config/logo'), bytes);
    writeFileSync(join(folder, 'config/sub/level'), 'info');
    const [file = ''] = written((app) => {
      const directory = join(folder, 'config');
      const settings = new ConfigMap(new Chart(app, 'shop'), 'settings', { directory });
      new Worker(Chart.of(settings), 'app', { image, files: { '/etc/app': settings } });
    });
    const text = readFileSync(join(folder, 'dist', file), 'utf8');
    expect(text).toContain(`logo: ${bytes.toString('base64')}`);
    expect(text).toContain('sub__level: info');
    expect(text).toContain('path: sub/level');
  });
});
