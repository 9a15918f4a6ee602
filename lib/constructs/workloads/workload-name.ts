import { maxNameLength, nameRule } from '../../kube/object-names';
import type { KubernetesRelease } from '../../kube/schema';
import { NAME_LENGTH } from '../core/names';

/** What decides how a workload may be called. */
export interface NamedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Longest name that leaves room for what is put behind it. @default what its controller finds room for */
  readonly maxName?: number;
  /** Whether a Service of the same name stands beside it. @default false */
  readonly served?: boolean;
}

/** The longest name for which the controller finds room, and which is still a label of the pods. */
export function longestName({ apiVersion, kind, maxName = NAME_LENGTH }: NamedKind): number {
  return Math.min(maxName, maxNameLength(apiVersion, kind));
}

/** What is wrong with the name of a workload, and of the Service beside it. */
export function nameProblem(
  name: string,
  kind: NamedKind,
  kubernetes: KubernetesRelease,
): string | undefined {
  const longest = longestName(kind);
  const wrong = nameRule(kind.apiVersion, kind.kind, kubernetes)(name);
  if (wrong !== undefined) return wrong;
  if (name.length > longest) return `must be at most ${longest} characters, and has ${name.length}`;
  return kind.served === true ? nameRule('v1', 'Service', kubernetes)(name) : undefined;
}
