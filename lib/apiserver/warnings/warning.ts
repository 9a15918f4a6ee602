import type { FeatureGates } from '../../kube/feature-gates';
import type { KubernetesRelease } from '../../kube/schema';
import { isBefore } from '../../kube/schema/release';
import type { Field } from '../../manifest/field';

/** What the API server says of an object that it accepts. */
export interface Warning {
  /** The field, as the API server writes it. */
  readonly path: string;
  /** In the words of the API server, without the path that they begin with. */
  readonly message: string;
}

/** Collects the warnings of one object. */
export class Warnings {
  readonly all: Warning[] = [];
  readonly gates: FeatureGates;

  /** @param gates of the API server */
  constructor(gates: FeatureGates) {
    this.gates = gates;
  }

  /** The release of the API server. */
  get kubernetes(): KubernetesRelease {
    return this.gates.kubernetes;
  }

  /** @param path where the server names another field than the one that it means */
  add(field: Field, message: string, path = field.path): void {
    this.all.push({ path, message });
  }

  /** Whether the release of the API server is `release` or later. */
  since(release: string): boolean {
    return !isBefore(this.kubernetes, release);
  }
}

/** The warnings of one kind: a function of a decoded object with its defaults. */
export type KindWarnings = (object: Field, warnings: Warnings) => void;

/** `text` as Go's `%q` writes it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
