import { folderWith, handOver } from './cli';

/** A Deployment with a container each image, as JSON. */
export const deployment = (name: string, ...images: string[]): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      template: { spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) } },
    },
  });

/** An app with a Deployment each image. */
export function appWith(images: readonly string[], files: Readonly<Record<string, string>> = {}): string {
  const manifests = images.map((image, index) => ({
    object: JSON.parse(deployment(`d${index}`, image)) as object,
    origin: { chart: 'shop', source: `main.ts:${index + 1}` },
  }));
  return folderWith({ 'cdk8s.yaml': 'app: node main.js\n', 'main.js': handOver({ manifests }), ...files });
}
