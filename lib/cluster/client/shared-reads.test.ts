import type { Answer } from './answer';
import type { Request } from './connection';
import { SharedReads } from './shared-reads';

let now = 0;
let asked: string[] = [];
beforeEach(() => {
  now = 0;
  asked = [];
});

const reads = new SharedReads(
  ({ path }) => path.startsWith('/shared'),
  10,
  () => now,
);

async function ask(request: Request): Promise<Answer> {
  asked.push(request.path);
  await Promise.resolve();
  if (request.path.includes('refused')) return { refusal: { code: 403 } as never };
  if (request.path.includes('broken')) throw new Error('the connection ended');
  return { body: asked.length, warnings: [] };
}

const get = (path: string, more: Partial<Request> = {}): Promise<Answer> =>
  reads.answer({ method: 'GET', path, ...more }, ask);

test('those who ask within the time get one answer, also while it is awaited', async () => {
  const answers = await Promise.all([get('/shared/a'), get('/shared/a')]);
  now = 9;
  answers.push(await get('/shared/a'));
  expect(answers).toEqual([1, 1, 1].map((body) => ({ body, warnings: [] })));
  now = 10;
  expect(await get('/shared/a')).toMatchObject({ body: 2 });
});

test('another query is another question, and what is not shared is always asked', async () => {
  now = 100;
  await get('/shared/b');
  await get('/shared/b', { query: { limit: 1 } });
  await get('/own');
  await get('/own');
  expect(asked).toEqual(['/shared/b', '/shared/b', '/own', '/own']);
});

test.each(['/shared/refused', '/shared/broken'])('%s is asked again', async (path) => {
  now = 200;
  for (let times = 0; times < 2; times++) await get(path).catch(() => undefined);
  expect(asked).toHaveLength(2);
});

test('who gives up ends nothing for the others', async () => {
  now = 300;
  const first = new AbortController();
  const received: (AbortSignal | undefined)[] = [];
  const request: Request = { method: 'GET', path: '/shared/c', signal: first.signal };
  const answer = reads.answer(request, async (each) => {
    received.push(each.signal);
    return ask(each);
  });
  first.abort();
  expect(await answer).toMatchObject({ body: 1 });
  expect(received).toEqual([undefined]);
  await expect(reads.answer(request, ask)).rejects.toThrow();
});
