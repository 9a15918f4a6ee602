import { immutableFields as fieldsOf, kindsWithImmutableFields } from '../../lib/apiserver/immutable';
import { kindUpdates } from '../../lib/apiserver/kinds/registry';

/** What an update may not change, kind by kind: the fixed fields, and what depends on more than the field. */
export function immutableFields(): string {
  const fixed = new Map(
    kindsWithImmutableFields.map((kind) => [kind, fieldsOf(kind).map(({ path }) => path)]),
  );
  const rules = new Map(kindUpdates().map(({ kind, about }) => [kind, about]));
  const kinds = [...new Set([...fixed.keys(), ...rules.keys()])].sort();
  const rows = kinds.map((kind) => {
    const [group = '', name = ''] = kind.split('/');
    const fields = (fixed.get(kind) ?? []).map((path) => `\`${path}\``).join(', ');
    return `| ${name} | ${group === '' ? 'core' : group} | ${fields} | ${rules.get(kind) ?? ''} |`;
  });
  return ['| kind | group | immutable | conditions |', '|---|---|---|---|', ...rows].join('\n');
}
