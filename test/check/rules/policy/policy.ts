import type { CheckOptions } from '../../../../lib/check/options';
import { check } from '../../../../lib/check/check';
import type { ClusterProfile } from '../../../../lib/profiles/cluster-profile';
import { identify } from '../../../../lib/manifest/manifest';
import type { KubeObject } from '../../../../lib/manifest/manifest';
import { ManifestSet } from '../../../../lib/manifest/set';

export type Plain = Record<string, unknown>;

const metadata = (name: string, more: Plain = {}): Plain => ({ name, namespace: 'shop', ...more });

/** What a sane container says of itself. */
export const RESOURCES = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } };

export function container(more: Plain = {}): Plain {
  return { name: 'web', image: 'acme/web:1.4.2', resources: RESOURCES, ...more };
}

export interface WorkloadParts {
  readonly kind?: string;
  readonly spec?: Plain;
  readonly pod?: Plain;
  readonly container?: Plain;
  readonly annotations?: Plain;
}

/** A workload that no rule of the preset recommended has anything against. */
export function workload(parts: WorkloadParts = {}): Plain {
  const { kind = 'Deployment', spec = {}, pod = {}, annotations = {} } = parts;
  const podSpec = {
    automountServiceAccountToken: false,
    containers: [container(parts.container)],
    ...pod,
  };
  const template = { metadata: { labels: { app: 'web' }, annotations }, spec: podSpec };
  const selector = { matchLabels: { app: 'web' } };
  const apiVersion = 'apps/v1';
  return { apiVersion, kind, metadata: metadata('web'), spec: { selector, template, ...spec } };
}

export function service(spec: Plain = {}): Plain {
  const ports = [{ port: 80, targetPort: 'http' }];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('web'),
    spec: { selector: { app: 'web' }, ports, ...spec },
  };
}

export function object(apiVersion: string, kind: string, name: string, more: Plain = {}): Plain {
  return { apiVersion, kind, metadata: metadata(name), ...more };
}

/** What policy and admission find, as `rule path`. */
export function found(
  objects: readonly Plain[],
  options: CheckOptions & { readonly profile?: ClusterProfile } = {},
): string[] {
  const { profile = {}, ...rest } = options;
  const manifests = (objects as KubeObject[]).map((each) => ({
    object: each,
    id: identify(each),
    origin: { environment: 'production' },
  }));
  const set = ManifestSet.from(manifests, new Map([['production', profile]]));
  return check(set, rest)
    .filter(({ rule }) => /^(policy|admission)\//.test(rule))
    .map(({ rule, path }) => `${rule} ${path}`);
}
