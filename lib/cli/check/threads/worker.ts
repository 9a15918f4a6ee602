/** A thread of a check: it reads the objects, waits until the first thread has done so, too, and runs what it can get of the pieces. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { keepCode } from '../../child/keep-code';
import type { Job } from './job';

const port = parentPort;
if (port !== null) {
  keepCode(process.env, join(__dirname, '..', '..', '..'), { writes: false });
  const begun = new Promise<SharedArrayBuffer>((resolve) => port.once('message', resolve));
  void import('./share').then(async ({ prepared }) => {
    const run = prepared(workerData as Job);
    port.postMessage(run(await begun));
  });
}
