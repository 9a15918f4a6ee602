import type { V1Pod } from '@kubernetes/client-node';
import type * as Client from '@kubernetes/client-node';

declare const requireByNode: NodeJS.Require;
const { AppsV1Api, BatchV1Api, CoreV1Api, KubeConfig, KubernetesObjectApi } = requireByNode(
  '@kubernetes/client-node',
) as typeof Client;

const config = new KubeConfig();
config.loadFromFile(process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '');

/** The cluster that the tests run on. */
export const cluster = {
  objects: KubernetesObjectApi.makeApiClient(config),
  core: config.makeApiClient(CoreV1Api),
  batch: config.makeApiClient(BatchV1Api),
  apps: config.makeApiClient(AppsV1Api),
};

/** A namespace for the tests of one file, which is deleted after them. */
export function testNamespace(name: string): string {
  beforeAll(async () => {
    await cluster.core.createNamespace({ body: { metadata: { name } } });
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
