import { assert, constantFrom, dictionary, oneof, boolean, integer, property, string } from 'fast-check';
import { SeaworthyError, type Problem } from '../errors';
import { withPins } from './edit';
import { pinNameProblem, type PinValue } from './pins';
import { readPins } from './read';

const FILE = `# What runs where.
staging:
  api.image: ghcr.io/acme/api:1.5.0   # from CI
  api.replicas: 2

production:
    # Held back until Monday.
    api.image: 'ghcr.io/acme/api:1.4.2'
    api.debug: false
`;

function problems(text: string): readonly Problem[] {
  try {
    readPins(text, 'pins.yaml');
    return [];
  } catch (error) {
    if (error instanceof SeaworthyError) return error.problems;
    throw error;
  }
}

const valuesIn = (text: string, environment: string): Record<string, PinValue> =>
  Object.fromEntries(
    [...(readPins(text, 'pins.yaml').get(environment)?.pins ?? [])].map(([name, { value }]) => [name, value]),
  );

describe('a pins file', () => {
  it('holds texts, numbers and flags by environment and name, each with its line', () => {
    const sections = readPins(FILE, 'pins.yaml');
    expect([...sections.keys()]).toEqual(['staging', 'production']);
    expect(sections.get('production')?.pins.get('api.debug')).toEqual({
      value: false,
      source: 'pins.yaml:9',
      written: 'false',
    });
    expect(valuesIn(FILE, 'staging')).toEqual({ 'api.image': 'ghcr.io/acme/api:1.5.0', 'api.replicas': 2 });
  });

  it.each(['', '# nothing yet\n', 'production:\n'])('may be empty: %j', (text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each([
    ['production:\n  a: 1\n  a: 2\n', 'invalid YAML: Map keys must be unique', 3],
    ['production:\n  a: [1\n', 'invalid YAML', 3],
    ['production: 3\n', 'expected pins by name', 1],
    ['production:\n  a: { b: 1 }\n', 'not a mapping', 2],
    ['production:\n  a: [1]\n', 'not a list', 2],
    ['production:\n  a:\n', 'not null', 2],
    ['production:\n  a: .inf\n', 'not Infinity', 2],
    ['production:\n  "a b": 1\n', 'a pin has a name of letters', 2],
    ['a: &a\n  b: 1\nproduction: *a\n', 'an alias cannot stand for', 3],
    ['- a\n', 'expected environments', undefined],
  ])('edited into nonsense is refused with its line: %j', (text, message, line) => {
    const [problem] = problems(text);
    expect(problem).toMatchObject({ code: 'PINS_INVALID', place: 'pins.yaml' });
    expect(problem?.message).toContain(message);
    expect(problem?.source).toBe(line === undefined ? undefined : `pins.yaml:${line}`);
  });

  it('tells all that is wrong with it at once', () => {
    expect(problems('a:\n  x: [1]\nb:\n  y: {}\n').map(({ path }) => path)).toEqual(['a.x', 'b.y']);
  });
});

describe('a changed pins file', () => {
  it('differs in the values alone where the pins are there: comments, quotes and blanks stay', () => {
    const changed = withPins(FILE, 'production', new Map([['api.image', 'ghcr.io/acme/api:1.5.0']]));
    expect(changed).toBe(FILE.replace("'ghcr.io/acme/api:1.4.2'", 'ghcr.io/acme/api:1.5.0'));
  });

  it('gets a line for each new pin at the end of its environment, and keeps all else', () => {
    const added = new Map<string, PinValue>([
      ['api.replicas', 2],
      ['api.tag', '1.10'],
    ]);
    expect(withPins(FILE, 'production', added)).toBe(`${FILE}    api.replicas: 2\n    api.tag: "1.10"\n`);
    expect(withPins(FILE, 'staging', added)).toBe(
      FILE.replace('api.replicas: 2\n', 'api.replicas: 2\n  api.tag: "1.10"\n'),
    );
    expect(withPins(FILE, 'eu', added)).toBe(`${FILE}eu:\n  api.replicas: 2\n  api.tag: "1.10"\n`);
  });

  it.each(['production:\n  a: 1', 'production:\n  a: |\n    x\n', 'production:\n  a: 1 # c\n# end\n'])(
    'gets it whatever the last line is: %j',
    (text) => {
      const changed = withPins(text, 'production', new Map([['b', 2]]));
      expect(valuesIn(changed, 'production')).toEqual({ ...valuesIn(text, 'production'), b: 2 });
    },
  );

  it.each(['staging:\n  a: 1\n', 'staging:\n  a: 1\nproduction:\n', 'staging: { a: 1 }\nproduction: {}\n'])(
    'gets an environment that had no pins: %j',
    (text) => {
      expect(valuesIn(withPins(text, 'production', new Map([['a', '1.10']])), 'production')).toEqual({
        a: '1.10',
      });
    },
  );

  it('keeps its line ends', () => {
    const text = 'production:\r\n  a: 1\r\n';
    expect(withPins(text, 'production', new Map([['b', 2]]))).toBe('production:\r\n  a: 1\r\n  b: 2\r\n');
  });

  it('reads back as what was written, with the other environment as it was', () => {
    const names = constantFrom('api.image', 'api.debug', 'api.replicas', 'db/image', 'x_1');
    const values = dictionary(names, oneof(string(), boolean(), integer()));
    assert(
      property(values, (given) => {
        const changed = withPins(FILE, 'production', new Map(Object.entries(given)));
        expect(valuesIn(changed, 'production')).toEqual({ ...valuesIn(FILE, 'production'), ...given });
        expect(valuesIn(changed, 'staging')).toEqual(valuesIn(FILE, 'staging'));
      }),
    );
  });
});

test.each(['api.image', 'a', 'db/replica-1_x'])('%j names a pin', (name) => {
  expect(pinNameProblem(name)).toBeUndefined();
});

test.each(['', 'a b', '.a', 'é', 'a:b'])('%j names no pin', (name) => {
  expect(pinNameProblem(name)).toMatch('a pin has a name');
});
