import type { KubeObject } from '../../manifest/manifest';
import { Patience } from './patience';
import { Related } from './related';
import { settled } from './settled';

const BEGIN = Date.parse('2026-01-02T00:00:00Z');
const MINUTE = 60_000;

/** A pod whose container waits for `reason`, after some restarts. */
function pod(reason: string, restarts = 0): KubeObject {
  const last = restarts === 0 ? {} : { lastState: { terminated: { exitCode: 1 } } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', namespace: 'shop', uid: 'a' },
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'main', restartCount: restarts, state: { waiting: { reason } }, ...last }],
    },
  };
}

/** What is decided of a pod that is seen at several times, in milliseconds since the wait began. */
function decided(...seen: readonly (readonly [at: number, pod: KubeObject])[]): (string | undefined)[] {
  const patience = new Patience(BEGIN, 5 * MINUTE);
  return seen.map(([at, object]) => {
    const related = new Related([object], BEGIN + at);
    const id = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'a' };
    const end = patience.judge(settled(object, related), related.evidence(id), BEGIN + at);
    return end && `${end.state}: ${end.rule}`;
  });
}

it('gives a container up after three restarts', () => {
  const crashing = (restarts: number) => pod('CrashLoopBackOff', restarts);
  expect(decided([0, crashing(1)], [1, crashing(2)], [2, crashing(3)])).toEqual([
    undefined,
    undefined,
    'failed: Given up after 3 restarts.',
  ]);
});

it('gives one that crashed before another chance', () => {
  const crashing = (restarts: number) => pod('CrashLoopBackOff', restarts);
  expect(decided([0, crashing(20)], [MINUTE, crashing(20)], [2 * MINUTE, crashing(21)])).toEqual([
    undefined,
    undefined,
    'failed: Given up after 21 restarts.',
  ]);
});

it('gives an image up that cannot be pulled for a minute, and a name that is none at once', () => {
  expect(
    decided([0, pod('ErrImagePull')], [MINUTE / 2, pod('ImagePullBackOff')], [MINUTE, pod('ErrImagePull')]),
  ).toEqual([undefined, undefined, 'failed: Given up, since nothing has changed for 1m.']);
  expect(decided([0, pod('ErrImagePull')], [1, pod('')], [MINUTE, pod('ErrImagePull')])).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(decided([0, pod('InvalidImageName')])).toEqual(['failed: Given up, since waiting does not help.']);
});

it('waits for a Secret as long as there is time', () => {
  const lacking = pod('CreateContainerConfigError');
  expect(decided([0, lacking], [5 * MINUTE - 1, lacking], [5 * MINUTE, lacking])).toEqual([
    undefined,
    undefined,
    'late: Not ready within 5m.',
  ]);
});
