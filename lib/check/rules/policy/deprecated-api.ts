import { availability } from '../../../kube/schema';
import type { Availability } from '../../../kube/schema';
import type { Rule } from '../../rule';

export const deprecatedApi: Rule = {
  name: 'policy/deprecated-api',
  severity: 'warning',
  about: 'Finds API versions that are deprecated in the release of the cluster.',
  why: 'The release that removes the version rejects the object, which blocks the cluster upgrade.',
  run({ set, kubernetes }, report) {
    const known = new Map<string, Availability | undefined>();
    for (const manifest of set) {
      const { apiVersion, kind } = manifest.id;
      const key = `${apiVersion} ${kind}`;
      if (!known.has(key)) known.set(key, availability(kubernetes, apiVersion, kind));
      const found = known.get(key);
      if (found?.status !== 'served' || found.deprecated === undefined) continue;
      const { deprecated, removed, replacement } = found;
      const end = removed === undefined ? '' : `, unavailable in v${removed}+`;
      const hint = replacement && `Use ${replacement.apiVersion} ${replacement.kind} instead.`;
      report(manifest, 'apiVersion', `${apiVersion} ${kind} is deprecated in v${deprecated}+${end}`, hint);
    }
  },
};
