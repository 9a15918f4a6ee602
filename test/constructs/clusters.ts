import type { ClusterProfile, Installation, Installed, ManifestSet } from '../../lib';
import { App, Chart, Environment, synth } from '../../lib';
import { isPlainRecord } from '../../lib/manifest/data';
import type { Maximal } from './maximal';
import { INGRESS_PROFILE, PROFILE } from './maximal';

/** A cluster in which the programs of `maximal.ts` are rendered. */
export interface MaximalCluster {
  readonly has: string;
  readonly profile: ClusterProfile;
  /** The props that it refuses, after the name of the construct: `Worker rollout`. */
  readonly refuses?: RegExp;
}

const INSTALLED: Installation = [
  ...(PROFILE.installed as readonly Installed[]).filter((name) => name !== 'argo-rollouts'),
  'flagger',
];
const { mesh: _mesh, trafficRouter: _router, ...REST } = PROFILE;

export const CLUSTERS: readonly MaximalCluster[] = [
  { has: 'an ambient mesh and Argo Rollouts', profile: PROFILE },
  { has: 'an Ingress', profile: INGRESS_PROFILE },
  {
    has: 'Flagger, Linkerd and a Gateway',
    profile: { ...REST, mesh: { kind: 'linkerd', cni: true }, installed: INSTALLED },
    refuses: /^Worker rollout$| rollout\.blueGreen\.(keepOld|previewReplicas)$/,
  },
];

/** A program of `maximal.ts`, and the construct that it made. */
export interface Program {
  readonly app: App;
  readonly chart: Chart;
  readonly construct: unknown;
}

/** Each program of a construct in a cluster, without the props that `leaves` or the cluster refuses. */
export function programsIn(
  { profile, refuses }: MaximalCluster,
  { name, create, variants }: Maximal,
  leaves?: RegExp,
): Program[] {
  const patterns = [refuses, leaves].flatMap((each) => each ?? []);
  return variants.map((variant) => {
    const app = new App();
    const chart = new Chart(new Environment(app, 'production', profile), 'shop', { namespace: 'home' });
    const construct = create(app, chart, without(variant(chart), patterns, `${name} `) as never);
    return { app, chart, construct };
  });
}

/** What they render. */
export function renderedIn(cluster: MaximalCluster, construct: Maximal, leaves?: RegExp): ManifestSet[] {
  return programsIn(cluster, construct, leaves).map(({ app }) => synth(app));
}

/** `props` without those whose path one of the patterns matches. */
function without<T>(props: T, patterns: readonly RegExp[], path: string): T {
  if (!isPlainRecord(props)) return props;
  const kept = Object.entries(props).flatMap(([key, value]) => {
    const inner = path.endsWith(' ') ? path + key : `${path}.${key}`;
    return patterns.some((each) => each.test(inner)) ? [] : [[key, without(value, patterns, inner)]];
  });
  return Object.fromEntries(kept) as T;
}
