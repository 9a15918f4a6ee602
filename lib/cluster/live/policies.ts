import type { KubeObject } from '../../manifest/manifest';
import { at, textAt } from '../fields';
import { definitionFor } from './definition';
import type { LiveReader } from './reader';

const POLICIES = 'admissionregistration.k8s.io/v1';

/** Reads admission policies, their bindings, and the params that these name. @returns the policies */
export async function readPolicies(
  reader: LiveReader,
  spaces: readonly string[],
): Promise<readonly KubeObject[]> {
  const [policies, bindings] = await Promise.all(
    ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].map((kind) =>
      reader.list({ apiVersion: POLICIES, kind }),
    ),
  );
  const bound = (bindings ?? []).flatMap((binding) => {
    const policy = (policies ?? []).find(
      ({ metadata }) => metadata.name === textAt(binding, 'spec', 'policyName'),
    );
    const [apiVersion, kind] = [
      textAt(policy, 'spec', 'paramKind', 'apiVersion'),
      textAt(policy, 'spec', 'paramKind', 'kind'),
    ];
    return kind === '' ? [] : [{ apiVersion, kind, ref: at(binding, 'spec', 'paramRef') }];
  });
  await Promise.all(
    bound.map(async ({ apiVersion, kind, ref }) => {
      const namespace = textAt(ref, 'namespace');
      const name = textAt(ref, 'name');
      const isParam = (object: KubeObject): boolean => name === '' || object.metadata.name === name;
      reader.add(await definitionFor(reader, { apiVersion, kind }));
      for (const space of namespace === '' ? spaces : [namespace])
        await reader.list({ apiVersion, kind }, { namespace: space, keepsValues: isParam });
    }),
  );
  return policies ?? [];
}
