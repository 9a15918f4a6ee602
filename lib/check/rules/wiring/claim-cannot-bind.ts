import { compareQuantities, parseQuantity } from '../../../kube/quantity';
import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { namespaceOf } from '../../../graph/namespace';
import { Field } from '../../../manifest/field';
import type { NamingReference } from '../../../graph/reference';
import { referencesIn } from '../../../graph/references';

export const claimCannotBind: Rule = {
  name: 'wiring/claim-cannot-bind',
  severity: 'error',
  about:
    'Finds claims that name a PersistentVolume they cannot bind to: another class, too small, a missing access mode, or reserved for another claim.',
  why: 'The claim stays pending, and so do the pods that mount it.',
  run(cluster, report) {
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'names' || reference.role !== 'volume' || reference.found === undefined)
        continue;
      const problem = problemOf(reference);
      if (problem !== undefined)
        report(
          reference.from,
          problem.path,
          `${formatId(reference.found.id)} ${problem.message}`,
          'Change the claim or the volume.',
        );
    }
  },
};

/** Source: checkVolumeSatisfyClaim of kubernetes `pkg/controller/volume/persistentvolume`. */
function problemOf({ from, found }: NamingReference): { path: string; message: string } | undefined {
  if (found === undefined) return undefined;
  const [claim, volume] = [from, found].map(({ object }) => Field.root(object).at('spec')) as [Field, Field];
  const bound = volume.at('claimRef');
  const isOther = bound.at('name').text !== from.id.name || bound.at('namespace').text !== namespaceOf(from);
  if (bound.isSet && isOther)
    return {
      path: claim.at('volumeName').path,
      message: `is reserved for claim ${bound.at('namespace').text}/${bound.at('name').text}`,
    };
  const [wanted, offered] = [claim, volume].map((spec) => spec.at('storageClassName')) as [Field, Field];
  if (wanted.isSet && wanted.text !== offered.text)
    return { path: wanted.path, message: `has class "${offered.text}", not "${wanted.text}"` };
  const size = claim.at('resources', 'requests', 'storage');
  const [asked, has] = [size.value, volume.at('capacity', 'storage').value].map((value) =>
    typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined,
  );
  if (asked !== undefined && has !== undefined && compareQuantities(asked, has) > 0)
    return { path: size.path, message: `has only ${String(volume.at('capacity', 'storage').value)}` };
  const modes = volume.list('accessModes').map(({ text }) => text);
  const mode = claim.list('accessModes').find(({ text }) => !modes.includes(text));
  return mode && { path: mode.path, message: `does not have access mode ${mode.text}` };
}
