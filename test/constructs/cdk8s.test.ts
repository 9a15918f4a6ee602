import { App as Cdk8sApp, Chart as Cdk8sChart, Testing } from 'cdk8s';
import { App, Chart, Environment, ManifestSet, SeaworthyError, synth, WebService } from '../../lib';
import type { Maximal } from './maximal';
import { CONSTRUCTS, PROFILE } from './maximal';
import { problemsOf, renderedByCdk8s } from './rendering';

const EACH = CONSTRUCTS.flatMap((construct) =>
  construct.variants.map((_, variant) => ({ name: construct.name, construct, variant })),
);

/** An app of cdk8s's own classes with `construct` in it. */
function cdk8sApp({ variants, create }: Maximal, variant: number): Cdk8sApp {
  const app = new Cdk8sApp();
  const chart = new Cdk8sChart(new Environment(app, 'production', PROFILE), 'shop', {
    namespace: 'home',
  }) as Chart;
  create(app as App, chart, variants[variant]?.(chart) as never);
  return app;
}

/** Objects in an order that does not depend on the engine. */
function sorted(objects: Iterable<unknown>): unknown[] {
  return [...objects]
    .map((object) => JSON.stringify(object))
    .sort()
    .map((text) => JSON.parse(text) as unknown);
}

const objectsOf = (set: ManifestSet): unknown[] => sorted([...set].map(({ object }) => object));

describe.each(EACH)('$name in an app of cdk8s, program $variant', ({ construct, variant }) => {
  const app = cdk8sApp(construct, variant);
  const ours = objectsOf(synth(app));

  it('renders as in ours', () => {
    const [own, around] = [new App(), PROFILE];
    const chart = new Chart(new Environment(own, 'production', around), 'shop', { namespace: 'home' });
    construct.create(own, chart, construct.variants[variant]?.(chart) as never);
    expect(ours).toEqual(objectsOf(synth(own)));
  });

  it('renders alike with the engine of cdk8s', () => {
    expect(sorted(renderedByCdk8s(app))).toEqual(ours);
  });

  it('comes out alike as the YAML of cdk8s', () => {
    expect(objectsOf(ManifestSet.parse(app.synthYaml()))).toEqual(ours);
  });
});

describe('an app of cdk8s', () => {
  const build = (props: object): Cdk8sApp => {
    const app = new Cdk8sApp();
    new WebService(new Cdk8sChart(app, 'shop'), 'web', { image: 'a/b:1', port: 80, ...props });
    return app;
  };

  it('needs no environment', () => {
    expect([...synth(build({}))].map(({ id }) => id.kind)).toEqual([
      'ServiceAccount',
      'Deployment',
      'Service',
    ]);
    expect(Testing.synth(Cdk8sChart.of(build({}).node.findChild('shop')))).toHaveLength(3);
  });

  it('tells what is wrong, with either engine', () => {
    const app = build({ replcas: 2 });
    expect(() => app.synthYaml()).toThrow(/shop\/web replcas: unknown prop "replcas" \[UNKNOWN_PROP\]/);
    expect(problemsOf(() => synth(app))).toMatchObject([{ code: 'UNKNOWN_PROP', place: 'shop/web' }]);
    const late = build({ image: 'A B' });
    expect(() => late.synthYaml()).toThrow(SeaworthyError);
    expect(() => late.synthYaml()).toThrow(/INVALID_IMAGE/);
  });

  it('does not look for lines of code', () => {
    for (const { origin } of synth(build({}))) expect(origin).not.toHaveProperty('source');
  });
});
