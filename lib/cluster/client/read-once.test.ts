import type { Answer } from './answer';
import type { Request } from './connection';
import { ReadOnce } from './read-once';

let asked: string[];
let reads: ReadOnce;
beforeEach(() => {
  asked = [];
  reads = new ReadOnce();
});

const send = (path: string, more: Partial<Request> = {}): Promise<Answer> =>
  reads.answer({ method: 'GET', path, ...more }, ({ method }) => {
    asked.push(`${method} ${path}`);
    return Promise.resolve(
      path === '/gone' ? { refusal: { code: 404 } as never } : { body: asked.length, warnings: [] },
    );
  });

test('what was read of an object, or that it is not there, is known once to who asks next', async () => {
  const read = [await send('/a'), await send('/gone')];
  reads.close();
  expect([await send('/a'), await send('/gone')]).toEqual(read);
  expect(asked).toEqual(['GET /a', 'GET /gone']);
  await send('/a');
  await send('/a');
  expect(asked.slice(2)).toEqual(['GET /a', 'GET /a']);
});

test('lists and writes are never known', async () => {
  await send('/a', { query: { labelSelector: 'x' } });
  await send('/a', { method: 'DELETE' });
  await send('/a');
  expect(asked).toEqual(['GET /a', 'DELETE /a', 'GET /a']);
});
