import type { UnplacedProblem } from './problems';
import type { Fields } from './fields';
import { choice, kubernetesObject, number } from './shapes';
import { asInteger, asIs, asOneOf, renderFields, shapesOf, wordsOf } from './fields';

interface Props {
  readonly count?: number;
  readonly mode?: 'a' | 'b';
  readonly rest?: Readonly<Record<string, unknown>>;
}

const FIELDS: Fields<Props> = {
  count: asInteger('countSeconds', 1, 9),
  mode: asOneOf('theMode', ['a', 'b']),
  rest: asIs('rest', kubernetesObject),
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

  it('reports what is out of range, at the prop', () => {
    expect(render({ count: 10 }).problems).toEqual([
      { code: 'INVALID_PROP', path: 'count', message: 'Invalid value: 10: must be an integer from 1 to 9' },
    ]);
  });

  it('does not take null for nothing', () => {
    expect(render({ count: null }).problems).toMatchObject([{ path: 'count' }]);
  });

  it('has the shape of each prop, and its name by that of the field', () => {
    expect(Object.keys(shapesOf(FIELDS))).toEqual(['count', 'mode', 'rest']);
    expect(shapesOf(FIELDS)).toMatchObject({ count: { expected: number.expected }, rest: kubernetesObject });
    expect(shapesOf(FIELDS).mode.expected).toBe(choice(['a', 'b']).expected);
    expect(wordsOf(FIELDS)).toEqual({ countSeconds: '`count`', theMode: '`mode`' });
  });
});
