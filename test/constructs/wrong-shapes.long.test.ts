import { App } from 'cdk8s';
import { Chart, check, Environment, ManifestSet, SeaworthyError, synth } from '../../lib';
import { PROFILE } from './maximal';
import type { Steps } from './places';
import { changed, EACH, placesIn, SHARED } from './places';

/** What programs in JavaScript, casts and data from elsewhere put in the place of a value. */
const WRONG: Readonly<Record<string, unknown>> = {
  'a string': 'zzz',
  'a number': 7,
  'not a number': Number.NaN,
  true: true,
  null: null,
  'a list of text': ['zzz'],
  'a list as Kubernetes has it': [{ name: 'A', value: 'b' }],
  'an object': { zzz: 1 },
  'an object of undefined': { zzz: undefined },
  'a Promise': Promise.resolve({}),
  'a function': () => 'zzz',
};

/** Objects in Kubernetes' own form, which admission checks. */
const RAW =
  /(^|\.)(affinity|dnsConfig|volume|valueFrom|metrics|behavior|spread|podFailurePolicy|metadata)(\.|$)/;

/** Of the places deep inside, each value is tried in one of so many. */
const EVERY = 6;

interface Outcome {
  readonly yaml: string;
  readonly errors: readonly string[];
}

/** What a program comes to, in an App of cdk8s, which is not traced and therefore fast; nothing where Seaworthy says what is wrong. */
function outcome(
  { construct, variant }: (typeof EACH)[number],
  change: (props: object) => unknown,
): Outcome | undefined {
  const app = new App();
  const chart = new Chart(new Environment(app, 'production', PROFILE), 'shop', { namespace: 'home' });
  const props = construct.variants[variant]?.(chart) ?? {};
  try {
    construct.create(app as never, chart, change(props) as never);
    const yaml = synth(app).toYaml();
    const errors = check(ManifestSet.parse(yaml), { preset: 'none' }).filter(({ rule }) =>
      rule.startsWith('admission/'),
    );
    return { yaml, errors: errors.map(({ id, path }) => `${id.kind} ${path}`) };
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    return undefined;
  }
}

describe.each(EACH)('$name, program $variant', (each) => {
  const known = new Set(outcome(each, (props) => props)?.errors);
  const chart = new Chart(new Environment(new App(), 'production', PROFILE), 'shop', { namespace: 'home' });
  const places: readonly Steps[] = [
    [],
    ...placesIn(each.name, each.construct.variants[each.variant]?.(chart) ?? {}, SHARED),
  ];

  it.each(Object.keys(WRONG).map((name, index) => ({ name, index })))(
    'renders what can be applied, or says what is wrong, with $name anywhere',
    ({ name, index }) => {
      const tried = places.filter((steps, at) => steps.length < 2 || (at + index) % EVERY === 0);
      const faults = tried.flatMap((steps) => {
        const path = steps.join('.');
        try {
          let right: unknown;
          const result = outcome(each, (props) =>
            changed(props, steps, (old) => {
              right = old;
              return WRONG[name];
            }),
          );
          if (result === undefined) return [];
          const { yaml, errors } = result;
          const isOfShape =
            typeof right === typeof WRONG[name] && Array.isArray(right) === Array.isArray(WRONG[name]);
          const fresh = RAW.test(path) || isOfShape ? [] : errors.filter((error) => !known.has(error));
          const garbage = /\[object |\bundefined\b|\bNaN\b/.exec(yaml)?.[0];
          return [...fresh, ...(garbage === undefined ? [] : [garbage])].map((fault) => `${path}: ${fault}`);
        } catch (error) {
          return [`${path}: ${String(error)}`];
        }
      });
      expect(faults).toEqual([]);
    },
  );
});
