import {
  ConfigMap,
  existing,
  ExternalSecret,
  Migration,
  override,
  Role,
  RoleBinding,
  Secret,
  suppress,
  user,
  Worker,
} from 'seaworthy';
import { inChart } from './charts';
import { many, type AppShape } from './shape';

const IMAGE = 'registry.example/app:1';

/** Apps in which one construct has much, or many refer to one. */
export const CONSTRUCT_SHAPES: readonly AppShape[] = [
  {
    name: 'a ConfigMap of many keys, and workloads that read one each',
    app: (n) =>
      inChart((chart) => {
        const settings = new ConfigMap(chart, 'settings', { data: entries(n, 'K') });
        many(n, (i) => new Worker(chart, `w${i}`, { image: IMAGE, env: { LEVEL: settings.key(`K${i}`) } }));
      }),
  },
  {
    name: 'workloads that mount a ConfigMap of many keys',
    app: (n) =>
      inChart((chart) => {
        const settings = new ConfigMap(chart, 'settings', { data: entries(n, 'K') });
        many(n, (i) => new Worker(chart, `w${i}`, { image: IMAGE, files: { '/etc/app': settings } }));
      }),
  },
  {
    name: 'an ExternalSecret of many keys, and a workload that reads all',
    app: (n) =>
      inChart((chart) => {
        const secret = new ExternalSecret(chart, 'login', { store: 'vault', keys: entries(n, 'K') });
        const env = Object.fromEntries(many(n, (i) => [`K${i}`, secret.key(`K${i}`)]));
        new Worker(chart, 'w', { image: IMAGE, env, envFrom: [secret] });
      }),
  },
  {
    name: 'Secrets with a value each that must not be there',
    app: (n) =>
      inChart((chart) => many(n, (i) => new Secret(chart, `s${i}`, { data: { password: `v${i}` } }))),
  },
  {
    name: 'workloads that read objects of others by name',
    app: (n) =>
      inChart((chart) =>
        many(
          n,
          (i) =>
            new Worker(chart, `w${i}`, {
              image: IMAGE,
              envFrom: [existing('ConfigMap', `c${i}`)],
              imagePullSecrets: ['registry', `s${i}`],
              priorityClass: 'high',
            }),
        ),
      ),
  },
  {
    name: 'a workload that reads many objects',
    app: (n) =>
      inChart((chart) => {
        const all = many(n, (i) => new ConfigMap(chart, `c${i}`, { data: { LEVEL: 'info' } }));
        const files = Object.fromEntries(all.map((each, i) => [`/etc/c${i}`, each]));
        new Worker(chart, 'w', { image: IMAGE, envFrom: all, files });
      }),
  },
  {
    name: 'a workload of many containers',
    app: (n) =>
      inChart((chart) => {
        const containers = Object.fromEntries(many(n, (i) => [`b${i}`, { image: IMAGE }]));
        new Worker(chart, 'w', { image: IMAGE, containers });
      }),
  },
  {
    name: 'a workload to which many containers are added',
    app: (n) =>
      inChart((chart) => {
        const worker = new Worker(chart, 'w', { image: IMAGE });
        many(n, (i) => worker.addContainer(`b${i}`, { image: IMAGE }).addSidecar(`s${i}`, { image: IMAGE }));
      }),
  },
  {
    name: 'a workload of many volumes and of containers that share them',
    app: (n) =>
      inChart((chart) => {
        const storage = Object.fromEntries(
          many(n, (i) => [`/d${i}`, { temporary: true, name: `d${i}` } as const]),
        );
        const containers = Object.fromEntries(
          many(n, (i) => [`b${i}`, { image: IMAGE, storage: { '/d': { shared: `d${i}` } } }]),
        );
        new Worker(chart, 'w', { image: IMAGE, storage, containers });
      }),
  },
  {
    name: 'a workload of many variables, ports, labels and annotations',
    app: (n) =>
      inChart(
        (chart) =>
          new Worker(chart, 'w', {
            image: IMAGE,
            env: entries(n, 'K'),
            ports: Object.fromEntries(many(n, (i) => [`p${i}`, i + 1])),
            labels: entries(n, 'k'),
            annotations: entries(n, 'k'),
            podLabels: entries(n, 'k'),
          }),
      ),
  },
  {
    name: 'a workload of many unknown props',
    app: (n) =>
      inChart((chart) => new Worker(chart, 'w', { image: IMAGE, ...(entries(n, 'imagine') as object) })),
  },
  {
    name: 'workloads of an unknown prop each',
    app: (n) =>
      inChart((chart) =>
        many(n, (i) => new Worker(chart, `w${i}`, { image: IMAGE, ...({ [`imag${i}`]: 1 } as object) })),
      ),
  },
  {
    name: 'many overrides of one object, a field each',
    app: (n) =>
      inChart((chart) => {
        const settings = new ConfigMap(chart, 'settings', { data: { LEVEL: 'info' } });
        many(n, (i) => override(settings, { data: { [`K${i}`]: 'value' } }));
      }),
  },
  {
    name: 'many overrides of one workload, a container each',
    app: (n) =>
      inChart((chart) => {
        const worker = new Worker(chart, 'w', { image: IMAGE });
        many(n, (i) =>
          worker.override({
            spec: { template: { spec: { containers: [{ name: `b${i}`, image: IMAGE }] } } },
          }),
        );
      }),
  },
  {
    name: 'many overrides of one workload, a variable each',
    app: (n) =>
      inChart((chart) => {
        const worker = new Worker(chart, 'w', { image: IMAGE });
        many(n, (i) => {
          const env = [{ name: `V${i}`, value: 'value' }];
          worker.override({ spec: { template: { spec: { containers: [{ name: 'w', env }] } } } });
        });
      }),
  },
  {
    name: 'workloads that name Secrets, in a chart of others',
    app: (n) =>
      inChart((chart) =>
        many(n, (i) => {
          new ExternalSecret(chart, `own${i}`, { store: 'vault', keys: { password: 'db' } });
          new Worker(chart, `w${i}`, { image: IMAGE, imagePullSecrets: [`registry-of-team-${i}`] });
        }),
      ),
  },
  {
    name: 'many suppressions of one object, and of a chart of many',
    app: (n) =>
      inChart((chart) => {
        const settings = new ConfigMap(chart, 'settings', { data: { LEVEL: 'info' } });
        many(n, (i) => settings.suppress(`policy/rule-${i}`, 'it is known'));
        suppress(chart, 'policy/image-tag', 'it is known');
        many(n, (i) => new ConfigMap(chart, `c${i}`));
      }),
  },
  {
    name: 'a role of many rules, and a binding of many subjects',
    app: (n) =>
      inChart((chart) => {
        const rules = many(n, (i) => ({ verbs: 'get', on: `things${i}.example.com` }) as const);
        const role = new Role(chart, 'role', { rules });
        new RoleBinding(chart, 'binding', { role, subjects: many(n, (i) => user(`u${i}`)) });
      }),
  },
  {
    name: 'a workload that is granted much',
    app: (n) =>
      inChart((chart) => {
        const worker = new Worker(chart, 'w', { image: IMAGE });
        many(n, (i) => worker.grant('get', new ConfigMap(chart, `c${i}`)));
      }),
  },
  {
    name: 'migrations before one workload',
    app: (n) =>
      inChart((chart) => {
        const worker = new Worker(chart, 'w', { image: IMAGE });
        many(n, (i) => new Migration(chart, `m${i}`, { image: IMAGE, before: [worker] }));
      }),
  },
  {
    name: 'a migration before many workloads',
    app: (n) =>
      inChart((chart) => {
        const before = many(n, (i) => new Worker(chart, `w${i}`, { image: IMAGE }));
        new Migration(chart, 'm', { image: IMAGE, before });
      }),
  },
];

/** `n` entries of short texts. */
function entries(n: number, prefix: string): Record<string, string> {
  return Object.fromEntries(many(n, (i) => [`${prefix}${i}`, `v${i}`]));
}
