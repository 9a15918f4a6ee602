import gates from './schema/data/gates.json';
import { isBefore, releases } from './schema/release';
import type { KubernetesRelease } from './schema/release';

/** A feature gate of the API server, by its name in Kubernetes. */
export type Gate = keyof typeof gates;

/** How a gate is in a release: on or off by default, locked on or off, or gone. */
export type GateState = '+' | '-' | '=' | '!' | 'x';

/** Each change of a gate, oldest first. */
type Changes = readonly (readonly [since: string, state: GateState])[];

const read = new Map<Gate, Changes>();

/** `1.28- 1.29+ 1.33= 1.37x`, as scripts/schema/gates writes it. */
function changesOf(gate: Gate): Changes {
  let changes = read.get(gate);
  if (changes === undefined) {
    changes = gates[gate].split(' ').map((text) => [text.slice(0, -1), text.slice(-1) as GateState] as const);
    read.set(gate, changes);
  }
  return changes;
}

export function isGate(name: string): name is Gate {
  return Object.hasOwn(gates, name);
}

/** The names of all gates of all known releases. */
export const gateNames: readonly string[] = Object.keys(gates);

/** How a gate is in `kubernetes`; `undefined` where the release does not know it yet. */
export function stateOf(gate: Gate, kubernetes: KubernetesRelease): GateState | undefined {
  return changesOf(gate).findLast(([since]) => !isBefore(kubernetes, since))?.[1];
}

/**
 * Whether an API server of `kubernetes` has a feature switched on by default. A gate that is gone has left its feature as it
 * was last.
 *
 * @source k8s.io/kubernetes pkg/features/kube_features.go defaultVersionedKubernetesFeatureGates 1.36
 */
export function isOn(gate: Gate, kubernetes: KubernetesRelease): boolean {
  return switchesOf(gate).findLast(([since]) => !isBefore(kubernetes, since))?.[1] ?? false;
}

/** Each release in which a gate came to be on or off by default, oldest first. */
type Switches = readonly (readonly [since: string, on: boolean])[];

const switches = new Map<Gate, Switches>();

function switchesOf(gate: Gate): Switches {
  let known = switches.get(gate);
  if (known === undefined) {
    const all = changesOf(gate)
      .filter(([, state]) => state !== 'x')
      .map(([since, state]) => [since, state === '+' || state === '='] as const);
    known = all.filter(([, on], index) => on !== (all[index - 1]?.[1] ?? false));
    switches.set(gate, known);
  }
  return known;
}

/** The first known release from which on a gate is on by default; `undefined` if it is off in the newest. */
export function onSince(gate: Gate): KubernetesRelease | undefined {
  const off = releases.findLastIndex((release) => !isOn(gate, release));
  return releases[off + 1];
}
