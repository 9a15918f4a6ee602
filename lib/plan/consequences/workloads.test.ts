import { ManifestSet } from '../../manifest/set';
import { plan } from '../plan';

/** What follows from a change, as `kind severity: message` below the effect on each object that changes. */
function following(before: string, after: string): string[] {
  const { changes } = plan(ManifestSet.parse(before), ManifestSet.parse(after));
  return changes
    .filter(({ effect }) => effect !== 'none')
    .flatMap(({ effect, id, consequences }) => [
      `${id.kind}: ${effect}`,
      ...consequences.map(({ kind, severity, message }) => `${kind} ${severity}: ${message}`),
    ]);
}

const documents = (...parts: readonly string[]): string => parts.filter((each) => each !== '').join('---\n');

interface Options {
  readonly image?: number;
  readonly spec?: string;
}

function workload(type: string, { image = 1, spec = '' }: Options = {}): string {
  const [, apiVersion = '', kind = ''] = /^(.*)\/(.*)$/.exec(type) ?? [];
  return `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: web, namespace: shop }
spec:
  ${spec}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: 'example/web:${image}.0.0', resources: { requests: { cpu: 100m } } }]
`;
}

const deployment = (options?: Options): string => workload('apps/v1/Deployment', options);
const rollout = (options?: Options): string => workload('argoproj.io/v1alpha1/Rollout', options);

const keda = (
  range = 'minReplicaCount: 5, maxReplicaCount: 10',
  target = 'name: web',
  annotations = '',
): string => `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web, namespace: shop, annotations: { ${annotations} } }
spec: { ${range === '' ? '' : `${range}, `}scaleTargetRef: { ${target} }, triggers: [{ type: cron, metadata: {} }] }
`;

const hpa = (range: string, target = 'apiVersion: apps/v1, kind: Deployment, name: web'): string => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec: { ${range}, scaleTargetRef: { ${target} } }
`;

const ROLLED = 'Deployment: pods-replaced';

describe('pods that an autoscaler keeps', () => {
  it.each([
    ['a HorizontalPodAutoscaler', hpa('minReplicas: 5, maxReplicas: 10'), 'HorizontalPodAutoscaler'],
    ['a ScaledObject of KEDA', keda(), 'ScaledObject'],
  ])('are counted by the least that %s keeps', (_, scaler, kind) => {
    expect(following(documents(deployment(), scaler), documents(deployment({ image: 2 }), scaler))).toEqual([
      ROLLED,
      `rollout info: Deployment shop/web replaces all 5 pods (the minimum of ${kind} shop/web), with at most 2 more at a time and at least 4 of 5 serving.`,
    ]);
  });

  it('are one at least where a HorizontalPodAutoscaler leaves its minimum null, as for the server', () => {
    const scaler = hpa('minReplicas: null, maxReplicas: 10');
    expect(following(documents(deployment(), scaler), documents(deployment({ image: 2 }), scaler))).toEqual([
      ROLLED,
      'rollout info: Deployment shop/web replaces its 1 pod (the minimum of HorizontalPodAutoscaler shop/web), with at most 1 more at a time and at least 1 of 1 serving.',
    ]);
  });

  it('may be none for KEDA, whose defaults are 0 to 100', () => {
    const said = (spec: string, range: string): string[] =>
      following(
        documents(deployment({ spec }), keda(range)),
        documents(deployment({ spec, image: 2 }), keda(range)),
      );
    expect(said('', '')).toEqual([
      ROLLED,
      'rollout info: Deployment shop/web replaces its pods (ScaledObject shop/web keeps 0 to 100) in a rolling update.',
    ]);
    expect(said('strategy: { type: Recreate }', 'maxReplicaCount: 4')).toEqual([
      ROLLED,
      'downtime warning: Deployment shop/web stops all its pods before new ones start, and nothing serves in between.',
      'rollout info: Deployment shop/web stops its pods (ScaledObject shop/web keeps 0 to 4), and then starts new ones.',
    ]);
    expect(said('strategy: { type: Recreate }', 'maxReplicaCount: 1')[1]).toBe(
      'downtime warning: Deployment shop/web stops its only pod before the new one starts, and nothing serves in between.',
    );
    expect(said('', 'minReplicaCount: 3, idleReplicaCount: 0, maxReplicaCount: 9')).toEqual([
      ROLLED,
      'rollout info: Deployment shop/web replaces its pods (ScaledObject shop/web keeps 0 to 9) in a rolling update.',
    ]);
    expect(said('', 'maxReplicaCount: 0')).toEqual([
      ROLLED,
      'rollout info: Deployment shop/web has no pods to replace.',
    ]);
  });

  it('are as many as a paused ScaledObject says', () => {
    const paused = keda('', 'name: web', 'autoscaling.keda.sh/paused-replicas: "2"');
    expect(following(documents(deployment(), paused), documents(deployment({ image: 2 }), paused))).toEqual([
      ROLLED,
      'rollout info: Deployment shop/web replaces all 2 pods (the minimum of ScaledObject shop/web), with at most 1 more at a time and at least 2 of 2 serving.',
    ]);
  });

  it('are those of a StatefulSet too, with how many claims nobody can say', () => {
    const target = 'apiVersion: apps/v1, kind: StatefulSet, name: web';
    const claims =
      'serviceName: web, volumeClaimTemplates: [{ metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]'.replaceAll(
        ', volume',
        '\n  volume',
      );
    const [set, newer] = [1, 2].map((image) => workload('apps/v1/StatefulSet', { image, spec: claims }));
    const scaler = keda('minReplicaCount: 3', target);
    expect(following(documents(set ?? '', scaler), documents(newer ?? '', scaler))).toEqual([
      'StatefulSet: pods-replaced',
      'rollout info: StatefulSet shop/web replaces its pods one by one, from 2 down to 0, with 2 of 3 serving (at the minimum of ScaledObject shop/web).',
    ]);
    const idle = keda('', target);
    expect(following(documents(set ?? '', idle), documents(newer ?? '', idle))).toEqual([
      'StatefulSet: pods-replaced',
      'rollout info: StatefulSet shop/web replaces its pods (ScaledObject shop/web keeps 0 to 100) one by one.',
    ]);
    expect(following(documents(set ?? '', scaler), '')).toEqual([
      'StatefulSet: deleted',
      'data warning: StatefulSet shop/web is deleted, and leaves the claims of its pods with their data.',
      'downtime warning: StatefulSet shop/web is deleted, and its pods stop.',
      'ScaledObject: deleted',
    ]);
  });
});

describe('a ScaledObject', () => {
  it('says how many pods it keeps of a workload that it takes over', () => {
    expect(following(deployment(), documents(deployment(), keda()))).toEqual([
      'ScaledObject: created',
      'scaling info: ScaledObject shop/web now scales Deployment shop/web: 5 to 10 pods.',
    ]);
  });

  it('says what becomes of the number of pods without it', () => {
    const gone = (range: string, spec = ''): string[] =>
      following(documents(deployment({ spec }), keda(range)), deployment({ spec }));
    expect(gone('minReplicaCount: 5')).toEqual([
      'ScaledObject: deleted',
      'scaling info: ScaledObject shop/web no longer scales Deployment shop/web, which keeps its current number of pods.',
    ]);
    expect(gone('advanced: { restoreToOriginalReplicaCount: true }')).toEqual([
      'ScaledObject: deleted',
      'scaling info: ScaledObject shop/web no longer scales Deployment shop/web, which returns to its original number of pods.',
    ]);
    expect(gone('minReplicaCount: 5', 'replicas: 2')).toEqual([
      'ScaledObject: deleted',
      'scaling info: ScaledObject shop/web no longer scales Deployment shop/web: the next apply sets it to 2 pods again.',
    ]);
    expect(following(documents(deployment(), keda()), '')).toEqual([
      'Deployment: deleted',
      'downtime warning: Deployment shop/web is deleted, and its pods stop.',
      'ScaledObject: deleted',
    ]);
  });

  it('may replace another autoscaler', () => {
    const scaler = hpa('minReplicas: 2, maxReplicas: 4');
    expect(following(documents(deployment(), scaler), documents(deployment(), keda()))).toEqual([
      'ScaledObject: created',
      'scaling info: ScaledObject shop/web now scales Deployment shop/web: 5 to 10 pods.',
      'HorizontalPodAutoscaler: deleted',
      'scaling info: HorizontalPodAutoscaler shop/web no longer scales Deployment shop/web: ScaledObject shop/web does.',
    ]);
  });

  it.each([
    [
      'minReplicaCount: 1, maxReplicaCount: 1',
      'warning: ScaledObject shop/web now keeps 1 pod of Deployment shop/web, instead of 5 to 10 pods: it is scaled down to 1 immediately.',
    ],
    [
      'minReplicaCount: 20, maxReplicaCount: 30',
      'warning: ScaledObject shop/web now keeps 20 to 30 pods of Deployment shop/web, instead of 5 to 10 pods: it is scaled up to 20 immediately.',
    ],
    [
      'minReplicaCount: 5, maxReplicaCount: 20',
      'info: ScaledObject shop/web now keeps 5 to 20 pods of Deployment shop/web, instead of 5 to 10 pods.',
    ],
    [
      'minReplicaCount: 10, maxReplicaCount: 20',
      'info: ScaledObject shop/web now keeps 10 to 20 pods of Deployment shop/web, instead of 5 to 10 pods.',
    ],
    [
      'minReplicaCount: 3, maxReplicaCount: 5',
      'info: ScaledObject shop/web now keeps 3 to 5 pods of Deployment shop/web, instead of 5 to 10 pods.',
    ],
  ])('that keeps %s says what that does to the pods', (range, message) => {
    expect(following(documents(deployment(), keda()), documents(deployment(), keda(range)))).toEqual([
      'ScaledObject: updated',
      `scaling ${message}`,
    ]);
  });

  it('says that it pauses, and that it goes on', () => {
    const pause = (value: string): string =>
      documents(deployment(), keda(undefined, undefined, `autoscaling.keda.sh/paused: "${value}"`));
    expect(following(pause('false'), pause('true'))).toEqual([
      'ScaledObject: updated',
      'scaling info: ScaledObject shop/web is paused: Deployment shop/web keeps its current number of pods.',
    ]);
    expect(following(pause('true'), pause('false'))).toEqual([
      'ScaledObject: updated',
      'scaling info: ScaledObject shop/web is no longer paused, and scales Deployment shop/web again.',
    ]);
  });

  it('lets go of one workload and takes over another', () => {
    const other = deployment().replace('name: web', 'name: other');
    const both = documents(deployment(), other);
    expect(following(documents(both, keda()), documents(both, keda(undefined, 'name: other')))).toEqual([
      'ScaledObject: updated',
      'scaling info: ScaledObject shop/web no longer scales Deployment shop/web, which keeps its current number of pods.',
      'scaling info: ScaledObject shop/web now scales Deployment shop/other: 5 to 10 pods.',
    ]);
  });

  it('takes replicas from a Deployment that no longer sets them', () => {
    expect(following(deployment({ spec: 'replicas: 6' }), documents(deployment(), keda()))).toEqual([
      'Deployment: updated',
      'scaling warning: Deployment shop/web no longer sets replicas. Unless its autoscaler has set them since the last apply, it drops from 6 pods to 1 before ScaledObject shop/web scales it up again. Add the autoscaler first, and remove replicas in a later change.',
      'ScaledObject: created',
      'scaling info: ScaledObject shop/web now scales Deployment shop/web: 5 to 10 pods.',
    ]);
  });
});

describe('a custom resource with a pod template', () => {
  const clone = 'apps.kruise.io/v1alpha1/CloneSet';

  it('replaces its pods when the template changes, and its controller decides how', () => {
    const said = (spec: string): string[] => following(rollout({ spec }), rollout({ spec, image: 2 }));
    expect(said('replicas: 5')).toEqual([
      'Rollout: pods-replaced',
      'rollout info: Rollout shop/web replaces all 5 pods. Its controller decides the order and the pace.',
    ]);
    expect(said('replicas: 1\n  strategy: { canary: { steps: [] } }')).toEqual([
      'Rollout: pods-replaced',
      'rollout info: Rollout shop/web replaces its 1 pod as a canary without steps.',
    ]);
    expect(said('paused: true')).toEqual([
      'Rollout: pods-replaced',
      'rollout info: Rollout shop/web is paused: its pods stay until it is resumed.',
    ]);
    expect(said('replicas: 0')).toEqual([
      'Rollout: pods-replaced',
      'rollout info: Rollout shop/web has no pods to replace.',
    ]);
    expect(said('')).toEqual([
      'Rollout: pods-replaced',
      'rollout info: Rollout shop/web replaces its 1 pod. Its controller decides the order and the pace.',
    ]);
  });

  it('may be of a kind that says nothing of a number of pods', () => {
    expect(following(workload('example.com/v1/App'), workload('example.com/v1/App', { image: 2 }))).toEqual([
      'App: pods-replaced',
      'rollout info: App shop/web replaces its pods. Its controller decides the order and the pace.',
    ]);
  });

  it('reads no other configuration where it reads none any more', () => {
    const [before, after] = ['configMap: { name: a }', 'configMap: { defaultMode: 256 }'].map((volume) =>
      rollout().replace('    spec:\n', `    spec:\n      volumes: [{ name: files, ${volume} }]\n`),
    );
    expect(following(before ?? '', after ?? '')).toEqual([
      'Rollout: pods-replaced',
      expect.stringContaining('rollout info: Rollout shop/web replaces its 1 pod.'),
    ]);
  });

  it('may update its pods in place', () => {
    const said = (update: string): string[] => {
      const spec = `replicas: 3\n  updateStrategy: { ${update} }`;
      return following(workload(clone, { spec }), workload(clone, { spec, image: 2 }));
    };
    expect(said('type: InPlaceIfPossible')).toEqual([
      'CloneSet: pods-replaced',
      'rollout info: CloneSet shop/web updates all 3 pods. Its controller decides the order and the pace (strategy: InPlaceIfPossible).',
    ]);
    expect(said('type: ReCreate, paused: true')).toEqual([
      'CloneSet: pods-replaced',
      'rollout info: CloneSet shop/web is paused: its pods stay until it is resumed.',
    ]);
  });

  it.each([
    ['a HorizontalPodAutoscaler', hpa, 'HorizontalPodAutoscaler', 'minReplicas: 4, maxReplicas: 9'],
    ['a ScaledObject', keda, 'ScaledObject', 'minReplicaCount: 4, maxReplicaCount: 9'],
  ])('is counted by the least that %s keeps', (_, scalerOf, kind, range) => {
    const scaler = scalerOf(range, 'apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web');
    expect(following(documents(rollout(), scaler), documents(rollout({ image: 2 }), scaler))).toEqual([
      'Rollout: pods-replaced',
      `rollout info: Rollout shop/web replaces all 4 pods (the minimum of ${kind} shop/web). Its controller decides the order and the pace.`,
    ]);
  });

  it('scales, and stops when it is deleted', () => {
    expect(following(rollout({ spec: 'replicas: 5' }), rollout({ spec: 'replicas: 2' }))).toEqual([
      'Rollout: updated',
      'scaling info: Rollout shop/web scales from 5 to 2 pods.',
    ]);
    expect(following(rollout(), rollout({ spec: 'replicas: 2' }))).toEqual([
      'Rollout: updated',
      'scaling info: Rollout shop/web scales from 1 to 2 pods.',
    ]);
    expect(following(rollout({ spec: 'replicas: 2' }), rollout())).toEqual([
      'Rollout: updated',
      'scaling info: Rollout shop/web scales from 2 to 1 pod, the default.',
    ]);
    expect(following(rollout(), '')).toEqual([
      'Rollout: deleted',
      'downtime warning: Rollout shop/web is deleted, and its pods stop.',
    ]);
  });

  it('replaces nothing where it is a kind of Job', () => {
    const job = 'apps.kruise.io/v1alpha1/BroadcastJob';
    expect(following(workload(job), workload(job, { image: 2 }))).toEqual(['BroadcastJob: updated']);
    expect(following(workload(job), '')).toEqual(['BroadcastJob: deleted']);
  });
});

test('a CronJob uses a new template for its next Job', () => {
  const cronJob = (image: number, schedule = '@daily'): string => `
apiVersion: batch/v1
kind: CronJob
metadata: { name: web, namespace: shop }
spec:
  schedule: "${schedule}"
  jobTemplate:
    spec:
      template:
        spec: { restartPolicy: Never, containers: [{ name: web, image: 'example/web:${image}.0.0' }] }
`;
  expect(following(cronJob(1), cronJob(2))).toEqual([
    'CronJob: updated',
    'rollout info: CronJob shop/web uses the new template for its next Job, and leaves running Jobs alone.',
  ]);
  expect(following(cronJob(1), cronJob(1, '@hourly'))).toEqual(['CronJob: updated']);
});
