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
  why: 'Everybody who can read the manifests, the repository or the workload can use them, and they stay in the history.',
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

/** The message does not repeat the secret: more people read reports than may know it. */
function say(manifest: Manifest, { path }: Field, what: string, report: Report): void {
  report(manifest, path, `contains ${what}`, 'Move it to a Secret, and reference its key.');
}
