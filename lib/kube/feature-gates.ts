import { isGate, isOn, stateOf, type Gate } from './gates';
import { latestRelease, release, type KubernetesRelease } from './schema/release';
import { narrowTo, only } from './stretch';

/** What a cluster sets in `--feature-gates` of its API server: names of gates, and whether each is on. */
export type GateSettings = Readonly<Record<string, boolean>>;

/** The feature gates of one API server. */
export interface FeatureGates {
  readonly kubernetes: KubernetesRelease;
  readonly isOn: (gate: Gate) => boolean;
  /**
   * What the server keeps although a gate is off, because the object that it changes has it already: see `gatesOfUpdate`.
   *
   * @default nothing: the object is new
   */
  readonly inUse?: InUse;
}

/** Keys of fields that an object has already, or all that it may have. */
export type InUse = ReadonlySet<string> | 'all';

/**
 * Patch releases with another default than the last of their minor release, which is the one that is known.
 *
 * @source k8s.io/kubernetes pkg/features/kube_features.go MaxUnavailableStatefulSet 1.35
 */
const FLIPPED: readonly {
  readonly gate: Gate;
  readonly release: KubernetesRelease;
  /** The first patch release with the default that is known. */
  readonly patch: number;
}[] = [{ gate: 'MaxUnavailableStatefulSet', release: '1.35', patch: 4 }];

const defaults = new Map<KubernetesRelease, FeatureGates>();

/** The gates of a server that sets none. */
export function defaultGates(kubernetes: KubernetesRelease): FeatureGates {
  let known = defaults.get(kubernetes);
  if (known === undefined)
    defaults.set(kubernetes, (known = { kubernetes, isOn: (gate) => isOn(gate, kubernetes) }));
  return known;
}

/** The gates of a server of the newest release that sets none. */
export const newestGates: FeatureGates = defaultGates(latestRelease);

const PATCH = /^v?\d+\.\d+\.(\d+)/;

/**
 * The gates of a server.
 *
 * @param version its release as a profile writes it: `1.35`, `v1.35.2-gke.100`
 * @param settings what it sets; an unknown gate, and one that is locked, change nothing
 * @throws SeaworthyError UNKNOWN_KUBERNETES
 */
export function gatesOf(version: string, settings: GateSettings = {}): FeatureGates {
  const kubernetes = release(version);
  const patch = PATCH.exec(version)?.[1];
  const changed = new Map<Gate, boolean>();
  for (const flip of FLIPPED)
    if (patch !== undefined && flip.release === kubernetes && Number(patch) < flip.patch)
      changed.set(flip.gate, !isOn(flip.gate, kubernetes));
  for (const [gate, on] of Object.entries(settings))
    if (isGate(gate) && isSettable(gate, kubernetes)) changed.set(gate, on);
  if (changed.size === 0 && Object.keys(settings).length === 0) return defaultGates(kubernetes);
  return {
    kubernetes,
    isOn(gate) {
      // Whether it can be set, or was turned by a patch, depends on the release, too.
      if (Object.hasOwn(settings, gate)) isSettable(gate, kubernetes);
      if (FLIPPED.some((flip) => flip.gate === gate)) narrowTo(kubernetes, only(kubernetes));
      return changed.get(gate) ?? isOn(gate, kubernetes);
    },
  };
}

function isSettable(gate: Gate, kubernetes: KubernetesRelease): boolean {
  const state = stateOf(gate, kubernetes);
  return state === '+' || state === '-';
}

/** The patch releases of `kubernetes` in which a gate has the other default than in the last: all before this one. */
export function flippedBefore(gate: Gate, kubernetes: KubernetesRelease): number | undefined {
  return FLIPPED.find((flip) => flip.gate === gate && flip.release === kubernetes)?.patch;
}
