import type { V1Pod } from '@kubernetes/client-node';
import type * as Client from '@kubernetes/client-node';
import { controlPlaneOf, type Victim } from '../../scripts/cluster/control-plane';

declare const requireByNode: NodeJS.Require;
const { AppsV1Api, BatchV1Api, CoreV1Api, KubeConfig, KubernetesObjectApi, StorageV1Api } = requireByNode(
  '@kubernetes/client-node',
) as typeof Client;

const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
const config = new KubeConfig();
config.loadFromFile(kubeconfig);
const own = controlPlaneOf(kubeconfig);

/** Whether the cluster is the one of `npm run test:cluster`, which tests may kill. */
export const canBeKilled = own !== undefined;

/** Whether pods are scheduled, Deployments rolled out and namespaces cleared: with ready-made programs, perhaps not. */
export const hasControllers = (process.env['SEAWORTHY_TEST_WITHOUT'] ?? '') === '';

function victim(): Victim {
  if (own === undefined) throw new Error('only the control plane of npm run test:cluster can be killed');
  return own;
}

/** The cluster that the tests run on. */
export const cluster = {
  kubeconfig,
  objects: KubernetesObjectApi.makeApiClient(config),
  core: config.makeApiClient(CoreV1Api),
  batch: config.makeApiClient(BatchV1Api),
  apps: config.makeApiClient(AppsV1Api),
  storage: config.makeApiClient(StorageV1Api),
  /** Kills all of the control plane at once (SIGKILL): nothing listens any more. */
  kill: (): Promise<void> => victim().kill(),
  /** Starts it again after `kill`, with the same data, ports and certificates, and waits until it answers. */
  restart: (): Promise<void> => victim().restart(),
  /** Kills the API server alone; it is started again after a second, and this waits until it answers. */
  restartApiServer: async (): Promise<void> => {
    const before = victim().pidOf('kube-apiserver');
    victim().killComponent('kube-apiserver');
    await until(
      async () =>
        victim().pidOf('kube-apiserver') !== before &&
        (await cluster.core.listNamespace({ limit: 1 }).catch(() => undefined)),
    );
  },
};

/** A namespace for the tests of one file, which is deleted after them. */
export function testNamespace(name: string): string {
  beforeAll(async () => {
    await cluster.core.createNamespace({ body: { metadata: { name } } });
    if (!hasControllers) return;
    await until(async () => {
      const { items } = await cluster.core.listNamespacedServiceAccount({ namespace: name });
      return items.length > 0;
    });
  });
  afterAll(() => cluster.core.deleteNamespace({ name }));
  return name;
}

/** Waits until `holds`, and returns what it returned. */
export async function until<T>(holds: () => Promise<T | undefined | false>, seconds = 60): Promise<T> {
  for (let tries = 0; tries < seconds * 5; tries++) {
    const found = await holds();
    if (found !== undefined && found !== false) return found;
    await new Promise((next) => setTimeout(next, 200));
  }
  throw new Error(`not within ${seconds} s: ${holds.toString()}`);
}

/** The one pod of `app`, once it `is` so. */
export function untilPod(namespace: string, app: string, is: (pod: V1Pod) => boolean): Promise<V1Pod> {
  return until(async () => {
    const { items } = await cluster.core.listNamespacedPod({ namespace, labelSelector: `app=${app}` });
    return items.find(is);
  });
}
