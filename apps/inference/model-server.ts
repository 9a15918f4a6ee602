import type { Construct } from 'constructs';
import { canary, Environment, ExternalSecret, internet, pause, WebService } from 'seaworthy';

export interface ModelServerProps {
  /** Name of the model on Hugging Face. */
  readonly model: string;
  /** Where its users find it. */
  readonly host: string;
  /** How many servers there are, each with a GPU. */
  readonly servers: { readonly min: number; readonly max: number };
  /** The Prometheus that knows how many requests wait. */
  readonly prometheus: string;
}

/** Requests that may wait for each server. More of them, and another server is worth its minutes of loading. */
const WAITING = 8;

/** A new model gets few requests until it has shown that it stays up. */
const CAREFULLY = canary(['10%', pause('15m'), '50%', pause('15m')], { abortOn: ['restarts'] });

/** vLLM with one model. It loads the model when it starts, which takes minutes. */
export class ModelServer extends WebService {
  constructor(scope: Construct, id: string, { model, host, servers, prometheus }: ModelServerProps) {
    const login = new ExternalSecret(scope, `${id}-login`, {
      store: 'google-secret-manager',
      keys: { token: 'hugging-face-token' },
    });
    super(scope, id, {
      image: 'vllm/vllm-openai:v0.11.0',
      args: [`--model=${model}`, '--max-model-len=16384', '--gpu-memory-utilization=0.92'],
      port: { port: 8000, service: 80 },
      env: { HF_TOKEN: login.key('token'), HF_HOME: '/models', HOME: '/tmp' },
      storage: {
        '/models': { ephemeral: '40Gi' },
        '/dev/shm': { temporary: 'memory', size: '2Gi' },
      },
      nodePool: 'l4',
      resources: { cpu: 4, memory: { request: '24Gi', limit: '24Gi' }, 'nvidia.com/gpu': 1 },
      probe: {
        startup: { http: '/health', period: 10, failureThreshold: 90 },
        readiness: { http: '/health', period: 5 },
        liveness: { http: '/health', failureThreshold: 6 },
      },
      security: { runAsUser: 2000, runAsGroup: 2000, fsGroup: 2000 },
      replicas: {
        ...servers,
        on: [
          {
            prometheus: {
              server: prometheus,
              query: `sum(vllm:num_requests_waiting{model_name="${model}"})`,
              threshold: WAITING,
            },
          },
        ],
        behavior: { scaleDown: 'slow' },
      },
      scrape: { interval: '15s' },
      ...(rollsOutInSteps(scope) ? { rollout: CAREFULLY } : {}),
      alerts: ['restarts', 'replicas', 'autoscaler'],
      route: { host },
      // Answers under way may be long.
      lifecycle: { preStop: { sleep: 15 } },
      terminationGracePeriod: 300,
    });
    this.connectsTo(internet(), { port: 443 });
  }
}

/** Whether the cluster has what replaces pods in steps. */
function rollsOutInSteps(scope: Construct): boolean {
  const environment = Environment.of(scope);
  return environment?.has('argo-rollouts') === true || environment?.has('flagger') === true;
}
