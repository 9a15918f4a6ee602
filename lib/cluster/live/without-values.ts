import { asWritten } from '../../apiserver/update/as-written';
import { withoutSecrets } from '../../check/secrets/object';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { at } from '../fields';

/** Secrets that Helm and the cluster keep for themselves, which no manifest names. */
const MADE = new Set(['helm.sh/release.v1', 'bootstrap.kubernetes.io/token']);

/**
 * An object of a cluster as a manifest that can be shown: without its status and what servers write, with the keys of a
 * Secret or ConfigMap and no values, without the tokens of a ServiceAccount, and without anything that looks like a credential.
 *
 * @param keepsValues whether the values of a ConfigMap decide about manifests, as those of a policy's params do
 * @returns undefined for a Secret that Helm or the cluster keeps for itself
 */
export function withoutValues(object: KubeObject, keepsValues = false): KubeObject | undefined {
  if (object.kind === 'Secret' && MADE.has(String(object['type']))) return undefined;
  const { secrets: _, ...rest } = asWritten(object);
  const written = object.kind === 'ServiceAccount' ? rest : asWritten(object);
  const isEmptied = object.kind === 'Secret' || (object.kind === 'ConfigMap' && !keepsValues);
  const emptied = isEmptied
    ? { ...written, ...keysOf(object, 'data'), ...keysOf(object, 'binaryData') }
    : written;
  // Words in schemas and expressions are no credentials, and decide as they are.
  const { spec, ...others } = emptied;
  if (DECIDES.test(object.kind)) return { ...(withoutSecrets(others) as KubeObject), spec };
  return withoutSecrets(emptied) as KubeObject;
}

const DECIDES = /^(CustomResourceDefinition|ValidatingAdmissionPolicy)$/;

function keysOf(object: KubeObject, field: 'data' | 'binaryData'): PlainRecord {
  const values = at(object, field);
  if (!isPlainRecord(values)) return {};
  return {
    [field]: Object.fromEntries(
      Object.keys(values)
        .sort()
        .map((key) => [key, '']),
    ),
  };
}
