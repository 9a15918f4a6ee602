import type { NamingReference } from '../../../graph/reference';
import { referencesIn, worldOf } from '../../../graph/references';
import type { Pods } from '../../../graph/pods';
import type { World } from '../../../graph/world';
import { formatId, type Manifest } from '../../../manifest/manifest';
import { groupKind } from '../../../apiserver/kinds/registry';
import type { ConsequenceRule, Report, Step, Steps } from '../rule';
import { kindOf, nameOf } from '../words';

export const readers: ConsequenceRule = {
  kind: 'configuration',
  about:
    'A ConfigMap or Secret changes, and the workloads that read it use the new values soon, in their next pods, or after a restart.',
  run(steps, report) {
    const replaced = new Set(
      steps.steps.filter(({ change }) => change.effect === 'pods-replaced').map(({ change }) => change.after),
    );
    for (const step of steps.steps) {
      const isConfiguration = kindOf(step) === '/ConfigMap' || kindOf(step) === '/Secret';
      if (isConfiguration && step.change.effect === 'updated' && changesData(step))
        readersOf(step, steps, replaced, report);
    }
  },
};

function changesData({ change }: Step): boolean {
  return change.fields.length === 0 || change.fields.some(({ path }) => /^(data|binaryData)\b/.test(path));
}

/** How a pod reads an object. */
type Way = 'environment' | 'subPath' | 'files';

/** What each way means for a change. */
const WAYS: Readonly<Record<Way, string>> = {
  environment: 'reads it into environment variables, and keeps the old values until its pods restart',
  subPath: 'mounts it with subPath, and keeps the old files until its pods restart',
  files: 'mounts it, and sees the new files within about a minute',
};

function readersOf(
  step: Step,
  { after }: Steps,
  replaced: ReadonlySet<Manifest | undefined>,
  report: Report,
): void {
  const { after: manifest } = step.change;
  if (manifest === undefined) return;
  const ways = new Map<Manifest, Set<Way>>();
  for (const reference of referencesIn(after).to(manifest)) {
    const way = reference.type === 'names' ? wayOf(reference, worldOf(after)) : undefined;
    if (way !== undefined) ways.set(reference.from, (ways.get(reference.from) ?? new Set<Way>()).add(way));
  }
  for (const [reader, found] of ways) {
    const name = `${nameOf(step)} changes under the same name: ${formatId(reader.id)}`;
    if (replaced.has(reader))
      report(step, 'info', `${name} reads the new values, because its pods are replaced too.`);
    else if (groupKind(reader.id.apiVersion, reader.id.kind) === 'batch/CronJob')
      report(step, 'info', `${name} reads the new values in its next pods.`);
    else for (const way of found) report(step, way === 'files' ? 'info' : 'warning', `${name} ${WAYS[way]}.`);
  }
}

function wayOf({ from, path, role }: NamingReference, world: World): Way | undefined {
  if (role !== 'config-map' && role !== 'secret') return undefined;
  if (/\.env(From)?\[\d+\]/.test(path)) return 'environment';
  const volume = /\.volumes\[(\d+)\]/.exec(path)?.[1];
  if (volume === undefined) return undefined;
  return isMountedBySubPath(from, Number(volume), world) ? 'subPath' : 'files';
}

const mounted = new WeakMap<Pods, ReadonlySet<number>>();

function isMountedBySubPath(reader: Manifest, volume: number, world: World): boolean {
  const pods = world.podsOf(reader);
  if (pods === undefined) return false;
  const found = mounted.get(pods) ?? mountedBySubPath(pods);
  mounted.set(pods, found);
  return found.has(volume);
}

/** The volumes of pods that are mounted by subPath, by their places. */
function mountedBySubPath({ spec, containers }: Pods): ReadonlySet<number> {
  const mounts = containers.flatMap(({ field }) => field.list('volumeMounts'));
  const names = new Set(
    mounts
      .filter((mount) => mount.at('subPath').isSet || mount.at('subPathExpr').isSet)
      .map((mount) => mount.at('name').text),
  );
  const volumes = [...spec.list('volumes').entries()];
  return new Set(volumes.flatMap(([place, volume]) => (names.has(volume.at('name').text) ? [place] : [])));
}
