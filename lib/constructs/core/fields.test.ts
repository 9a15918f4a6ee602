import type { UnplacedProblem } from './problems';
import type { Fields } from './fields';
import { asInteger, asIs, asOneOf, keysOf, renderFields } from './fields';

interface Props {
  readonly count?: number;
  readonly mode?: 'a' | 'b';
  readonly rest?: object;
}

const FIELDS: Fields<Props> = {
  count: asInteger('countSeconds', 1, 9),
  mode: asOneOf('theMode', ['a', 'b']),
  rest: asIs('rest'),
};

function render(props: object): { readonly fields: object; readonly problems: readonly UnplacedProblem[] } {
  const problems: UnplacedProblem[] = [];
  const fields = renderFields<Props>(props, FIELDS, (problem) => problems.push(problem));
  return { fields, problems };
}

describe('a table of fields', () => {
  it('renders each prop that is set to its field', () => {
    expect(render({ count: 3, mode: 'b', rest: { a: 1 }, other: 1 })).toEqual({
      fields: { countSeconds: 3, theMode: 'b', rest: { a: 1 } },
      problems: [],
    });
    expect(render({ count: undefined }).fields).toEqual({});
  });

  it('reports what is out of range or unknown, at the prop', () => {
    expect(render({ count: 10, mode: 'c' }).problems).toEqual([
      { code: 'INVALID_PROP', path: 'count', message: 'Invalid value: 10: must be an integer from 1 to 9' },
      {
        code: 'INVALID_PROP',
        path: 'mode',
        message: 'Unsupported value: "c": supported values: "a", "b"',
        hint: 'Did you mean "a"?',
      },
    ]);
  });

  it('does not take null for nothing', () => {
    expect(render({ count: null }).problems).toMatchObject([{ path: 'count' }]);
  });

  it('is the list of its keys', () => {
    expect(keysOf(FIELDS)).toEqual({ count: true, mode: true, rest: true });
  });
});
