/** Nodes and workloads for tests of `fit`. */
import { fit } from '../../lib/fit/fit';
import type { NodeSpec } from '../../lib/fit/node-spec';
import type { FitOptions } from '../../lib/fit/options';
import type { Fit } from '../../lib/fit/result';
import { ManifestSet } from '../../lib/manifest/set';

export const ZONE = 'topology.kubernetes.io/zone';
export const HOST = 'kubernetes.io/hostname';

export function node(name: string, more: Partial<NodeSpec> & { zone?: string } = {}): NodeSpec {
  const { zone, labels, ...rest } = more;
  return {
    name,
    labels: { [HOST]: name, ...(zone !== undefined && { [ZONE]: zone }), ...labels },
    allocatable: { cpu: '2', memory: '4Gi', pods: 110 },
    ...rest,
  };
}

export function podSpec(cpu = '1', more: object = {}): object {
  return { containers: [{ name: 'main', image: 'nginx:1.25', resources: { requests: { cpu } } }], ...more };
}

export function pod(name: string, cpu = '1', more: object = {}, labels: object = { app: 'a' }): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: podSpec(cpu, more),
  };
}

export function workload(kind: string, name: string, spec: object, cpu = '1', more: object = {}): object {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: podSpec(cpu, more) },
      ...spec,
    },
  };
}

export function fitted(objects: readonly object[], nodes: readonly NodeSpec[], options?: FitOptions): Fit {
  return fit(ManifestSet.of(objects), nodes, options);
}

/** The node of each pod, or why it has none. */
export function where({ placements }: Fit): Record<string, string> {
  return Object.fromEntries(
    placements.map(({ pod: { name }, node: its, reasons = [] }) => [name, its ?? reasons.join(', ')]),
  );
}

export function budget(name: string, spec: object, app = name): object {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: { app } }, ...spec },
  };
}

/** A pod of the cluster, as kubectl prints it. */
export function running(
  name: string,
  on: string,
  more: {
    readonly cpu?: string;
    readonly spec?: object;
    readonly app?: string;
    readonly owner?: object;
    readonly status?: object;
  } = {},
): object {
  const { cpu = '1', spec = {}, app = 'a', owner, status = { phase: 'Running' } } = more;
  const made = pod(name, cpu, { nodeName: on, ...spec }, { app }) as { metadata: object };
  const metadata = {
    ...made.metadata,
    ...(owner !== undefined && { ownerReferences: [{ controller: true, ...owner }] }),
  };
  return { ...made, metadata, status };
}
