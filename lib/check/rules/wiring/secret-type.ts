import { Field } from '../../../manifest/field';
import { referencesIn } from '../../../graph/references';
import { formatId, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';

/** What a Secret is used as, and the types that it may have. Source: `SecretType` of core/v1. */
const USES: Readonly<Record<string, { readonly as: string; readonly types: readonly string[] }>> = {
  'tls-secret': { as: 'a certificate', types: ['kubernetes.io/tls'] },
  'pull-secret': {
    as: 'an image pull secret',
    types: ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'],
  },
};

export const secretType: Rule = {
  name: 'wiring/secret-type',
  severity: 'warning',
  about:
    'Finds Secrets of another type than the certificate of an Ingress or Gateway, or an imagePullSecret, has to be.',
  why: 'Controllers serve their default certificate instead, and the kubelet pulls without credentials. The type of a Secret cannot be changed.',
  run(cluster, report) {
    const reported = new Set<Manifest>();
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'names' || reference.resolution !== 'set') continue;
      const { role, from, found } = reference;
      const use = USES[role];
      if (use === undefined || found?.id.kind !== 'Secret' || reported.has(found)) continue;
      const type = Field.root(found.object).child('type').text || 'Opaque';
      if (use.types.includes(type)) continue;
      reported.add(found);
      const needed = use.types[0] ?? '';
      const message = `${formatId(from.id)} uses it as ${use.as}, which needs type ${needed}, not ${type}`;
      report(found, 'type', message, hintFor(needed));
    }
  },
};

function hintFor(type: string): string {
  return `Set type: ${type}. Delete a Secret that exists first, or give this one another name.`;
}
