import { referencesIn } from '../../../graph/references';
import { podTemplateOf } from '../../../graph/pod-template';
import { formatId, identityKey, type Manifest } from '../../../manifest/manifest';
import type { ConsequenceRule, Steps } from '../rule';
import { listing, told } from '../told';
import { kindOf, nameOf } from '../words';

/**
 * Configuration under a name that follows its content: the old object goes while pods that were made for it still run, and
 * a rollback of the workload alone brings back pods that need it.
 */
export const replaced: ConsequenceRule = {
  kind: 'configuration',
  about:
    'A ConfigMap or Secret is replaced by one of another name, and pods of the old revision and rollbacks need the old one.',
  run(steps, report) {
    const deleted = new Set(steps.steps.flatMap(({ change }) => (change.replacedBy ? [change.before] : [])));
    const gone = new Map(
      [...deleted].flatMap((each) => (each ? [[identityKey(each.id), each] as const] : [])),
    );
    for (const step of steps.steps) {
      const { replaces } = step.change;
      if (replaces === undefined || !(kindOf(step) === '/ConfigMap' || kindOf(step) === '/Secret')) continue;
      const old = gone.get(identityKey(replaces));
      const readers = old === undefined ? [] : readersOf(old, steps);
      const name = formatId(replaces);
      const now = `${nameOf(step)} takes the place of ${name}`;
      if (old === undefined) report(step, 'info', `${now}, which stays for pods that read it.`);
      else if (readers.length > 0)
        report(
          step,
          'info',
          told`${now}, which is deleted. Until the rollout of ${listing(readers, 3)} is complete, pods of the old revision that start or restart need the old one, so prune it last. kubectl rollout undo needs it, too: ${wayBack(step.change.after)}.`,
        );
    }
  },
};

/** The output of an app can keep what it wrote before. */
function wayBack(manifest: Manifest | undefined): string {
  const way = 'roll back by applying the former manifests';
  return manifest?.origin?.construct === undefined ? way : `${way}, or keep it with keepGenerations`;
}

/** The workloads whose pods read an object, and that there still are. */
function readersOf(old: Manifest, { before, steps }: Steps): string[] {
  const lasting = new Set(steps.flatMap(({ change }) => (change.after ? [change.before] : [])));
  const readers = referencesIn(before)
    .to(old)
    .filter(
      ({ type, from }) =>
        type === 'names' && lasting.has(from) && podTemplateOf(from.object)?.replacesPods === true,
    );
  return [...new Set(readers.map(({ from }) => formatId(from.id)))];
}
