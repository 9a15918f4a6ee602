import { LABEL_MAX_LENGTH } from '../../kube/names';
import type { PlainRecord } from '../../manifest/data';
import type { Field } from '../../manifest/field';
import type { Warnings } from './warning';

/** By group and kind: what the name of an object is used in. */
const USES: Readonly<Record<string, string>> = {
  '/Pod': "the Pod's hostname",
  '/ReplicationController': 'Pod names and hostnames',
  'apps/Deployment': 'Pod names and hostnames',
  'apps/ReplicaSet': 'Pod names and hostnames',
  'batch/CronJob': 'Pod names and hostnames',
  'batch/Job': 'Pod names and hostnames',
};

/** What is said of the name of an object, after which pods or hosts are named. */
export function nameWarnings(kind: string, root: Field, metadata: PlainRecord, warnings: Warnings): void {
  const use = Object.hasOwn(USES, kind) ? USES[kind] : undefined;
  if (use === undefined) return;
  const problems = nameProblems(metadata);
  if (problems.length === 0) return;
  const effect = `this is used in ${use}, which can result in surprising behavior`;
  warnings.add(root.at('metadata', 'name'), `${effect}; a DNS label is recommended: [${problems.join(' ')}]`);
}

/** Why a name is no DNS label. */
export function nameProblems({ name }: PlainRecord): readonly string[] {
  if (typeof name !== 'string') return [];
  return [
    ...(name.length > LABEL_MAX_LENGTH ? [`must be no more than ${LABEL_MAX_LENGTH} characters`] : []),
    ...(name.includes('.') ? ['must not contain dots'] : []),
  ];
}
