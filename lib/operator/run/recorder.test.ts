import type { Cluster } from '../../cluster/client/cluster';
import type { Request } from '../../cluster/client/connection';
import { dnsSubdomain } from '../../kube/names';
import type { CustomResource } from '../types';
import { Recorder, type Told } from './recorder';

const resource: CustomResource = {
  apiVersion: 'shop.example/v1',
  kind: 'WebApp',
  metadata: { name: 'web', namespace: 'shop', uid: 'u' },
};
const signal = new AbortController().signal;
const told = (note: string): Told => ({ type: 'Normal', reason: 'Applied', action: 'Apply', note });

function recorderTo(answer: () => Promise<unknown>) {
  const sent: Request[] = [];
  const cluster = { request: (request: Request) => (sent.push(request), answer()) } as unknown as Cluster;
  return {
    sent,
    recorder: new Recorder(
      cluster,
      'pod-1',
      () => 0,
      () => undefined,
    ),
  };
}

it('tells the same once, and something else again', async () => {
  const { sent, recorder } = recorderTo(() => Promise.resolve({}));
  for (const note of ['one', 'one', 'two', 'one']) await recorder.tell(resource, told(note), signal);
  expect(sent.map(({ body }) => (body as { note: string }).note)).toEqual(['one', 'two', 'one']);
});

it.each(['-', '.'])(
  'gives events of a long name, cut at "%s", a name that the server takes',
  async (sign) => {
    const { sent, recorder } = recorderTo(() => Promise.resolve({}));
    const name = `${'n'.repeat(229)}${sign}${'m'.repeat(20)}`;
    await recorder.tell({ ...resource, metadata: { ...resource.metadata, name } }, told('one'), signal);
    const { metadata } = sent[0]?.body as { metadata: { name: string } };
    expect(dnsSubdomain(metadata.name)).toBeUndefined();
  },
);

it('does not fail with an event that cannot be written', async () => {
  const { recorder } = recorderTo(() => Promise.reject(new Error('away')));
  await expect(recorder.tell(resource, told('one'), signal)).resolves.toBeUndefined();
});

it('tells of a resource that is in no namespace in "default", where the API server has such events', async () => {
  const { sent, recorder } = recorderTo(() => Promise.resolve({}));
  const { namespace: _, ...metadata } = resource.metadata;
  await recorder.tell({ ...resource, metadata }, told('one'), signal);
  expect(sent[0]?.path).toBe('/apis/events.k8s.io/v1/namespaces/default/events');
  expect(sent[0]?.body).toMatchObject({ metadata: { namespace: 'default' }, regarding: { name: 'web' } });
  expect((sent[0]?.body as { regarding: object }).regarding).not.toHaveProperty('namespace', 'default');
});

it('cuts a note to the bytes that a server takes', async () => {
  const { sent, recorder } = recorderTo(() => Promise.resolve({}));
  await recorder.tell(resource, told('é'.repeat(900)), signal);
  const { note } = sent[0]?.body as { note: string };
  expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1024);
  expect(note).toMatch(/^é{500,}…$/);
});
