import type { Field } from '../../../manifest/field';
import { objectsOf } from '../../../graph/objects';
import { podsOf } from '../../../graph/pods';
import type { Rule, Report } from '../../rule';
import type { Manifest } from '../../../manifest/manifest';
import { secretArguments, secretInEntry, secretUnder } from '../../secrets/find';

export const literalSecret: Rule = {
  name: 'policy/literal-secret',
  severity: 'warning',
  about: 'Finds passwords, tokens and keys in environment variables, arguments and ConfigMaps.',
  why: 'Whoever can read the manifests, the repository or the workload can use it, and it stays in the history for ever.',
  run(cluster, report) {
    for (const { manifest, containers } of podsOf(cluster)) {
      for (const { field } of containers) {
        for (const variable of field.child('env').items) {
          const value = variable.child('value');
          const what = secretUnder(variable.child('name').text, value.text);
          if (what !== undefined) say(manifest, value, what, report);
        }
        for (const list of [field.child('command'), field.child('args')]) {
          const { items } = list;
          for (const [index, what] of secretArguments(items.map(({ text }) => text))) {
            const argument = items[index];
            if (argument !== undefined) say(manifest, argument, what, report);
          }
        }
      }
    }
    for (const { manifest, root } of objectsOf(cluster, '/ConfigMap')) {
      for (const entry of root.child('data').entries) {
        const what = secretInEntry(entry.name, entry.text);
        if (what !== undefined) say(manifest, entry, what, report);
      }
    }
  },
};

/** The secret itself is not repeated: reports are read by more people than it is meant for. */
function say(manifest: Manifest, { path }: Field, what: string, report: Report): void {
  report(manifest, path, `holds ${what}`, 'Keep it in a Secret, and refer to its key.');
}
