import { admit } from '../../../lib/check/admit';

type Plain = Record<string, unknown>;

/** The paths that `admit` complains about, in its order and without repetition. */
export function refusals(object: unknown, kubernetes?: string): string[] {
  const findings = admit(object, kubernetes === undefined ? {} : { kubernetes });
  return [...new Set(findings.map(({ path }) => path))];
}

/** A copy of `object` with the value at a path such as `spec.containers.0.image` set, or deleted if `undefined`. */
export function having(object: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(object);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let target = copy as Plain;
  for (const step of steps) target = (target[step] ??= {}) as Plain;
  if (value === undefined) delete target[last];
  else target[last] = value;
  return copy;
}

export function metadata(name: string): Plain {
  return { name, namespace: 'shop', labels: { app: name } };
}

export function podSpec(): Plain {
  return {
    containers: [
      {
        name: 'web',
        image: 'nginx:1.27',
        ports: [{ name: 'http', containerPort: 8080 }],
        env: [{ name: 'LEVEL', value: 'info' }],
        resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } },
        readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      },
    ],
    volumes: [{ name: 'tmp', emptyDir: {} }],
  };
}

export const pod = { apiVersion: 'v1', kind: 'Pod', metadata: metadata('web'), spec: podSpec() };

export const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata('web'),
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: podSpec() },
  },
};

export const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata('web'),
  spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
};
