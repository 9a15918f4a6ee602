import type { Problem } from '../errors';
import { formatId, isGenerated, type Manifest } from '../manifest/manifest';

/** By this annotation, Kustomize takes an object for its own configuration. */
const LOCAL = 'config.kubernetes.io/local-config';

/**
 * Refuses what Kustomize would not give back.
 *
 * @param report takes CONFIG_INVALID with the line of the code
 */
export function refuseLost(manifests: readonly Manifest[], report: (problem: Problem) => void): void {
  for (const { object, id, origin } of manifests) {
    const isLocal = (object.metadata.annotations?.[LOCAL] ?? 'false') !== 'false';
    const reason = isLocal
      ? `Kustomize leaves out objects with the annotation ${LOCAL}`
      : isGenerated(object)
        ? 'Kustomize takes no object without a name'
        : undefined;
    if (reason === undefined) continue;
    report({
      code: 'CONFIG_INVALID',
      place: formatId(id),
      path: isLocal ? `metadata.annotations[${LOCAL}]` : 'metadata.generateName',
      message: reason,
      hint: 'Use another target for this environment, or change the object.',
      ...(origin?.source !== undefined && { source: origin.source }),
    });
  }
}

/**
 * Refuses objects without a name, which a deployer can create and never find again.
 *
 * @param report takes CONFIG_INVALID with the line of the code
 */
export function refuseNameless(
  manifests: readonly Manifest[],
  deployer: string,
  report: (problem: Problem) => void,
): void {
  for (const { id, origin } of manifests.filter((each) => isGenerated(each.object))) {
    report({
      code: 'CONFIG_INVALID',
      place: formatId(id),
      path: 'metadata.generateName',
      message: `${deployer} takes no object without a name`,
      hint: 'Use another target for this environment, or change the object.',
      ...(origin?.source !== undefined && { source: origin.source }),
    });
  }
}
