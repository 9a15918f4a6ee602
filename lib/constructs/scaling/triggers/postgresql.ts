import { asIs } from '../../core/fields';
import type { Reporter } from '../../core/problems';
import { number, text } from '../../core/shapes';
import type { Authenticated, TriggerKind } from './kind';
import { asActivation, asTarget, mayGive, triggerKind } from './kind';

/** The result of an SQL query to PostgreSQL, a single number. */
export interface PostgresqlTrigger extends Authenticated {
  /** The query: `SELECT count(*) FROM jobs WHERE state = 'waiting'`. */
  readonly query: string;
  /** Its value for each pod. */
  readonly threshold: number;
  /** Value above which there are pods at all. @default 0 */
  readonly activation?: number;
  /** Host of the server, with its namespace: `shop-db.shop`. @default that of the parameter `connection` of `auth` */
  readonly host?: string;
  /** Port of the server. @default that of the parameter `connection` of `auth` */
  readonly port?: number;
  /** Name of the database. @default that of the parameter `connection` of `auth` */
  readonly database?: string;
  /** Name of the user. @default that of the parameter `connection` of `auth` */
  readonly user?: string;
  /** How connections are encrypted: `disable`, `require`, `verify-full`. @default that of the parameter `connection` of `auth` */
  readonly sslMode?: string;
}

/** Source: the documentation of KEDA's scaler `postgresql`, and Validate in `pkg/scalers/postgresql_scaler.go`. */
export const postgresql: TriggerKind<PostgresqlTrigger> = triggerKind<PostgresqlTrigger>({
  type: 'postgresql',
  fields: {
    query: asIs('query', text),
    threshold: asTarget('targetQueryValue'),
    activation: asActivation('activationTargetQueryValue'),
    host: asIs('host', text),
    port: asIs('port', number),
    database: asIs('dbName', text),
    user: asIs('userName', text),
    sslMode: asIs('sslmode', text),
  },
  required: { query: "'SELECT count(*) FROM jobs'", threshold: '10' },
  parameters: ['connection', 'host', 'port', 'userName', 'password', 'dbName', 'sslmode'],
  check: checkPostgresql,
});

/** What the connection is made of, and the parameter that gives it instead. */
const PARTS = {
  host: 'host',
  port: 'port',
  database: 'dbName',
  user: 'userName',
  sslMode: 'sslmode',
} as const;

function checkPostgresql(props: PostgresqlTrigger, report: Reporter): void {
  const { auth } = props;
  if (mayGive(auth, 'connection')) return;
  for (const [prop, parameter] of Object.entries(PARTS) as [keyof typeof PARTS, string][]) {
    if (props[prop] !== undefined || mayGive(auth, parameter)) continue;
    const message = `Required value: without a connection string, the trigger needs ${prop}`;
    const hint = "Set it, or `auth: { connection: login.key('connection') }`.";
    report({ code: 'MISSING_PROP', path: prop, message, hint });
  }
}
