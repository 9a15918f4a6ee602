import type { ClusterProfile, Trigger, WorkerProps } from '../../index';
import { Chart, check, ConfigMap, Environment, existing, ExternalSecret, synth, Worker } from '../../index';
import { appWith, at, faultsOf, only, problems, rendered, worker } from '../../../test/constructs/rendering';

const KEDA: ClusterProfile = { provider: 'eks', installed: ['keda', 'external-secrets'] };
const PROFILE = { profile: KEDA };
const CRON: Trigger = {
  cron: { from: '0 7 * * 1-5', to: '0 19 * * 1-5', timeZone: 'Europe/Vienna', replicas: 4 },
};
const SQS = 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders';

type Range = Extract<WorkerProps['replicas'], { readonly on: unknown }>;

function scaled(replicas: Partial<Range>, props: Partial<WorkerProps> = {}) {
  return worker({ replicas: { max: 9, on: [CRON], ...replicas }, ...props });
}

function specOf(replicas: Partial<Range>, props: Partial<WorkerProps> = {}): unknown {
  return only('ScaledObject', scaled(replicas, props), PROFILE)['spec'];
}

function triggersOf(...on: readonly Trigger[]): unknown {
  return at(specOf({ on }), 'triggers');
}

describe('a number of replicas that follows events', () => {
  it('is set by KEDA, and unsaid in the Deployment', () => {
    const set = rendered(scaled({ min: 0 }), PROFILE);
    expect(set.get({ kind: 'Deployment' }).object['spec']).not.toHaveProperty('replicas');
    expect(set.find({ kind: 'HorizontalPodAutoscaler' })).toEqual([]);
    expect(set.get({ kind: 'ScaledObject' }).object).toMatchObject({
      apiVersion: 'keda.sh/v1alpha1',
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-app' },
        minReplicaCount: 0,
        maxReplicaCount: 9,
        triggers: [
          {
            type: 'cron',
            metadata: {
              start: '0 7 * * 1-5',
              end: '0 19 * * 1-5',
              timezone: 'Europe/Vienna',
              desiredReplicas: '4',
            },
          },
        ],
      },
    });
  });

  it('keeps one pod unless it says otherwise', () => {
    expect(specOf({})).toMatchObject({ minReplicaCount: 1 });
    expect(specOf({ min: 2, idle: 0 })).toMatchObject({ minReplicaCount: 2, idleReplicaCount: 0 });
  });

  it('follows usage too, as fast as it is told', () => {
    const spec = specOf(
      { cpu: '70%', behavior: { scaleDown: 'never' }, min: 0, polling: 10, cooldown: 60 },
      { resources: { cpu: '100m' } },
    );
    expect(spec).toMatchObject({
      pollingInterval: 10,
      cooldownPeriod: 60,
      advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown: { selectPolicy: 'Disabled' } } } },
    });
    expect(at(spec, 'triggers.1')).toEqual({
      type: 'cpu',
      metricType: 'Utilization',
      metadata: { value: '70' },
    });
  });

  it('holds a number while a source cannot be read', () => {
    expect(specOf({ fallback: { failures: 3, replicas: 6 } })).toMatchObject({
      fallback: { failureThreshold: 3, replicas: 6 },
    });
  });

  it('names the autoscaler where its name would be too long', () => {
    expect(specOf({}, { name: 'a'.repeat(54) })).not.toHaveProperty('advanced');
    const name = 'a'.repeat(55);
    expect(specOf({}, { name })).toMatchObject({ advanced: { horizontalPodAutoscalerConfig: { name } } });
  });

  it('keeps the initial number, and its objects can be changed', () => {
    const app = appWith((chart) => {
      const { scaledObject } = scaled({ initial: 6 })(chart);
      scaledObject?.override({ spec: { pollingInterval: 5 } });
    }, PROFILE);
    const set = synth(app);
    expect(at(set.get({ kind: 'Deployment' }).object, 'spec.replicas')).toBe(6);
    expect(at(set.get({ kind: 'ScaledObject' }).object, 'spec.pollingInterval')).toBe(5);
    expect(check(set).filter(({ rule }) => /scaler|suppression/.test(rule))).toEqual([]);
  });

  it('needs KEDA in the profile', () => {
    expect(problems(scaled({}), { profile: {} })).toMatchObject([
      { code: 'MISSING_PROP', hint: "Add it to the profile: `installed: ['keda']`." },
    ]);
  });
});

describe('a trigger', () => {
  it('asks the Prometheus of the profile, unless it says another', () => {
    const address = 'http://prometheus-operated.monitoring:9090';
    const profile = { ...KEDA, prometheus: { address } };
    const serverOf = (server?: string): unknown => {
      const query = { query: 'sum(up)', threshold: 1, ...(server !== undefined && { server }) };
      const { spec } = only('ScaledObject', scaled({ on: [{ prometheus: query }] }), { profile });
      return at(spec, 'triggers.0.metadata.serverAddress');
    };
    expect(serverOf()).toBe(address);
    expect(serverOf('http://thanos:9090')).toBe('http://thanos:9090');
    expect(
      problems(scaled({ on: [{ prometheus: { query: 'sum(up)', threshold: 1 } }] }), PROFILE),
    ).toMatchObject([
      {
        code: 'MISSING_PROP',
        path: 'replicas.on[0].prometheus.server',
        hint: "Set `server: 'http://prometheus.monitoring:9090'`, or `prometheus: { address: 'http://prometheus.monitoring:9090' }` in the profile.",
      },
    ]);
  });

  it.each<[Trigger, string, object]>([
    [
      { rabbitmq: { queue: 'orders', length: 20, host: 'amqp://q.shop:5672/', vhost: '/' } },
      'rabbitmq',
      { queueName: 'orders', mode: 'QueueLength', value: '20', host: 'amqp://q.shop:5672/', vhostName: '/' },
    ],
    [
      { rabbitmq: { queue: 'orders', rate: 1.5, host: 'http://q.shop:15672/', activation: 2 } },
      'rabbitmq',
      {
        queueName: 'orders',
        mode: 'MessageRate',
        value: '1.5',
        host: 'http://q.shop:15672/',
        activationValue: '2',
      },
    ],
    [
      { kafka: { servers: ['a:9092', 'b:9092'], group: 'g', topic: 't', lag: 50, tls: true } },
      'kafka',
      {
        bootstrapServers: 'a:9092,b:9092',
        consumerGroup: 'g',
        topic: 't',
        lagThreshold: '50',
        tls: 'enable',
      },
    ],
    [
      {
        prometheus: {
          query: 'sum(up)',
          threshold: 0.5,
          server: 'http://prometheus:9090',
          ignoreEmpty: false,
        },
      },
      'prometheus',
      {
        query: 'sum(up)',
        threshold: '0.5',
        serverAddress: 'http://prometheus:9090',
        ignoreNullValues: 'false',
      },
    ],
    [
      { sqs: { queue: SQS, length: 5, delayed: true } },
      'aws-sqs-queue',
      { queueURL: SQS, awsRegion: 'eu-west-1', queueLength: '5', scaleOnDelayed: 'true' },
    ],
    [
      { redis: { address: 'redis:6379', list: 'l', length: 5, database: 2 } },
      'redis',
      { address: 'redis:6379', listName: 'l', listLength: '5', databaseIndex: '2' },
    ],
    [
      { redisStream: { address: 'redis:6379', stream: 's', group: 'g', lag: 5, tls: true } },
      'redis-streams',
      { address: 'redis:6379', stream: 's', consumerGroup: 'g', lagCount: '5', enableTLS: 'true' },
    ],
    [
      { type: 'nats-jetstream', metadata: { stream: 's', lagThreshold: 5, useHttps: true } },
      'nats-jetstream',
      { stream: 's', lagThreshold: '5', useHttps: 'true' },
    ],
  ])('becomes strings: %j', (trigger, type, metadata) => {
    expect(triggersOf(trigger)).toEqual([{ type, metadata }]);
  });

  it.each<[object, string]>([
    [{ cron: { ...CRON.cron, from: '0 25 * * *' } }, 'INVALID_CRON replicas.on[0].cron.from'],
    [{ cron: { ...CRON.cron, to: '@daily' } }, 'INVALID_CRON replicas.on[0].cron.to'],
    [{ cron: { ...CRON.cron, to: '0 7 * * 1-5' } }, 'INVALID_CRON replicas.on[0].cron.to'],
    [{ cron: { ...CRON.cron, timeZone: 'Europe/Wien' } }, 'INVALID_CRON replicas.on[0].cron.timeZone'],
    [{ cron: { ...CRON.cron, replicas: 0 } }, 'INVALID_PROP replicas.on[0].cron.replicas'],
    [{ cron: { ...CRON.cron, replicas: 10 } }, 'INVALID_PROP replicas.on[0].cron.replicas'],
    [{ cron: { ...CRON.cron, replicas: 1 } }, 'INVALID_PROP replicas.on[0].cron.replicas'],
    [
      { cron: { from: '0 7 * * *', to: '0 8 * * *', replicas: 3 } },
      'MISSING_PROP replicas.on[0].cron.timeZone',
    ],
    [{ cron: { ...CRON.cron, start: '0 7 * * *' } }, 'UNKNOWN_PROP replicas.on[0].cron.start'],
    [{ rabbitmq: { queue: 'q', host: 'amqp://q/' } }, 'INVALID_PROP replicas.on[0].rabbitmq'],
    [{ rabbitmq: { queue: 'q', length: 5 } }, 'MISSING_PROP replicas.on[0].rabbitmq.host'],
    [
      { rabbitmq: { queue: 'q', length: 0, host: 'amqp://q/' } },
      'INVALID_PROP replicas.on[0].rabbitmq.length',
    ],
    [{ rabbitmq: { queue: 'q', rate: 5, host: 'amqp://q/' } }, 'INVALID_PROP replicas.on[0].rabbitmq.rate'],
    [{ rabbitmq: { queue: 'q', length: 5, host: 'q:5672' } }, 'INVALID_PROP replicas.on[0].rabbitmq.host'],
    [
      { rabbitmq: { queue: 'q', length: 5, host: 'amqp://user:pass@q:5672/' } },
      'LITERAL_SECRET replicas.on[0].rabbitmq.host',
    ],
    [{ kafka: { servers: 'kafka', group: 'g', lag: 5 } }, 'INVALID_PROP replicas.on[0].kafka.servers'],
    [{ kafka: { servers: 'k:1', group: 'g', lag: 1.5 } }, 'INVALID_PROP replicas.on[0].kafka.lag'],
    [
      { kafka: { servers: 'k:1', group: 'g', lag: 5, sasl: 'plaintext' } },
      'MISSING_PROP replicas.on[0].kafka.auth',
    ],
    [
      { prometheus: { query: ' ', threshold: 1, server: 'http://p' } },
      'INVALID_PROP replicas.on[0].prometheus.query',
    ],
    [
      { prometheus: { query: 'sum(rate(a[5m])', threshold: 1, server: 'http://p' } },
      'INVALID_PROP replicas.on[0].prometheus.query',
    ],
    [
      { prometheus: { query: 'up', threshold: 1, server: 'p:9090' } },
      'INVALID_PROP replicas.on[0].prometheus.server',
    ],
    [{ sqs: { queue: 'orders', length: 5 } }, 'MISSING_PROP replicas.on[0].sqs.region'],
    [{ redis: { address: 'redis', list: 'l', length: 5 } }, 'INVALID_PROP replicas.on[0].redis.address'],
    [{ redisStream: { address: 'r:1', stream: 's' } }, 'INVALID_PROP replicas.on[0].redisStream'],
    [
      { redisStream: { address: 'r:1', stream: 's', lag: 5 } },
      'MISSING_PROP replicas.on[0].redisStream.group',
    ],
    [
      { redisStream: { address: 'r:1', stream: 's', group: 'g', length: 5 } },
      'INVALID_PROP replicas.on[0].redisStream.group',
    ],
    [{ serviceBus: { queue: 'q', length: 5 } }, 'MISSING_PROP replicas.on[0].serviceBus.auth'],
    [
      { serviceBus: { topic: 't', length: 5, auth: 'bus' } },
      'MISSING_PROP replicas.on[0].serviceBus.subscription',
    ],
    [
      { serviceBus: { queue: 'q', length: 5, auth: { identity: 'keda' } } },
      'MISSING_PROP replicas.on[0].serviceBus.namespace',
    ],
    [
      {
        postgresql: {
          query: 'SELECT 1',
          threshold: 1,
          host: 'db',
          port: 5432,
          user: 'a',
          sslMode: 'require',
        },
      },
      'MISSING_PROP replicas.on[0].postgresql.database',
    ],
    [{ type: 'rabitmq', metadata: {} }, 'INVALID_PROP replicas.on[0].type'],
    [{ type: 'nats-jetstream' }, 'MISSING_PROP replicas.on[0].metadata'],
    [{ rabbit: { queue: 'q' } }, 'INVALID_PROP replicas.on[0]'],
  ])('is checked as KEDA does: %j', (trigger, fault) => {
    expect(faultsOf({ replicas: { max: 9, on: [trigger] } }, PROFILE)).toEqual([fault]);
  });

  it.each<[object, string]>([
    [
      { redisStream: { address: 'r:1', stream: 's', length: 5 } },
      'INVALID_PROP replicas.on[0].redisStream.length',
    ],
    [
      { redisStream: { address: 'r:1', stream: 's', group: 'g', pending: 5 } },
      'INVALID_PROP replicas.on[0].redisStream.pending',
    ],
    [{ type: 'cpu', metricType: 'Utilization', metadata: { value: 50 } }, 'INVALID_PROP replicas.min'],
  ])('scales from zero: not %j', (trigger, fault) => {
    expect(faultsOf({ replicas: { min: 0, max: 9, on: [trigger] } }, PROFILE)).toEqual([fault]);
  });

  it.each<[object, string]>([
    [{ min: 10 }, 'INVALID_PROP replicas.max'],
    [{ on: [] }, 'MISSING_PROP replicas.on'],
    [{ metrics: [] }, 'UNKNOWN_PROP replicas.metrics'],
    [{ cooldown: 5 }, 'INVALID_PROP replicas.cooldown'],
    [{ min: 0, idle: 0 }, 'INVALID_PROP replicas.idle'],
    [{ idle: 1 }, 'INVALID_PROP replicas.idle'],
    [{ polling: 0 }, 'INVALID_PROP replicas.polling'],
  ])('stands in a range that KEDA takes: not %j', (range, fault) => {
    expect(faultsOf({ replicas: { max: 9, on: [CRON], ...range } }, PROFILE)).toEqual([fault]);
  });
});

describe('an authentication', () => {
  const queue = { queue: 'orders', length: 5 };

  it('takes the keys of a Secret that are parameters of the scaler, or those that are named', () => {
    const set = rendered((chart) => {
      const login = new ExternalSecret(chart, 'login', {
        store: 'vault',
        keys: { host: 'q#url', other: 'q#o' },
      });
      const settings = new ConfigMap(chart, 'settings', { data: { vhost: '/' }, immutable: false });
      scaled(
        {
          on: [
            { rabbitmq: { ...queue, auth: login } },
            {
              rabbitmq: {
                ...queue,
                auth: {
                  host: login.key('host'),
                  vhostName: settings.key('vhost'),
                  password: { env: 'PASSWORD' },
                },
              },
            },
          ],
        },
        { env: { PASSWORD: login.key('other') } },
      )(chart);
    }, PROFILE);
    const names = ['shop-app-rabbitmq', 'shop-app-rabbitmq-2'];
    const [first, second] = names.map(
      (name) => set.get({ kind: 'TriggerAuthentication', name }).object['spec'],
    );
    const host = { parameter: 'host', name: 'shop-login', key: 'host' };
    expect(first).toEqual({ secretTargetRef: [host] });
    expect(second).toEqual({
      secretTargetRef: [host],
      configMapTargetRef: [{ parameter: 'vhostName', name: 'shop-settings', key: 'vhost' }],
      env: [{ parameter: 'password', name: 'PASSWORD' }],
    });
    expect(at(set.get({ kind: 'ScaledObject' }).object, 'spec.triggers.1.authenticationRef')).toEqual({
      name: names[1],
    });
    expect(check(set).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('is an identity of the cloud', () => {
    const identity = (profile: ClusterProfile, auth: object): unknown =>
      only(
        'TriggerAuthentication',
        scaled({ on: [{ sqs: { queue: SQS, length: 5, auth: auth as never } }] }),
        {
          profile: { ...KEDA, ...profile },
        },
      )['spec'];
    expect(identity({}, { identity: 'workload' })).toEqual({
      podIdentity: { provider: 'aws', identityOwner: 'workload' },
    });
    expect(identity({}, { identity: 'keda', as: 'arn:aws:iam::1:role/q' })).toEqual({
      podIdentity: { provider: 'aws', roleArn: 'arn:aws:iam::1:role/q' },
    });
    expect(identity({ provider: 'gke' }, { identity: 'keda' })).toEqual({ podIdentity: { provider: 'gcp' } });
    expect(identity({ provider: 'aks' }, { identity: 'keda', as: 'id' })).toEqual({
      podIdentity: { provider: 'azure-workload', identityId: 'id' },
    });
  });

  it('may exist already', () => {
    const ref = (auth: Trigger extends infer _ ? string | object : never): unknown =>
      at(triggersOf({ rabbitmq: { ...queue, auth: auth as never } }), '0.authenticationRef');
    expect(ref('rabbitmq')).toEqual({ name: 'rabbitmq' });
    expect(ref(existing('TriggerAuthentication', 'a'))).toEqual({ name: 'a' });
    expect(ref(existing('ClusterTriggerAuthentication', 'a'))).toEqual({
      name: 'a',
      kind: 'ClusterTriggerAuthentication',
    });
    const set = rendered(scaled({ on: [{ rabbitmq: { ...queue, auth: 'rabbitmq' } }] }), PROFILE);
    expect(check(set).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each<[unknown, string]>([
    [existing('Secret', 'login'), 'INVALID_PROP replicas.on[0].rabbitmq.auth'],
    [{ host: { env: 'URL' } }, 'INVALID_PROP replicas.on[0].rabbitmq.auth.host'],
    [{ host: 'amqp://' }, 'INVALID_PROP replicas.on[0].rabbitmq.auth.host'],
    [{ of: existing('Secret', 'login'), key: 'host' }, 'INVALID_PROP replicas.on[0].rabbitmq.auth'],
    [{ username: { env: 'A' } }, 'MISSING_PROP replicas.on[0].rabbitmq.host'],
    [{ host: { env: 'A' }, tls: { key: 'tls' } }, 'INVALID_PROP replicas.on[0].rabbitmq.auth.tls'],
  ])('is checked: %j', (auth, fault) => {
    expect(
      faultsOf({ env: { A: 'a' }, replicas: { max: 9, on: [{ rabbitmq: { ...queue, auth } }] } }, PROFILE),
    ).toEqual([fault]);
  });

  it('has an identity only where the cloud of the profile knows it', () => {
    const faults = (provider: ClusterProfile['provider'], auth: object): readonly string[] =>
      faultsOf(
        { replicas: { max: 9, on: [{ sqs: { queue: SQS, length: 5, auth } }] } },
        { profile: { ...KEDA, ...(provider !== undefined && { provider }) } },
      );
    expect(faults('kind', { identity: 'keda' })).toEqual(['MISSING_PROP replicas.on[0].sqs.auth']);
    expect(faults('gke', { identity: 'workload' })).toEqual([
      'INVALID_PROP replicas.on[0].sqs.auth.identity',
    ]);
    expect(faults('gke', { identity: 'keda', as: 'a' })).toEqual(['INVALID_PROP replicas.on[0].sqs.auth.as']);
  });
});

it('scales each of two environments by its own profile', () => {
  const app = appWith((chart) => {
    const other = new Environment(chart.node.root, 'staging', KEDA);
    scaled({})(new Chart(other, 'shop'));
  });
  expect([...synth(app)].filter(({ id }) => id.kind === 'ScaledObject')).toHaveLength(1);
  expect(new Worker(new Chart(app, 'more'), 'w', { image: 'a:1' }).scaledObject).toBeUndefined();
});
