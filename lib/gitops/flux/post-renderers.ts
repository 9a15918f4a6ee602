import { formatId, groupOf, type Manifest } from '../../manifest/manifest';
import type { Problem } from '../../errors';
import { patchBetween } from '../kustomize/json-patch';
import type { Included } from './included';

/**
 * The patches that make the objects of a chart to those of the app, which has changed them since.
 *
 * @param report takes CONFIG_INVALID for a change that Flux cannot make
 */
export function patchesOf(
  { release, manifests }: Included,
  report: (problem: Problem) => void,
): readonly object[] {
  return manifests.flatMap((manifest) => {
    const { object, charted, id, origin } = manifest;
    const operations = charted === undefined ? [] : patchBetween(charted, object);
    if (operations.length === 0) return [];
    const isHere = id.namespace === release.namespace;
    const isAlike = (other: Manifest): boolean =>
      other !== manifest && other.id.kind === id.kind && other.id.name === id.name;
    // Labels of the cdk8s chart say whose a definition is, which the release says as well.
    if (
      id.kind === 'CustomResourceDefinition' &&
      operations.every(({ path }) => /^\/metadata\/labels\b/.test(path))
    )
      return [];
    if (id.kind === 'CustomResourceDefinition' || (isHere && manifests.some(isAlike))) {
      report({
        code: 'CONFIG_INVALID',
        place: formatId(id),
        path: operations[0]?.path.slice(1).replaceAll('/', '.') ?? '',
        message: 'Flux cannot change this object of a chart as the app does',
        hint: 'Change it by values of the chart, or leave out helmReleases.',
        ...(origin?.source !== undefined && { source: origin.source }),
      });
      return [];
    }
    const group = groupOf(id.apiVersion);
    return {
      target: {
        ...(group !== '' && { group }),
        version: id.apiVersion.slice(id.apiVersion.indexOf('/') + 1),
        kind: id.kind,
        // A regular expression.
        name: id.name.replaceAll('.', '\\.'),
        // A chart leaves out the namespace of its release, and Kustomize would find no object.
        ...(!isHere && id.namespace !== undefined && { namespace: id.namespace }),
      },
      patch: JSON.stringify(operations),
    };
  });
}
