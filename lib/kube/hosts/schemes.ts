/** The ports of URLs that name none, by scheme (IANA, Service Name and Transport Protocol Port Number Registry). */
const PORTS: ReadonlyMap<string, number> = new Map([
  ['amqp', 5672],
  ['amqps', 5671],
  ['bolt', 7687],
  ['ftp', 21],
  ['http', 80],
  ['https', 443],
  ['ldap', 389],
  ['ldaps', 636],
  ['mariadb', 3306],
  ['memcached', 11_211],
  ['mongodb', 27_017],
  ['mqtt', 1883],
  ['mqtts', 8883],
  ['mysql', 3306],
  ['nats', 4222],
  ['neo4j', 7687],
  ['postgres', 5432],
  ['postgresql', 5432],
  ['redis', 6379],
  ['rediss', 6379],
  ['smtp', 25],
  ['smtps', 465],
  ['sqlserver', 1433],
  ['ssh', 22],
  ['ws', 80],
  ['wss', 443],
]);

/** Schemes of URLs in which no host follows the slashes. */
const HOSTLESS: ReadonlySet<string> = new Set(['blob', 'data', 'file', 'gs', 'jar', 's3', 'unix', 'urn']);

/** The port that a URL of a scheme leads to if it names none; `postgresql+psycopg` is `postgresql`. */
export function defaultPort(scheme: string): number | undefined {
  for (const part of scheme.split('+')) {
    const port = PORTS.get(part);
    if (port !== undefined) return port;
  }
  return undefined;
}

export function hasHost(scheme: string): boolean {
  return !HOSTLESS.has(scheme);
}
