import { firstReleaseWith } from '../cel/libraries';
import { isBefore, type KubernetesRelease } from '../kube/schema';

const UNDECLARED = /undeclared reference to "([^"]+)"$/;

/** Which release brings the CEL function or macro that an expression lacks, if a later one does. */
export function celHint(message: string, kubernetes: KubernetesRelease): string | undefined {
  const name = UNDECLARED.exec(message)?.[1];
  const since = name === undefined ? undefined : firstReleaseWith(name);
  if (since === undefined || !isBefore(kubernetes, since)) return undefined;
  return `CEL has \`${name}\` from Kubernetes ${since} on.`;
}
