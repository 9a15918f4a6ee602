/**
 * How fast `fit` places pods, in pods per second of wall clock and of CPU time, next to what kube-scheduler's own
 * performance tests ask for:
 *
 *     npx jiti bench/fit.ts [name…]
 */
import { fit } from '../lib/fit/fit';
import type { NodeSpec } from '../lib/fit/node-spec';
import { ManifestSet } from '../lib/manifest/set';
import { sized } from './measure';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

function nodes(count: number): NodeSpec[] {
  return Array.from({ length: sized(count) }, (_, index) => ({
    name: `node-${index}`,
    labels: { [HOST]: `node-${index}`, [ZONE]: `zone-${index % 3}` },
    allocatable: { cpu: '4', memory: '32Gi', pods: 110 },
  }));
}

function pod(name: string, more: object = {}): object {
  const resources = { requests: { cpu: '100m', memory: '500Mi' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: 'a' } },
    spec: { containers: [{ name: 'main', image: 'pause:3.10', resources }], ...more },
  };
}

function pods(count: number, more: object = {}): object[] {
  return Array.from({ length: sized(count) }, (_, index) => pod(`pod-${index}`, more));
}

function deployments(count: number, replicas: number): object[] {
  return Array.from({ length: sized(count) }, (_, index) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${index}`, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: { app: `app-${index}` } },
      template: {
        metadata: { labels: { app: `app-${index}` } },
        spec: (pod('x') as { spec: object }).spec,
      },
    },
  }));
}

const labelSelector = { matchLabels: { app: 'a' } };
const BY_ZONE = {
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: ZONE, whenUnsatisfiable: 'DoNotSchedule', labelSelector },
  ],
};
const APART = {
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: HOST, labelSelector }],
    },
  },
};
const SOFT = {
  affinity: {
    podAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, podAffinityTerm: { topologyKey: HOST, labelSelector } },
      ],
    },
  },
};

interface Case {
  readonly name: string;
  readonly objects: () => object[];
  readonly nodes: number;
  /** Pods per second that are asked for. */
  readonly asked: number;
}

const CASES: readonly Case[] = [
  { name: 'plain, 10,000 on 100', objects: () => pods(10_000), nodes: 100, asked: 10_000 },
  { name: 'plain, 10,000 on 5,000', objects: () => pods(10_000), nodes: 5000, asked: 2000 },
  {
    name: 'Deployments, 100 of 100 on 5,000',
    objects: () => deployments(100, 100),
    nodes: 5000,
    asked: 2000,
  },
  { name: 'Deployments, 2,000 of 5 on 5,000', objects: () => deployments(2000, 5), nodes: 5000, asked: 2000 },
  {
    name: 'required zone spread, 5,000 on 5,000',
    objects: () => pods(5000, BY_ZONE),
    nodes: 5000,
    asked: 460,
  },
  {
    name: 'required anti-affinity, 2,000 on 5,000',
    objects: () => pods(2000, APART),
    nodes: 5000,
    asked: 60,
  },
  { name: 'preferred affinity, 5,000 on 5,000', objects: () => pods(5000, SOFT), nodes: 5000, asked: 90 },
];

const asked = process.argv.slice(2);
// Compiling the TypeScript of what is loaded at first is no part of it.
fit(ManifestSet.of(pods(1)), nodes(2), { drain: 'all', headroom: true });
console.log(`${'case'.padEnd(42)} placed  seconds  CPU s  pods/s  of CPU   asked  MB`);
for (const each of CASES) {
  if (asked.length > 0 && !asked.some((name) => each.name.includes(name))) continue;
  const set = ManifestSet.of(each.objects());
  const on = nodes(each.nodes);
  const [before, started] = [process.cpuUsage(), performance.now()];
  const { placements, pending } = fit(set, on);
  const seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage(before).user / 1e6;
  const memory = process.memoryUsage().rss / 1e6;
  const numbers = [
    String(placements.length - pending.length).padStart(6),
    seconds.toFixed(2).padStart(8),
    cpu.toFixed(2).padStart(6),
    String(Math.round(placements.length / seconds)).padStart(7),
    String(Math.round(placements.length / cpu)).padStart(7),
    String(each.asked).padStart(7),
    String(Math.round(memory)).padStart(4),
  ];
  console.log(`${each.name.padEnd(42)} ${numbers.join(' ')}`);
}
