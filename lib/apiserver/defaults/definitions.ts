import type { Plain } from './plain';

export function customResourceNames(names: Plain): void {
  const kind = typeof names['kind'] === 'string' ? names['kind'] : '';
  if (kind === '') return;
  names['singular'] ??= kind.toLowerCase();
  names['listKind'] ??= `${kind}List`;
}

export function customResourceSpec(spec: Plain): void {
  spec['conversion'] ??= { strategy: 'None' };
}
