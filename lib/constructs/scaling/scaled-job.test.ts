import type { ScaledJobProps } from '../../index';
import { check, ExternalSecret, ScaledJob } from '../../index';
import { at, faults, only, rendered } from '../../../test/constructs/rendering';

const PROFILE = { profile: { installed: ['keda', 'external-secrets'] } } as const;
const QUEUE = { queue: 'videos', length: 1, host: 'amqp://rabbitmq.shop:5672/' };

const encode =
  (props: Partial<ScaledJobProps> = {}) =>
  (chart: ConstructorParameters<typeof ScaledJob>[0]): ScaledJob =>
    new ScaledJob(chart, 'encode', { image: 'acme/encode:1', on: [{ rabbitmq: QUEUE }], ...props });

it('makes a Job for each item', () => {
  const job = only(
    'ScaledJob',
    encode({ max: 20, min: 1, polling: 5, counting: 'accurate', backoffLimit: 2, failedHistory: 3 }),
    PROFILE,
  );
  expect(job['spec']).toMatchObject({
    jobTargetRef: {
      backoffLimit: 2,
      template: { spec: { restartPolicy: 'Never', containers: [{ image: 'acme/encode:1' }] } },
    },
    minReplicaCount: 1,
    maxReplicaCount: 20,
    pollingInterval: 5,
    scalingStrategy: { strategy: 'accurate' },
    failedJobsHistoryLimit: 3,
    rollout: { strategy: 'gradual' },
    triggers: [{ type: 'rabbitmq', metadata: { queueName: 'videos', mode: 'QueueLength', value: '1' } }],
  });
});

it('keeps running Jobs when it changes, unless it says otherwise', () => {
  const { spec } = only('ScaledJob', encode({ rollout: 'immediate' }), PROFILE);
  expect(at(spec, 'rollout.strategy')).toBe('immediate');
});

it('has authentications, connections and overrides, and nothing that the API server or check refuses', () => {
  const set = rendered((chart) => {
    const login = new ExternalSecret(chart, 'login', { store: 'vault', keys: { host: 'queue#url' } });
    const job = encode({
      on: [{ rabbitmq: { queue: 'videos', length: 1, auth: login } }],
      resources: { cpu: '1', memory: { request: '1Gi', limit: '1Gi' } },
    })(chart).override({ spec: { jobTargetRef: { backoffLimit: 1 } } });
    expect(job.triggerAuthentications).toHaveLength(1);
    expect(job.scaledJob).toBe(job.object);
  }, PROFILE);
  expect(at(set.get({ kind: 'ScaledJob' }).object, 'spec.jobTargetRef.backoffLimit')).toBe(1);
  expect(set.find({ kind: 'TriggerAuthentication' })).toHaveLength(1);
  expect(check(set).filter(({ severity }) => severity === 'error')).toEqual([]);
});

it.each<[object, string]>([
  [{ on: [] }, 'MISSING_PROP on'],
  [
    { on: [{ cron: { from: '0 7 * * *', to: '0 8 * * *', timeZone: 'UTC', replicas: 1 } }] },
    'INVALID_PROP on[0]',
  ],
  [{ on: [{ type: 'cpu', metadata: { value: 50 } }] }, 'INVALID_PROP on[0]'],
  [{ on: [{ rabbitmq: { ...QUEUE, length: 0 } }] }, 'INVALID_PROP on[0].rabbitmq.length'],
  [{ min: 200 }, 'INVALID_PROP max'],
  [{ counting: 'custom' }, 'INVALID_PROP counting'],
  [{ suspend: true }, 'UNKNOWN_PROP suspend'],
  [{ completionMode: 'Indexed' }, 'MISSING_PROP completions'],
])('tells of %j', (props, fault) => {
  expect(faults(encode(props as never), PROFILE)).toEqual([fault]);
});

it('needs KEDA in the profile', () => {
  expect(faults(encode(), { profile: {} })).toEqual(['MISSING_PROP installed']);
});
