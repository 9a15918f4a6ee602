import type { FeatureGates } from '../../../kube/feature-gates';
import type { ContainerProps } from '../container/container';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { needsGate } from '../../core/needs-gate';
import { isRecord } from '../../core/props';

const IMAGE = 'Copy the files from an init container of that image into storage that is `temporary`.';

/** What props of a container say in the words of Kubernetes, and a closed gate drops. */
export function checkGated(
  { storage = {}, files = {}, env = {} }: ContainerProps<unknown>,
  gates: FeatureGates,
  report: Reporter,
): void {
  for (const [prop, mounts] of Object.entries({ storage, files }))
    for (const [path, mount] of Object.entries(mounts as object)) {
      if (fieldOf(fieldOf(mount, 'volume'), 'image') === undefined) continue;
      needsGate('ImageVolume', gates, { path: `${path}.volume.image`, instead: IMAGE }, below(prop, report));
    }
  for (const [name, value] of Object.entries(env)) {
    if (fieldOf(fieldOf(value, 'valueFrom'), 'fileKeyRef') === undefined) continue;
    const path = `${name}.valueFrom.fileKeyRef`;
    const instead = 'Read the file in the command of the container.';
    needsGate('EnvFiles', gates, { path, instead }, below('env', report));
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}
