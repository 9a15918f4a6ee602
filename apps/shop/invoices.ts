import type { Construct } from 'constructs';
import type { CloudIdentity, Env } from 'seaworthy';
import { internet, ScaledJob } from 'seaworthy';
import type { Database } from './database';
import { images } from './images';

export interface InvoicesProps {
  readonly database: Database;
  /** As whom it stores them in the cloud. @default nobody: they stay in the database */
  readonly identity?: CloudIdentity | undefined;
}

const WAITING = 'SELECT count(*) FROM orders WHERE paid AND invoice IS NULL';

/** Prints the invoices of paid orders: a Job for each hundred that wait, and none where there are none. */
export class Invoices extends ScaledJob {
  constructor(scope: Construct, id: string, { database, identity }: InvoicesProps) {
    const { server, connection } = database;
    const env: Env = connection;
    super(scope, id, {
      image: images.api,
      args: ['invoice', '--batch=100'],
      env,
      on: [
        {
          postgresql: {
            query: WAITING,
            threshold: 100,
            host: `${server.host}.shop`, // KEDA asks from a namespace of its own
            port: 5432,
            database: 'shop',
            user: 'shop',
            sslMode: 'disable',
            auth: { password: { env: 'PGPASSWORD' } },
          },
        },
      ],
      max: 5,
      resources: { cpu: '200m', memory: { request: '256Mi', limit: '512Mi' } },
      activeDeadline: 900,
      backoffLimit: 2,
      ...(identity === undefined ? {} : { identity }),
    });
    this.connectsTo(server);
    this.connectsTo(internet(), { port: 443 });
  }
}
