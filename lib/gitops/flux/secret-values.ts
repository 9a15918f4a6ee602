import { literalSecret } from '../../check/rules/policy/literal-secret';
import { secretUnder } from '../../check/secrets/find';
import type { Problem } from '../../errors';
import { isPlainRecord } from '../../manifest/data';
import type { Included } from './included';

/**
 * Refuses secrets in the values of a release, which are written, and not only what becomes of them.
 *
 * @param report takes LITERAL_SECRET
 */
export function refuseSecretValues(
  { release, manifests }: Included,
  report: (problem: Problem) => void,
): void {
  const isAccepted = manifests.some(({ suppressions = [] }) =>
    suppressions.some(({ rule }) => rule === literalSecret.name),
  );
  if (isAccepted) return;
  const [first] = manifests;
  const visit = (value: unknown, path: string, name: string): void => {
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, `${path}[${index}]`, name));
    else if (isPlainRecord(value))
      for (const [key, field] of Object.entries(value)) visit(field, `${path}.${key}`, key);
    else if (typeof value === 'string') {
      const what = secretUnder(name, value);
      if (what === undefined) return;
      report({
        code: 'LITERAL_SECRET',
        place: `HelmRelease ${release.name}`,
        path,
        message: `contains ${what}, which a repository keeps forever`,
        hint: `Name a Secret that is there, if the chart takes one. Where it is no secret, say so in the code: suppress('${literalSecret.name}', reason).`,
        ...(first?.origin?.source !== undefined && { source: first.origin.source }),
      });
    }
  };
  visit(release.values, 'values', '');
}
