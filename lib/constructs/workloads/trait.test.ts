import type { Construct } from 'constructs';
import { at, faultsOf, only, problems, rendered } from '../../../test/constructs/rendering';
import { App, Chart, Job, KubeObject, synth } from '../../index';
import { integer } from '../core/props';
import type { Trait } from './trait';
import { exposeMembers, findPart } from './trait';
import { Worker, WORKER, WORKER_SHAPES, type WorkerProps } from './worker';
import { workloadShape } from './workload';
import { number } from '../core/shapes';

interface PausableProps {
  readonly pause?: number;
}

interface Pausable {
  readonly ticket: KubeObject | undefined;
  pauseWith(other: string): this;
  countPauses(): number;
}

/** A trait that uses all that the interface offers. */
const pausable: Trait<PausableProps, Pausable> = {
  shapes: { pause: number },
  members: { ticket: true, pauseWith: true, countPauses: true },
  precedes: true,
  severalPods: ({ pause = 0 }) => pause > 5,
  attach: ({ workload, kind, metadata }, { pause }) => {
    const others: string[] = [];
    return {
      ticket:
        pause === undefined
          ? undefined
          : new KubeObject(workload, 'ticket', {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: metadata({ for: kind }),
              content: () => ({ data: { others: others.join() } }),
            }),
      pauseWith: (other) => void others.push(other),
      countPauses: () => others.length,
      renderSpec: (report) => ({ paused: integer(pause, 'pause', 0, report) !== undefined }),
      renderPod: () => ({
        labels: { paused: 'yes', app: 'theirs' },
        annotations: { note: 'trait', reason: 'trait' },
        spec: { hostname: 'paused' },
      }),
    };
  },
};

interface PausableWorkerProps extends WorkerProps, PausableProps {}
const PROPS = workloadShape<PausableWorkerProps>({ ...WORKER_SHAPES, ...pausable.shapes });

// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unsafe-declaration-merging -- as the workloads of the library do
interface PausableWorker extends Pausable {}
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- as above
class PausableWorker extends Worker<PausableWorkerProps> {
  constructor(scope: Construct, id: string, props: Partial<PausableWorkerProps>) {
    const traits = [...WORKER.traits, pausable];
    super(scope, id, { image: 'a/b:1', ...props }, { ...WORKER, shape: PROPS, traits });
  }
}
exposeMembers(PausableWorker, [pausable]);

const pausing =
  (props: Partial<PausableWorkerProps>, after: (worker: PausableWorker) => unknown = () => undefined) =>
  (chart: Chart) =>
    after(new PausableWorker(chart, 'app', props));

describe('a trait', () => {
  it('adds fields to the spec of its workload', () => {
    expect(only('Deployment', pausing({ pause: 1 }))['spec']).toMatchObject({ paused: true });
  });

  it('adds to the pods, whose own labels, annotations and selector come first', () => {
    const props = { podAnnotations: { reason: 'user' }, selector: { app: 'mine' } };
    const template = at(only('Deployment', pausing(props)), 'spec.template');
    expect(template).toMatchObject({
      metadata: {
        labels: { app: 'mine', paused: 'yes' },
        annotations: { note: 'trait', reason: 'user' },
      },
      spec: { hostname: 'paused' },
    });
  });

  it('makes objects with the name, labels and namespace of the workload', () => {
    const set = rendered(pausing({ pause: 1, namespace: 'other', labels: { team: 'a' } }));
    expect(set.get({ kind: 'ConfigMap' }).object.metadata).toMatchObject({
      name: 'shop-app',
      namespace: 'other',
      labels: { team: 'a', 'app.kubernetes.io/name': 'shop-app' },
      annotations: { for: 'Deployment' },
    });
  });

  it('makes them before the workload where its pods need them to start', () => {
    const kinds = [...rendered(pausing({ pause: 6 }))].map(({ id }) => id.kind);
    expect(kinds).toEqual(['ServiceAccount', 'ConfigMap', 'Deployment', 'PodDisruptionBudget']);
  });

  it('says whether several pods run, for spread and budget', () => {
    const spread = (pause: number) =>
      at(only('Deployment', pausing({ pause })), 'spec.template.spec.topologySpreadConstraints');
    expect(spread(5)).toBeUndefined();
    expect(spread(6)).toHaveLength(2);
  });

  it('gives its objects and its methods to the workload', () => {
    const set = rendered(
      pausing({ pause: 1 }, (worker) => {
        expect(worker.pauseWith('a').pauseWith('b')).toBe(worker);
        expect(worker.countPauses()).toBe(2);
        worker.ticket?.override({ metadata: { annotations: { extra: 'yes' } } });
      }),
    );
    const { object } = set.get({ kind: 'ConfigMap' });
    expect(object['data']).toEqual({ others: 'a,b' });
    expect(object.metadata.annotations).toMatchObject({ extra: 'yes' });
  });

  it('keeps what belongs to one workload apart from another', () => {
    const chart = new Chart(new App(), 'shop');
    const [one, other] = ['one', 'other'].map((id) => new PausableWorker(chart, id, {}));
    one?.pauseWith('x');
    expect([one?.countPauses(), other?.countPauses()]).toEqual([1, 0]);
  });

  it('is overridden by a class of the user, which may call it', () => {
    class Loud extends PausableWorker {
      override pauseWith(other: string): this {
        return super.pauseWith(`${other}!`);
      }
    }
    const app = new App();
    new Loud(new Chart(app, 'shop'), 'app', { pause: 1 }).pauseWith('a');
    expect(synth(app).get({ kind: 'ConfigMap' }).object['data']).toEqual({ others: 'a!' });
  });

  it('is known to the check for unknown props, and reports below its own prop', () => {
    const told = problems(pausing({ pause: -1, pauze: 1 } as Partial<PausableWorkerProps>));
    expect(told.map(({ code, path, hint }) => [code, path, hint].filter(Boolean).join(' '))).toEqual([
      'INVALID_PROP pause',
      'UNKNOWN_PROP pauze Did you mean "pause"?',
    ]);
    expect(faultsOf({ pause: 1 })).toEqual(['UNKNOWN_PROP pause']);
  });

  it('is found on workloads that take it alone', () => {
    const chart = new Chart(new App(), 'shop');
    const [taking, other] = [new PausableWorker(chart, 'a', {}), new Worker(chart, 'b', { image: 'a/b:1' })];
    expect(findPart(taking, pausable)?.countPauses()).toBe(0);
    expect(findPart(other, pausable)).toBeUndefined();
  });
});

describe('what a program in JavaScript may write', () => {
  it.each([[{ pause: 1 }], [null], ['props']])('a fourth argument is reported: %j', (fourth) => {
    const build =
      (type: new (...args: never[]) => unknown) =>
      (chart: Chart): unknown =>
        Reflect.construct(type, [chart, 'jobs', { image: 'acme/jobs:1' }, fourth]);
    const problem = { code: 'INVALID_PROP', hint: 'Move what it holds to the props.' };
    expect(problems(build(Worker))).toMatchObject([problem]);
    expect(problems(build(Job))).toMatchObject([problem]);
  });
});

describe('two objects of one name', () => {
  it.each([
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'Give one of them another id or name.'],
    ['v1', 'ConfigMap', 'Give one of them another id, name or namespace.'],
  ])('have the way out that their scope leaves: %s %s', (apiVersion, kind, hint) => {
    const make = (chart: Chart, id: string): unknown =>
      new KubeObject(chart, id, { apiVersion, kind, metadata: { name: 'one' }, content: () => ({}) });
    const found = problems((chart) => [make(chart, 'a'), make(chart, 'b')]);
    expect(found).toMatchObject([{ code: 'DUPLICATE_IDENTITY', hint }]);
  });
});
