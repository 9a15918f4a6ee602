import { objectsOf } from '../../graph/objects';
import type { Cluster } from '../../graph/cluster';
import { recordIn, recordsIn } from '../../apiserver/defaults/plain';
import type { Manifest } from '../../manifest/manifest';
import type { PlainRecord } from '../../manifest/data';
import { claims, grown, sizeOf, storageClassOf } from './claims';
import type { ConsequenceRule, Step, Steps, Report } from './rule';
import { count, kindOf, nameOf, numberIn, specOf } from './workload';

export const data: ConsequenceRule = {
  name: 'data',
  about: 'What is deleted with its data, what keeps its data behind, and what can no longer be made smaller.',
  run(steps, report) {
    for (const step of steps.steps) {
      if (step.change.effect === 'deleted') gone(step, steps, report);
      else if (step.change.effect !== 'rejected' && step.was !== undefined)
        changed(step, step.was, steps.after, report);
      claims(step, report);
    }
  },
};

function gone(step: Step, { before }: Steps, report: Report): void {
  const { before: manifest } = step.change;
  if (manifest === undefined) return;
  const name = nameOf(step);
  switch (kindOf(step)) {
    case '/PersistentVolumeClaim':
      return claimGone(step, manifest, before, report);
    case 'apps/StatefulSet':
      return statefulSetGone(step, manifest, report);
    case '/PersistentVolume':
      return report(
        step,
        'warning',
        `${name} is deleted: what it points to stays where it is, and nothing in the cluster leads there.`,
      );
    case '/Namespace': {
      const inside = before.set.filter(({ id }) => id.namespace === manifest.id.name).size;
      return report(
        step,
        'error',
        `${name} is deleted with everything in it: ${count(inside, 'object')} of this set, and all that is not known here.`,
      );
    }
    case 'apiextensions.k8s.io/CustomResourceDefinition': {
      const spec = recordIn(manifest.object, 'spec') ?? {};
      const kind = String(recordIn(spec, 'names')?.['kind']);
      const own = objectsOf(before, `${String(spec['group'])}/${kind}`).length;
      return report(
        step,
        'error',
        `${name} is deleted with every ${kind} in the cluster: ${count(own, 'object')} of this set, and all that is not known here.`,
      );
    }
  }
}

function claimGone(step: Step, claim: Manifest, before: Cluster, report: Report): void {
  const spec = recordIn(claim.object, 'spec') ?? {};
  const policy = reclaimPolicy(spec, before);
  if (policy === 'Retain') {
    report(
      step,
      'warning',
      `${nameOf(step)} is deleted: its volume is kept, but no new claim binds it by itself.`,
    );
  } else {
    const why = policy === undefined ? 'unless its reclaim policy is Retain' : 'as its reclaim policy says';
    report(step, 'error', `${nameOf(step)} is deleted, and its volume with all data, ${why}.`);
  }
}

/** The reclaim policy of what a claim gets, where its storage class is known. */
function reclaimPolicy(claim: PlainRecord, cluster: Cluster): string | undefined {
  const storageClass = storageClassOf(claim, cluster);
  return storageClass === undefined ? undefined : storageClass.root.child('reclaimPolicy').text || 'Delete';
}

function statefulSetGone(step: Step, { object }: Manifest, report: Report): void {
  const spec = recordIn(object, 'spec') ?? {};
  const templates = recordsIn(spec, 'volumeClaimTemplates').length;
  if (templates === 0) return;
  const claims = count(templates * numberIn(spec, 'replicas', 1), 'claim');
  const retention = recordIn(spec, 'persistentVolumeClaimRetentionPolicy') ?? {};
  if (retention['whenDeleted'] === 'Delete') {
    report(
      step,
      'error',
      `${nameOf(step)} is deleted, and the ${claims} of its pods with it: persistentVolumeClaimRetentionPolicy.whenDeleted is Delete.`,
    );
  } else {
    report(
      step,
      'warning',
      `${nameOf(step)} is deleted, and leaves the ${claims} of its pods behind, with their data.`,
    );
  }
}

function changed(step: Step, was: PlainRecord, after: Cluster, report: Report): void {
  const [spec, before] = [specOf(step), recordIn(was, 'spec') ?? {}];
  switch (kindOf(step)) {
    case 'apps/StatefulSet':
      return scaledDown(step, spec, before, report);
    case '/PersistentVolumeClaim':
      return grown(step, [sizeOf(before), sizeOf(spec)], after, report);
    case '/PersistentVolume': {
      const [policy, old] = [spec, before].map((each) => each['persistentVolumeReclaimPolicy']);
      if (policy === 'Delete' && old !== 'Delete')
        report(
          step,
          'warning',
          `${nameOf(step)} is from now on deleted with its claim, and its data with it.`,
        );
    }
  }
}

function scaledDown(step: Step, spec: PlainRecord, before: PlainRecord, report: Report): void {
  const retention = recordIn(spec, 'persistentVolumeClaimRetentionPolicy') ?? {};
  const old = recordIn(before, 'persistentVolumeClaimRetentionPolicy') ?? {};
  const templates = recordsIn(spec, 'volumeClaimTemplates').length;
  if (templates === 0) return;
  if (retention['whenDeleted'] === 'Delete' && old['whenDeleted'] !== 'Delete') {
    report(step, 'warning', `${nameOf(step)} takes its claims with it from now on, once it is deleted.`);
  }
  const fewer = numberIn(before, 'replicas', 1) - numberIn(spec, 'replicas', 1);
  if (fewer <= 0) return;
  const claims = count(fewer * templates, 'claim');
  const name = nameOf(step);
  if (retention['whenScaled'] === 'Delete') {
    report(
      step,
      'error',
      `${name} has ${count(fewer, 'pod')} fewer, and deletes the ${claims} of ${fewer === 1 ? 'it' : 'them'}: persistentVolumeClaimRetentionPolicy.whenScaled is Delete.`,
    );
  } else {
    report(
      step,
      'info',
      `${name} has ${count(fewer, 'pod')} fewer, and keeps the ${claims} of ${fewer === 1 ? 'it' : 'them'}.`,
    );
  }
}
