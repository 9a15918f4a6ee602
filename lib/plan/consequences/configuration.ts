import type { NamingReference } from '../../graph/reference';
import { referencesIn } from '../../graph/references';
import { podTemplatePath } from '../../graph/pod-template';
import { recordIn, recordsIn } from '../../apiserver/defaults/plain';
import { formatId, type Manifest } from '../../manifest/manifest';
import type { ChangedField } from '../change';
import { groupKind } from '../../apiserver/kinds/registry';
import type { ConsequenceRule, Step, Steps, Report } from './rule';
import { kindOf, nameOf } from './workload';

export const configuration: ConsequenceRule = {
  name: 'configuration',
  about: 'Which workloads read a ConfigMap or Secret that changes, and when they get to see it.',
  run(steps, report) {
    const replaced = new Set(
      steps.steps.filter(({ change }) => change.effect === 'pods-replaced').map(({ change }) => change.after),
    );
    for (const step of steps.steps) {
      const isConfiguration = kindOf(step) === '/ConfigMap' || kindOf(step) === '/Secret';
      if (isConfiguration && step.change.effect === 'updated' && changesData(step)) {
        readers(step, steps, replaced, report);
      }
      if (step.change.effect === 'pods-replaced') renamed(step, report);
    }
  },
};

function changesData({ change }: Step): boolean {
  return change.fields.length === 0 || change.fields.some(({ path }) => /^(data|binaryData)\b/.test(path));
}

/** How a pod reads an object, and what that means for a change. */
type Way = 'environment' | 'subPath' | 'files';

const WAYS: Readonly<Record<Way, string>> = {
  environment: 'reads it into environment variables, and goes on with the old values until its pods restart',
  subPath: 'mounts it by subPath, and goes on with the old files until its pods restart',
  files: 'mounts it, and sees the new files within a minute or so',
};

function readers(
  step: Step,
  { after }: Steps,
  replaced: ReadonlySet<Manifest | undefined>,
  report: Report,
): void {
  const { after: manifest } = step.change;
  if (manifest === undefined) return;
  const ways = new Map<Manifest, Set<Way>>();
  for (const reference of referencesIn(after).to(manifest)) {
    const way = reference.type === 'names' ? wayOf(reference) : undefined;
    if (way !== undefined) ways.set(reference.from, (ways.get(reference.from) ?? new Set<Way>()).add(way));
  }
  for (const [reader, found] of ways) {
    const name = `${nameOf(step)} changes under the same name: ${formatId(reader.id)}`;
    if (replaced.has(reader))
      report(step, 'info', `${name} reads the new values, since its pods are replaced as well.`);
    else if (!staysRunning(reader))
      report(step, 'info', `${name} reads the new values in the pods that it makes from now on.`);
    else {
      for (const way of found) report(step, way === 'files' ? 'info' : 'warning', `${name} ${WAYS[way]}.`);
    }
  }
}

function staysRunning({ id: { apiVersion, kind } }: Manifest): boolean {
  return groupKind(apiVersion, kind) !== 'batch/CronJob';
}

function wayOf({ from, path, role }: NamingReference): Way | undefined {
  if (role !== 'config-map' && role !== 'secret') return undefined;
  if (/\.env(From)?\[\d+\]/.test(path)) return 'environment';
  const volume = /\.volumes\[(\d+)\]/.exec(path)?.[1];
  if (volume === undefined) return undefined;
  return isMountedBySubPath(from, Number(volume)) ? 'subPath' : 'files';
}

function isMountedBySubPath({ object, id }: Manifest, volume: number): boolean {
  const steps = podTemplatePath(groupKind(id.apiVersion, id.kind)) ?? [];
  const template = steps.reduce<Record<string, unknown>>((each, step) => recordIn(each, step) ?? {}, object);
  const spec = recordIn(template, 'spec') ?? {};
  const name = recordsIn(spec, 'volumes')[volume]?.['name'];
  const containers = [...recordsIn(spec, 'containers'), ...recordsIn(spec, 'initContainers')];
  return containers
    .flatMap((container) => recordsIn(container, 'volumeMounts'))
    .some((mount) => mount['name'] === name && (mount['subPath'] ?? mount['subPathExpr']) !== undefined);
}

/** Names of configuration that follow their content: the workload rolls because it reads another object. */
function renamed(step: Step, report: Report): void {
  const told = new Set<string>();
  for (const field of step.change.fields) {
    const kind = namedKind(field);
    const key = `${kind} ${String(field.before)} ${String(field.after)}`;
    if (kind === undefined || told.has(key)) continue;
    told.add(key);
    report(
      step,
      'info',
      `${nameOf(step)} reads ${kind} ${String(field.after)} in place of ${String(field.before)}.`,
    );
  }
}

function namedKind({ path, before, after }: ChangedField): string | undefined {
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  if (/\.(configMap|configMapRef|configMapKeyRef)\.name$/.test(path)) return 'ConfigMap';
  return /\.(secret\.secretName|secretRef\.name|secretKeyRef\.name|secret\.name)$/.test(path)
    ? 'Secret'
    : undefined;
}
