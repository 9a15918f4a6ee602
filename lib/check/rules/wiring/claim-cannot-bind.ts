import { compareQuantities, parseQuantity, type Quantity } from '../../../kube/quantity';
import type { Rule } from '../../rule';
import { namespaceOf } from '../../../graph/namespace';
import { Field } from '../../../manifest/field';
import type { NamingReference } from '../../../graph/reference';
import { referencesIn } from '../../../graph/references';

export const claimCannotBind: Rule = {
  name: 'wiring/claim-cannot-bind',
  severity: 'error',
  about:
    'Finds claims that name a PersistentVolume they cannot bind to: another class or volume mode, too small, a missing access mode, or reserved for another claim.',
  why: 'The claim stays pending, and so do the pods that mount it.',
  run(cluster, report) {
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'names' || reference.role !== 'volume') continue;
      if (reference.found?.id.kind !== 'PersistentVolume') continue;
      const problem = problemOf(reference);
      if (problem === undefined) continue;
      const message = `cannot bind to PersistentVolume ${reference.target.name}: ${problem.message}`;
      report(reference.from, problem.path, message, 'Change the claim or the volume.');
    }
  },
};

interface Problem {
  readonly path: string;
  readonly message: string;
}

/**
 * A volume whose claimRef is this claim is bound to it whatever it is like.
 *
 * Source: syncUnboundClaim and checkVolumeSatisfyClaim of kubernetes
 * `pkg/controller/volume/persistentvolume/pv_controller.go`, whose words these are.
 */
function problemOf({ from, found }: NamingReference): Problem | undefined {
  const [claim, volume] = [Field.root(from.object), Field.root(found?.object)];
  const bound = volume.at('spec', 'claimRef');
  if (!bound.isSet) return mismatch(claim, volume);
  const [name, namespace] = [bound.child('name').text, bound.child('namespace').text];
  // The client chooses the namespace of a claim that names none.
  const isItsOwn = from.id.namespace === undefined || namespace === namespaceOf(from);
  if (name === from.id.name && isItsOwn) return undefined;
  return {
    path: claim.at('spec', 'volumeName').path,
    message: `volume already bound to a different claim: its claimRef is ${namespace}/${name}`,
  };
}

function mismatch(claim: Field, volume: Field): Problem | undefined {
  const size = claim.at('spec', 'resources', 'requests', 'storage');
  const capacity = volume.at('spec', 'capacity', 'storage');
  const [asked, has] = [quantityAt(size), quantityAt(capacity)];
  if (asked !== undefined && has !== undefined && compareQuantities(asked, has) > 0)
    return {
      path: size.path,
      message: `requested PV is too small: it has ${String(capacity.value)}, not ${String(size.value)}`,
    };
  const [wanted, offered] = [classOf(claim), classOf(volume)];
  // A claim without a class gets the default one of the cluster.
  if (wanted.isSet && wanted.text !== offered.text)
    return {
      path: wanted.path,
      message: `storageClassName does not match: it has "${offered.text}", not "${wanted.text}"`,
    };
  const mode = claim.at('spec', 'volumeMode');
  const [own, its] = [mode.text || FILES, volume.at('spec', 'volumeMode').text || FILES];
  if (own !== its)
    return {
      path: mode.isSet ? mode.path : 'spec',
      message: `incompatible volumeMode: it has ${its}, not ${own}`,
    };
  const modes = volume.at('spec', 'accessModes').texts;
  const missing = claim.list('spec', 'accessModes').find(({ text }) => !modes.includes(text));
  return (
    missing && {
      path: missing.path,
      message: `incompatible accessMode: it has ${modes.join(', ') || 'none'}, not ${missing.text}`,
    }
  );
}

/** The volume mode of a claim or volume that says none. */
const FILES = 'Filesystem';

/** The former annotation counts before the field: `GetPersistentVolumeClaimClass`. */
function classOf(object: Field): Field {
  const annotation = object.at('metadata', 'annotations').key('volume.beta.kubernetes.io/storage-class');
  return annotation.isSet ? annotation : object.at('spec', 'storageClassName');
}

function quantityAt({ value }: Field): Quantity | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
}
