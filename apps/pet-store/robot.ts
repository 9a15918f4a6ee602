import type { Construct } from 'constructs';
import type { Env, Peer, Probe } from 'seaworthy';
import { Worker } from 'seaworthy';
import { SMALL, storeImage, USER } from './store-service';

/** Whether there is a process, as there always is. */
const LIVES: Probe = { command: ['cat', '/proc/1/status'] };

/** Customers and workers who never rest. */
export class Robot extends Worker {
  constructor(scope: Construct, part: string, peer: Peer, env: Env) {
    super(scope, part, {
      image: storeImage(part),
      env,
      resources: SMALL,
      probe: {
        readiness: { ...LIVES, initialDelay: 3, period: 5 },
        liveness: { ...LIVES, initialDelay: 10, failureThreshold: 5 },
      },
      security: USER,
    });
    this.connectsTo(peer);
  }
}
