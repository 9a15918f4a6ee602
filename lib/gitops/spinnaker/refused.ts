import type { Problem } from '../../errors';
import { isEncrypted } from '../../manifest/encrypted';
import { isPlainRecord } from '../../manifest/data';
import { formatId, type Manifest } from '../../manifest/manifest';

/** Spinnaker sets this label on all that it deploys, and on pods, whatever it was. */
const MANAGED_BY = 'app.kubernetes.io/managed-by';

/**
 * Refuses what would not arrive in the cluster as the code says it.
 *
 * Source: `KubernetesManifestLabeler` of Spinnaker's clouddriver.
 *
 * @param report takes CONFIG_INVALID with the line of the code
 */
export function refuseForSpinnaker(manifests: readonly Manifest[], report: (problem: Problem) => void): void {
  for (const { object, id, origin } of manifests) {
    const about = {
      code: 'CONFIG_INVALID' as const,
      place: formatId(id),
      ...(origin?.source !== undefined && { source: origin.source }),
    };
    if (isEncrypted(object))
      report({
        ...about,
        message: 'Spinnaker does not decrypt what SOPS has encrypted',
        hint: 'Use an ExternalSecret or SealedSecret, or another target for this environment.',
      });
    const selector = selectorOf(object);
    if (selector !== undefined)
      report({
        ...about,
        path: selector,
        message: `selects by ${MANAGED_BY}, which Spinnaker sets to "spinnaker"`,
        hint: 'Select by other labels, or use another target for this environment.',
      });
  }
}

/** The path of a selector that asks for the label. */
function selectorOf(value: unknown, above = '', key = ''): string | undefined {
  if (Array.isArray(value))
    return firstOf(value.map((each: unknown, index) => selectorOf(each, `${above}[${index}]`)));
  if (!isPlainRecord(value) || key === 'labels' || key === 'annotations') return undefined;
  const isExpression = 'operator' in value && value['key'] === MANAGED_BY;
  if (isExpression || (MANAGED_BY in value && value[MANAGED_BY] !== 'spinnaker')) return above;
  return firstOf(
    Object.entries(value).map(([name, each]) =>
      selectorOf(each, above === '' ? name : `${above}.${name}`, name),
    ),
  );
}

function firstOf(paths: readonly (string | undefined)[]): string | undefined {
  return paths.find((each) => each !== undefined);
}
