import { maxNameLength, nameRule } from '../../kube/object-names';
import type { FeatureGates } from '../../kube/feature-gates';
import { NAME_LENGTH } from '../core/names';

/** What decides which names a workload may have. */
export interface NamedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Longest name that leaves room for a suffix. @default what its controller leaves room for */
  readonly maxName?: number;
  /** Whether it has a Service of the same name. @default false */
  readonly served?: boolean;
}

/** The longest name for which the controller has room, and which is a valid label of the pods. */
export function longestName({ apiVersion, kind, maxName = NAME_LENGTH }: NamedKind): number {
  return Math.min(maxName, maxNameLength(apiVersion, kind));
}

/**
 * What is wrong with the name of a workload, and of its Service.
 *
 * @internal
 */
export function nameProblem(name: string, kind: NamedKind, gates: FeatureGates): string | undefined {
  const longest = longestName(kind);
  const wrong = nameRule(kind.apiVersion, kind.kind, gates)(name);
  if (wrong !== undefined) return wrong;
  if (name.length > longest) return `must be at most ${longest} characters, and has ${name.length}`;
  return kind.served === true ? nameRule('v1', 'Service', gates)(name) : undefined;
}
