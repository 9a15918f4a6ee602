import { handOver } from './cli';

/** An app with a ConfigMap in each environment, whose values are those of `environments`. */
export function app(environments: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const clusters = Object.keys(environments).map((name) => [name, { installed: ['argo-cd', 'flux'] }]);
  const manifests = Object.entries(environments).flatMap(([environment, maps]) =>
    Object.entries(maps).map(([name, value]) => ({
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace: 'shop' },
        data: { a: value },
      },
      origin: { environment, chart: 'shop', construct: `${environment}/shop/${name}`, source: 'main.js:3' },
    })),
  );
  return handOver({ name: 'shop', clusters: Object.fromEntries(clusters) as never, manifests });
}

/** A cdk8s.yaml with `targets`. */
export const configured = (targets: string): string =>
  `app: node main.js\nseaworthy:\n  repository: { url: 'https://github.com/acme/shop.git' }\n  targets: ${targets}\n`;
