import fc from 'fast-check';
import { Program, RuleSet, compile, environment, valueOf } from '../../lib/cel';
import { DYN, INT, STRING } from '../../lib/cel';
import { effort } from '../effort';

/** 500 of each take three seconds. */
const RUNS = Number(process.env['SEAWORTHY_PROPERTY_RUNS'] ?? 200);

const env = environment(
  '1.36',
  new Map([
    ['x', DYN],
    ['s', STRING],
    ['i', INT],
  ]),
);
const values = new Map(
  Object.entries({ x: { a: [1, { b: 'c' }], n: null }, s: 'text', i: 3 }).map(([k, v]) => [k, valueOf(v)]),
);

function run(text: string): void {
  const program = compile(text, env);
  if (program instanceof Program) program.evaluate(values);
  else expect(program.length).toBeGreaterThan(0);
}

const WORDS =
  `( ) [ ] { } . .? [? ? : , + - * / % < <= > >= == != && || ! in has( .all(v, .map(v, .filter(v, .exists(v,w,
  .optMap(v, .sortBy(v, .size() .matches( .format( .orValue( .split( .replace( x s i v w x.a x.n "a" 'é' r'\\' b"\\xff"
  1 0 -1 1u 2.5 9223372036854775807 true null optional.of( quantity( url( ip( lists.range( duration("1h") type( string(
  Object{ a: // \\n`.split(/\s+/);

test('random text neither crashes nor hangs the compiler', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), run), { numRuns: RUNS });
});

test('random words neither crash nor hang the compiler or the evaluation', () => {
  const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }).map((parts) => parts.join(' '));
  fc.assert(fc.property(words, run), { numRuns: RUNS });
});

test('expressions that are well formed neither crash nor hang', () => {
  const { expr } = fc.letrec<{ expr: string }>((tie) => ({
    expr: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(
        'x',
        's',
        'i',
        'v',
        'x.a',
        '1',
        '"a"',
        '[1, 2]',
        '{"a": 1}',
        'null',
        'true',
        '1.5',
        'lists.range(50)',
      ),
      fc
        .tuple(tie('expr'), fc.constantFrom('+', '-', '/', '==', '<', '&&', '||', 'in'), tie('expr'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc
        .tuple(
          tie('expr'),
          fc.constantFrom('all', 'exists', 'map', 'filter', 'sortBy', 'optMap'),
          tie('expr'),
        )
        .map(([a, name, b]) => `${a}.${name}(v, ${b})`),
      fc
        .tuple(
          tie('expr'),
          fc.constantFrom('size', 'sort', 'distinct', 'join', 'flatten', 'trim', 'value'),
          fc.constant(''),
        )
        .map(([a, name]) => `${a}.${name}()`),
      fc
        .tuple(fc.constantFrom('dyn', 'string', 'int', 'optional.of', 'type', 'size'), tie('expr'))
        .map(([name, a]) => `${name}(${a})`),
      fc.tuple(tie('expr'), tie('expr'), tie('expr')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    ),
  }));
  fc.assert(fc.property(expr, run), { numRuns: effort(60, 200) });
});

test('rules on random schemas and values neither crash nor pollute a prototype', () => {
  const schema = fc.record(
    {
      type: fc.constantFrom('object', 'array', 'string', 'integer', 'number', 'nope'),
      properties: fc.dictionary(
        fc.constantFrom('a', '__proto__', 'constructor', 'x-y'),
        fc.constant({ type: 'string' }),
      ),
      items: fc.constant({ type: 'integer', 'x-kubernetes-validations': [{ rule: 'self > 0' }] }),
      'x-kubernetes-validations': fc.array(
        fc.record({ rule: fc.constantFrom('self.a == "b"', 'self.all(v, v == 1)', 'self == oldSelf', '(') }),
      ),
    },
    { requiredKeys: ['type'] },
  );
  fc.assert(
    fc.property(schema, fc.jsonValue(), fc.jsonValue(), (of, value, oldValue) => {
      RuleSet.of(of, '1.36').evaluate(value, { oldValue });
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: effort(60, 200) },
  );
});
