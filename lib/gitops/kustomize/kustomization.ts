import { groupOf, type Manifest, type ObjectId } from '../../manifest/manifest';
import { emitYaml } from '../../manifest/yaml/emit';
import type { Operation } from './json-patch';

/** An entry of `patches` in a kustomization. */
export interface Patch {
  readonly target: Readonly<Record<'version' | 'kind' | 'name', string>> &
    Readonly<Partial<Record<'group' | 'namespace', string>>>;
  /** The operations, as YAML. */
  readonly patch: string;
}

/** The text of a kustomization. */
export function kustomizationText(
  resources: readonly string[],
  patches: readonly (readonly [Manifest, readonly Operation[]])[] = [],
): string {
  return emitYaml({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources,
    ...(patches.length > 0 && {
      patches: patches.map(([{ id }, operations]): Patch => ({
        target: targetOf(id),
        patch: operationsText(operations),
      })),
    }),
  });
}

/** Operations as YAML; values as JSON, since Kustomize trims the text, and with it line breaks at the end of the last value. */
export function operationsText(operations: readonly Operation[]): string {
  return operations
    .map((operation) => {
      const { op, path } = operation;
      const value = operation.op === 'remove' ? '' : `  value: ${JSON.stringify(operation.value)}\n`;
      return `- op: ${op}\n  path: ${JSON.stringify(path)}\n${value}`;
    })
    .join('');
}

/** Source: `types.Selector` of kustomize api; names in it are regular expressions, from beginning to end. */
function targetOf({ apiVersion, kind, name, namespace }: ObjectId): Patch['target'] {
  const group = groupOf(apiVersion);
  return {
    ...(group !== '' && { group }),
    version: apiVersion.slice(apiVersion.indexOf('/') + 1),
    kind,
    name: literally(name),
    ...(namespace !== undefined && { namespace: literally(namespace) }),
  };
}

function literally(name: string): string {
  return name.replace(/[^A-Za-z0-9-]/g, '\\$&');
}

/** Whether a patch is for an object. */
export function isFor({ target }: Patch, { id }: Manifest): boolean {
  const own = targetOf(id);
  return (Object.keys({ ...own, ...target }) as (keyof Patch['target'])[]).every(
    (key) => own[key] === target[key],
  );
}
