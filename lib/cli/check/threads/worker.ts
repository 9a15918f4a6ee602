/** A thread of a check: it reads the objects, waits until the first thread has done so, too, and runs what it can get of the pieces. */
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { keepCode } from '../../child/keep-code';
import type { Job, Message } from './job';

const port = parentPort;
if (port !== null) {
  keepCode(process.env, join(__dirname, '..', '..', '..'), { writes: false });
  let [give, begin]: [(job: Job) => void, (shared: SharedArrayBuffer) => void] = [
    () => undefined,
    () => undefined,
  ];
  const given = new Promise<Job>((resolve) => (give = resolve));
  const begun = new Promise<SharedArrayBuffer>((resolve) => (begin = resolve));
  port.on('message', (message: Message) => {
    if ('job' in message) give(message.job);
    else begin(message.shared);
  });
  void import('./share').then(async ({ prepared }) => {
    const run = prepared(await given);
    port.postMessage(run(await begun));
  });
}
