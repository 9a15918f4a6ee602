import type { ChangedField } from '../../change';
import { forEachStep } from '../rule';
import { nameOf } from '../words';

/** Names of configuration that follow its content: a workload rolls out because it reads another object. */
export const renamed = forEachStep({
  kind: 'configuration',
  about: 'A workload reads another ConfigMap or Secret than before.',
  effects: ['pods-replaced'],
  look(step, _, report) {
    const said = new Set<string>();
    for (const field of step.change.fields) {
      const kind = namedKind(field);
      if (kind === undefined) continue;
      said.add(`${nameOf(step)} reads ${kind} ${String(field.after)} instead of ${String(field.before)}.`);
    }
    for (const message of said) report('info', message);
  },
});

/** The kind of the object that a field of a pod template names. */
function namedKind({ path, before, after }: ChangedField): string | undefined {
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  if (/\.(configMap|configMapRef|configMapKeyRef)\.name$/.test(path)) return 'ConfigMap';
  return /\.(secret\.secretName|secretRef\.name|secretKeyRef\.name|secret\.name)$/.test(path)
    ? 'Secret'
    : undefined;
}
