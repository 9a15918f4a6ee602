import type { Plain } from './plain';

/** @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/v1/defaults.go SetDefaults_CustomResourceDefinitionSpec 1.36 */
export function customResourceNames(names: Plain): void {
  const kind = typeof names['kind'] === 'string' ? names['kind'] : '';
  if (kind === '') return;
  names['singular'] ??= kind.toLowerCase();
  names['listKind'] ??= `${kind}List`;
}

/** @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/v1/defaults.go SetDefaults_CustomResourceDefinitionSpec 1.36 */
export function customResourceSpec(spec: Plain): void {
  spec['conversion'] ??= { strategy: 'None' };
}
