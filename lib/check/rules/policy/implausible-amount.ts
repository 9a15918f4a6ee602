import { parseQuantity } from '../../../kube/quantity';
import type { Field } from '../../../manifest/field';
import { objectsOf } from '../../../graph/objects';
import { claimTemplates, podsOf, type Pods } from '../../../graph/pods';
import type { Cluster } from '../../../graph/cluster';
import type { Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';

/** No process runs, and no file system fits, in less. */
const LEAST_BYTES = parseQuantity('1Mi');
/** More than the nodes of nearly all clusters have. */
const MOST_BYTES = parseQuantity('1000Gi');
const MOST_CORES = parseQuantity('100');

export const implausibleAmount: Rule = {
  name: 'policy/implausible-amount',
  severity: 'warning',
  about:
    'Finds amounts with the wrong unit or none: less than 1Mi of memory or storage, 1000Gi of memory or more, 100 CPUs or more.',
  why: 'A number without a unit counts bytes or whole CPUs, and m is a thousandth: the container is killed, or no node has room for the pod.',
  run(cluster, report) {
    const say = (manifest: Manifest, field: Field): void => {
      const found = problemOf(field);
      if (found !== undefined) report(manifest, field.path, ...found);
    };
    for (const pods of podsOf(cluster))
      for (const resources of resourcesOf(pods))
        for (const side of ['requests', 'limits'])
          for (const field of resources.child(side).entries) say(pods.manifest, field);
    for (const { manifest, field } of claimsOf(cluster)) say(manifest, field);
  },
};

function resourcesOf({ spec, containers }: Pods): Field[] {
  return [spec, ...containers.map(({ field }) => field)].map((field) => field.child('resources'));
}

function claimsOf(cluster: Cluster): { readonly manifest: Manifest; readonly field: Field }[] {
  const storage = (claim: Field): Field => claim.at('spec', 'resources', 'requests').key('storage');
  return [
    ...objectsOf(cluster, '/PersistentVolumeClaim').map(({ manifest, root }) => ({
      manifest,
      field: storage(root),
    })),
    ...podsOf(cluster).flatMap((pods) =>
      claimTemplates(pods).map((claim) => ({ manifest: pods.manifest, field: storage(claim) })),
    ),
  ];
}

function problemOf({ name, value }: Field): [message: string, hint: string] | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const amount = parseQuantity(value)?.nanos;
  if (amount === undefined || amount <= 0n) return undefined;
  const shown = String(value);
  if (name === 'cpu') {
    if (MOST_CORES === undefined || amount < MOST_CORES.nanos) return undefined;
    return [`${shown} is ${shown} whole CPUs`, `Write ${shown}m for thousandths of a CPU.`];
  }
  if (!['memory', 'ephemeral-storage', 'storage'].includes(name)) return undefined;
  if (LEAST_BYTES !== undefined && amount < LEAST_BYTES.nanos) {
    const number = /^\d+/.exec(shown)?.[0] ?? '1';
    return [`${shown} is less than 1Mi of ${name}`, `Write the unit: ${number}Mi or ${number}Gi.`];
  }
  if (name !== 'memory' || MOST_BYTES === undefined || amount < MOST_BYTES.nanos) return undefined;
  return [
    `${shown} is 1000Gi of memory or more`,
    'Check the unit: Mi is 1,048,576 bytes, Gi 1,024 times as much.',
  ];
}
