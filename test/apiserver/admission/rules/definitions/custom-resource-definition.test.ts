import { admit } from '../../../../../lib/check/admit';
import { definition, integer, list, object, string, type Plain } from '../../custom/widgets';

const spec = object({ color: string, size: integer, tags: list(string), more: object({ deep: string }) });

function paths(version: Plain): string[] {
  return admit(definition(spec, version)).map(({ path }) => path);
}

describe('selectable fields', () => {
  const said = (...names: string[]): string[] =>
    paths({ selectableFields: names.map((jsonPath) => ({ jsonPath })) });

  it('are scalars of the schema, each once', () => {
    expect(said('.spec.color', '.spec.size', '.spec.more.deep')).toEqual([]);
    expect(said('.spec.color', '.spec.color')).toEqual(['spec.selectableFields[1].jsonPath']);
    for (const wrong of [
      '',
      'spec.color',
      '.spec.shape',
      '.spec.tags',
      '.spec.more',
      ".spec['color']",
      '.metadata.name',
    ])
      expect(said(wrong)).toEqual(['spec.selectableFields[0].jsonPath']);
  });
});

describe('a warning of deprecation', () => {
  const AT = 'spec.versions[0].deprecationWarning';

  it('is short and printable, and of a version that is deprecated', () => {
    expect(paths({ deprecated: true, deprecationWarning: 'use v2 – please' })).toEqual([]);
    for (const deprecationWarning of ['', 'a\nb', 'é'.repeat(200)])
      expect(paths({ deprecated: true, deprecationWarning })).toEqual([AT]);
    expect(paths({ deprecationWarning: 'x' })).toEqual([AT]);
  });
});
