import { FakeClock } from '../../../test/operator/fake-clock';
import type { Written } from '../../cluster/client/objects';
import type { CustomResource, NextStatus, Outcome, ResourceStatus } from '../types';
import type { Recorder, Told } from './recorder';
import type { ResourceClient } from './resource-client';
import { StatusWriter } from './status-writer';

const signal = new AbortController().signal;
const nextStatus: NextStatus = (_, { state, reason, message }) => ({
  observedGeneration: 1,
  conditions: [
    {
      type: 'Ready',
      status: state === 'ready' ? 'True' : 'False',
      reason,
      message,
      lastTransitionTime: '2026-01-01T00:00:00Z',
    },
  ],
});
const resource = (status?: ResourceStatus): CustomResource => ({
  apiVersion: 'shop.example/v1',
  kind: 'WebApp',
  metadata: { name: 'web', namespace: 'shop', uid: 'u' },
  ...(status !== undefined && { status }),
});
const READY: Outcome = { state: 'ready', reason: 'Ready', message: 'all is well' };

/** What is written to a server that refuses with `code`, or takes everything. */
function writer(code?: number) {
  const written: unknown[] = [];
  const told: Told[] = [];
  const answer = (): Promise<Written> =>
    Promise.resolve(
      code === undefined
        ? { object: resource(), warnings: [] }
        : { refusal: { code, reason: '', message: 'no', causes: [] } },
    );
  const client = {
    status: (_: CustomResource, status: ResourceStatus) => (written.push(status), answer()),
    contest: (_: CustomResource, message: string) => (written.push(message), answer()),
  } as unknown as ResourceClient;
  const recorder = {
    tell: (_: CustomResource, each: Told) => Promise.resolve(void told.push(each)),
    hasTold: () => told.length > 0,
  } as unknown as Recorder;
  const status = new StatusWriter({
    client,
    recorder,
    clock: new FakeClock(),
    logic: { nextStatus } as never,
    operator: 'shop/mine',
    onStored: () => undefined,
  });
  return { status, written, told };
}

it('writes a status that is another than before, and tells of it', async () => {
  const { status, written, told } = writer();
  expect(await status.write(resource(), READY, signal)).toEqual({
    result: 'ready',
    message: 'Ready: all is well',
  });
  expect(written).toHaveLength(1);
  expect(told).toEqual([{ type: 'Normal', reason: 'Ready', action: 'Reconcile', note: 'all is well' }]);
});

it('writes nothing that is there already, in whatever order the server keeps it', async () => {
  const { status, written, told } = writer();
  const { conditions = [] } = nextStatus(resource(), READY, new Date(0));
  const [ready] = conditions.map((each) => Object.fromEntries(Object.entries(each).reverse()));
  await status.write(resource({ conditions: [ready as never], observedGeneration: 1 }), READY, signal);
  expect([written, told]).toEqual([[], []]);
});

it('writes a message that has changed without an event for each', async () => {
  const { status, written, told } = writer();
  const waits = (message: string): Outcome => ({
    state: 'progressing',
    reason: 'WaitingForObjects',
    message,
  });
  const before = resource(nextStatus(resource(), waits('1 of 3'), new Date(0)));
  await status.write(before, waits('2 of 3'), signal);
  expect(written).toHaveLength(1);
  expect(told).toEqual([]);
});

it('tells nothing of what every resource goes through', async () => {
  const { status, written, told } = writer();
  await status.write(resource(), { state: 'progressing', reason: 'Applying', message: 'x' }, signal);
  expect([written.length, told]).toEqual([1, []]);
});

it('warns of what stays as it is until a person does something', async () => {
  const { status, told } = writer();
  await status.write(resource(), { state: 'stalled', reason: 'CheckFailed', message: 'bad' }, signal);
  expect(told).toEqual([{ type: 'Warning', reason: 'CheckFailed', action: 'Reconcile', note: 'bad' }]);
});

it('takes a resource that is gone for no failure, and everything else for one', async () => {
  await expect(writer(404).status.write(resource(), READY, signal)).resolves.toMatchObject({
    result: 'ready',
  });
  await expect(writer(422).status.write(resource(), READY, signal)).rejects.toThrow(
    'cannot write the status: no',
  );
});

it('tells once that another operator serves a resource', async () => {
  const { status, written, told } = writer();
  expect(await status.contested(resource(), 'other/theirs', signal)).toMatchObject({ result: 'left' });
  expect(written).toEqual([expect.stringContaining('operator other/theirs serves this resource')]);
  expect(told).toHaveLength(1);
  const contested = resource({ conditions: [{ type: 'Contested' as never, status: 'True' } as never] });
  await status.contested(contested, 'other/theirs', signal);
  expect(written).toHaveLength(1);
});
