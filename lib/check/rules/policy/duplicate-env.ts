import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';

/** Source: `env` is a list by name for server-side apply (`+listMapKey=name`), and a plain one for validation. */
export const duplicateEnv: Rule = {
  name: 'policy/duplicate-env',
  severity: 'warning',
  about: 'Finds environment variables that a container is given twice.',
  why: 'The last one counts, and server-side apply refuses the container altogether.',
  run(cluster, report) {
    for (const { manifest, containers } of podsOf(cluster)) {
      for (const { field, name } of containers) {
        const seen = new Set<string>();
        for (const variable of field.child('env').items.map((each) => each.child('name'))) {
          const { text, path } = variable;
          const message = `gives the container "${name}" the variable ${text} again, and the last one counts`;
          if (text !== '' && seen.has(text)) report(manifest, path, message, 'Keep one of them.');
          seen.add(text);
        }
      }
    }
  },
};
