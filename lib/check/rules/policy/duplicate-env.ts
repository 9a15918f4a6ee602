import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';

/** Source: `env` is a list by name for server-side apply (`+listMapKey=name`), and a plain one for validation. */
export const duplicateEnv: Rule = {
  name: 'policy/duplicate-env',
  severity: 'warning',
  about: 'Finds environment variables that a container sets twice.',
  why: 'The last value wins, and server-side apply rejects the object.',
  run(cluster, report) {
    for (const { manifest, containers } of podsOf(cluster)) {
      for (const { field, name } of containers) {
        const seen = new Set<string>();
        for (const variable of field.child('env').items.map((each) => each.child('name'))) {
          const { text, path } = variable;
          const message = `container "${name}" sets environment variable ${text} again; the last value wins`;
          if (text !== '' && seen.has(text)) report(manifest, path, message, 'Remove one of them.');
          seen.add(text);
        }
      }
    }
  },
};
