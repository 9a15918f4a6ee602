import { availability } from '../../../kube/schema';
import type { Availability } from '../../../kube/schema';
import type { Rule } from '../../rule';

export const deprecatedApi: Rule = {
  name: 'policy/deprecated-api',
  severity: 'warning',
  about: 'Finds API versions that the release of the cluster still serves, and a later one will not.',
  why: 'The release that removes it refuses the object, and upgrades have to wait for it.',
  run({ set, kubernetes }, report) {
    const known = new Map<string, Availability | undefined>();
    for (const manifest of set) {
      const { apiVersion, kind } = manifest.id;
      const key = `${apiVersion} ${kind}`;
      if (!known.has(key)) known.set(key, availability(kubernetes, apiVersion, kind));
      const found = known.get(key);
      if (found?.status !== 'served' || found.deprecated === undefined) continue;
      const { deprecated, removed, replacement } = found;
      const end = removed === undefined ? '' : `, and ${removed} removes it`;
      const hint = replacement && `Write ${replacement.apiVersion} ${replacement.kind} instead.`;
      report(
        manifest,
        'apiVersion',
        `${apiVersion} ${kind} is deprecated since Kubernetes ${deprecated}${end}`,
        hint,
      );
    }
  },
};
